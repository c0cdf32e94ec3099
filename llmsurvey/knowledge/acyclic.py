"""Descent that stays free of cycles while edges are added one by one.

D. J. Pearce and P. H. J. Kelly, "A dynamic topological sort algorithm for directed acyclic graphs", Journal of
Experimental Algorithmics 11, 2006: every node has a rank above its parents'; an edge that contradicts the ranks moves
only the nodes between its two ends.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator


def foreseen(names: Iterable[str], edges: Iterable[tuple[str, str]]) -> list[str]:
    """Put names into an order that almost every edge to come agrees with: parents first, but for closed cycles.

    It is the reverse of the order in which a search in depth leaves the names behind. Only an edge back to a name that
    the search is still below contradicts it, so that a chain told from its end costs no more than any other.
    """
    children: dict[str, list[str]] = defaultdict(list)
    for parent, child in edges:
        children[parent].append(child)
    seen: set[str] = set()
    left: list[str] = []
    for name in names:
        if name in seen:
            continue
        seen.add(name)
        below: list[tuple[str, Iterator[str]]] = [(name, iter(children[name]))]
        while below:
            at, rest = below[-1]
            new = next((child for child in rest if child not in seen), None)
            if new is None:
                below.pop()
                left.append(at)
            else:
                seen.add(new)
                below.append((new, iter(children[new])))
    return left[::-1]


class Descent:
    """Who descends from whom, without cycles."""

    def __init__(self, names: Iterable[str]) -> None:
        self._rank = {name: rank for rank, name in enumerate(names)}
        """A first guess at the order, such as `foreseen`; the better it is, the less has to move."""
        self._children: dict[str, set[str]] = defaultdict(set)
        self._parents: dict[str, set[str]] = defaultdict(set)

    def add(self, parent: str, child: str) -> bool:
        """Add an edge; False, and no change, where it would close a cycle."""
        if parent == child:
            return False
        top, bottom = self._rank[parent], self._rank[child]
        if bottom < top:
            below = self._reached(child, self._children, bottom, top)
            if parent in below:
                return False
            above = self._reached(parent, self._parents, bottom, top)
            self._reorder(above, below)
        self._children[parent].add(child)
        self._parents[child].add(parent)
        return True

    def _reached(self, start: str, ways: dict[str, set[str]], low: int, high: int) -> set[str]:
        """Return what can be reached within a stretch of ranks."""
        reached, waiting = {start}, [start]
        while waiting:
            for name in ways[waiting.pop()]:
                if name not in reached and low <= self._rank[name] <= high:
                    reached.add(name)
                    waiting.append(name)
        return reached

    def _reorder(self, above: set[str], below: set[str]) -> None:
        """Give the ranks of both groups out anew, those above first."""
        names = sorted(above, key=self._rank.__getitem__) + sorted(below, key=self._rank.__getitem__)
        for name, rank in zip(names, sorted(self._rank[name] for name in names), strict=True):
            self._rank[name] = rank
