"""Which models of a family are drawn: as many as a page holds, those of the published survey before all others."""

from collections import Counter
from collections.abc import Iterable, Sequence

from llmsurvey.figures.layers import Pair, depths
from llmsurvey.knowledge.edge import Edge
from llmsurvey.knowledge.model import Model

SHOWN_GENERATIONS, SHOWN_BESIDE = 7, 12
"""Layers that a page has room for, and models of one layer."""


def chosen(root: str, models: Sequence[Model], edges: Sequence[Edge]) -> set[str]:
    """Return the models that are drawn: those of the published survey, then those with most ties.

    Each hangs on one that is drawn, and none pushes another over the page's edge. A series that is opened into a box
    takes one place; its models stand in the box.
    """
    ties = Counter(end for edge in edges for end in (edge.parent, edge.child))
    known = {model.name for model in models}
    homes = {m.name: m.group for m in models if m.group in known and m.name != root}
    pairs = [(homes.get(e.parent) or e.parent, homes.get(e.child) or e.child) for e in edges]
    ranked = sorted(models, key=lambda m: (m.published is None, -ties[m.name], -(m.parameters or 0), m.name))
    outside = _Page(root, [pair for pair in pairs if pair[0] != pair[1]])
    for only_published in (True, False):
        outside.fill([m.name for m in ranked if m.name not in homes and (m.published or not only_published)])
    inside = [model.name for model in ranked if homes.get(model.name) in outside.depth]
    return {*outside.depth, *inside[:SHOWN_BESIDE]}


class _Page:
    """The models that have found a place, each in its layer."""

    def __init__(self, root: str, pairs: Iterable[Pair]) -> None:
        """Begin with the root alone."""
        self.parents: dict[str, set[str]] = {}
        self.children: dict[str, set[str]] = {}
        for parent, child in pairs:
            self.parents.setdefault(child, set()).add(parent)
            self.children.setdefault(parent, set()).add(child)
        self.depth = {root: 0}

    def fill(self, wanted: Iterable[str]) -> None:
        """Take in models, round after round those that hang on what is there, while the page has room."""
        waiting = list(wanted)
        while True:
            linked = set().union(*(self.children.get(name, set()) for name in self.depth)) - self.depth.keys()
            beside = [name for name in waiting if name in linked]
            if not beside:
                return
            for name in beside:
                self._try(name)
            waiting = [name for name in waiting if name not in linked]

    def _try(self, name: str) -> None:
        """Take in a model unless its layer would be too crowded, or a layer would be too many."""
        behind = 1 + max(self.depth[parent] for parent in self.parents[name] if parent in self.depth)
        crowd = Counter(self.depth.values())
        if behind >= SHOWN_GENERATIONS or crowd[behind] >= SHOWN_BESIDE:
            return
        names = [*self.depth, name]
        inside = set(names)
        pairs = [(parent, child) for parent in names for child in sorted(self.children.get(parent, set()) & inside)]
        depth = depths(names, pairs)
        if max(depth.values()) < SHOWN_GENERATIONS and max(Counter(depth.values()).values()) <= SHOWN_BESIDE:
            self.depth = depth
