"""Layers: a graph of descent laid out from left to right. Pure arithmetic, without chance; it draws nothing.

The method is Sugiyama's: each node in the layer behind all its parents, long edges cut by a waypoint in each layer
they pass, layers ordered so that few edges cross, then heights settled so that edges run as level as they can.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SWEEPS, _SHORT = 8, 5

Waypoint = tuple[str, str, int]
"""Where the edge from one node to another passes a layer."""
Item = str | Waypoint
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Layers:
    """Nodes and waypoints, layer by layer, from top to bottom."""

    rows: tuple[tuple[Item, ...], ...]
    layer: Mapping[str, int]
    """Layer of each node."""
    routes: Mapping[Pair, tuple[Item, ...]]
    """What each edge passes, from its parent to its child. Edges that lead backwards have none."""


def layered(
    names: Sequence[str], edges: Collection[Pair], after: Collection[Pair] = (), lowest: Collection[str] = ()
) -> Layers:
    """Lay out nodes, given in the order of their dates.

    A pair of `after` is no edge, but its second node stands in a later layer than its first as well; nodes of
    `lowest` stand below all others of their layer.
    """
    unseen = set(after) - set(edges)
    forward = _acyclic([*edges, *after])
    layer = _longest(names, forward)
    forward = [pair for pair in forward if pair not in unseen]
    routes: dict[Pair, tuple[Item, ...]] = {}
    rows: list[list[Item]] = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    for name in names:
        rows[layer[name]].append(name)
    for parent, child in forward:
        between = [(parent, child, i) for i in range(layer[parent] + 1, layer[child])]
        routes[parent, child] = (parent, *between, child)
        for waypoint in between:
            rows[waypoint[2]].append(waypoint)
    steps = [step for route in routes.values() for step in pairwise(route)]
    return Layers(tuple(map(tuple, _uncrossed(rows, steps, set(lowest)))), layer, routes)


def depths(names: Sequence[str], edges: Collection[Pair]) -> dict[str, int]:
    """Return the layer each node will stand in."""
    return _longest(names, _acyclic(edges))


def settled(layers: Layers, above: Mapping[Item, float], below: Mapping[Item, float]) -> dict[Item, float]:
    """Return the height of each node and waypoint, 0 at the top; `above` and `below` is the room each needs."""
    level: dict[Item, float] = {}
    for row in layers.rows:
        y = 0.0
        for item in row:
            level[item] = y + above[item]
            y = level[item] + below[item]
    steps = [step for route in layers.routes.values() for step in pairwise(route)]
    before, after = _neighbours(steps), _neighbours((end, start) for start, end in steps)
    for sweep in range(_SWEEPS):
        beside = after if sweep % 2 else before
        for row in reversed(layers.rows) if sweep % 2 else layers.rows:
            wished = [_pulled(item, beside[item], level) for item in row]
            level.update(zip(row, _apart(wished, [(above[item], below[item]) for item in row]), strict=True))
    top = min((y - above[item] for item, y in level.items()), default=0)
    return {item: y - top for item, y in level.items()}


def _acyclic(edges: Iterable[Pair]) -> list[Pair]:
    """Keep the edges, in their order, that close no circle with those before them."""
    children: dict[str, set[str]] = defaultdict(set)
    kept = []
    for parent, child in edges:
        if parent != child and not _reaches(children, child, parent):
            children[parent].add(child)
            kept.append((parent, child))
    return kept


def _reaches(children: Mapping[str, set[str]], start: str, goal: str) -> bool:
    waiting, seen = [start], {start}
    while waiting:
        name = waiting.pop()
        if name == goal:
            return True
        fresh = children.get(name, set()) - seen
        seen |= fresh
        waiting += fresh
    return False


def _longest(names: Sequence[str], edges: Sequence[Pair]) -> dict[str, int]:
    """Put each node one layer behind the last of its parents."""
    layer = dict.fromkeys(names, 0)
    for _ in names:
        moved = False
        for parent, child in edges:
            if layer[child] <= layer[parent]:
                layer[child] = layer[parent] + 1
                moved = True
        if not moved:
            break
    return layer


def _uncrossed(rows: list[list[Item]], steps: Sequence[tuple[Item, Item]], lowest: set[str]) -> list[list[Item]]:
    """Order the layers by the middle of each item's neighbours, forth and back, and return the best order seen."""
    before, after = _neighbours(steps), _neighbours((end, start) for start, end in steps)
    rows = [sorted(row, key=lambda item: item in lowest) for row in rows]
    best, fewest = rows, _crossings(rows, steps)
    for sweep in range(_SWEEPS):
        rows = [list(row) for row in rows]
        places = {item: float(i) for row in rows for i, item in enumerate(row)}
        beside = after if sweep % 2 else before
        for i in range(len(rows))[:: -1 if sweep % 2 else 1]:
            wished = {item: _mean([places[other] for other in beside[item]], places[item]) for item in rows[i]}
            ranks = sorted((item in lowest, wished[item], place) for place, item in enumerate(rows[i]))
            rows[i] = [rows[i][place] for _, _, place in ranks]
            places.update((item, float(place)) for place, item in enumerate(rows[i]))
        crossings = _crossings(rows, steps)
        if crossings < fewest:
            best, fewest = rows, crossings
    return best


def _crossings(rows: Sequence[Sequence[Item]], steps: Iterable[tuple[Item, Item]]) -> int:
    """Count the pairs of edges between the same two layers that cross."""
    place = {item: (i, j) for i, row in enumerate(rows) for j, item in enumerate(row)}
    gaps: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for start, end in steps:
        gaps[place[start][0]].append((place[start][1], place[end][1]))
    return sum(
        (one[0] - two[0]) * (one[1] - two[1]) < 0
        for gap in gaps.values()
        for i, one in enumerate(gap)
        for two in gap[:i]
    )


def _neighbours(steps: Iterable[tuple[Item, Item]]) -> Mapping[Hashable, list[Item]]:
    """Return, for each item, those that lead to it."""
    beside: dict[Hashable, list[Item]] = defaultdict(list)
    for start, end in steps:
        beside[end].append(start)
    return beside


def _pulled(item: Item, others: Sequence[Item], level: Mapping[Item, float]) -> float:
    """Return where an item's neighbours pull it; a short edge between two nodes pulls more than a long one."""
    pulls = [(_SHORT if isinstance(item, str) and isinstance(other, str) else 1, level[other]) for other in others]
    total = sum(pull for pull, _ in pulls)
    return sum(pull * y for pull, y in pulls) / total if total else level[item]


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _apart(wished: Sequence[float], rooms: Sequence[tuple[float, float]]) -> list[float]:
    """Return the levels nearest to those wished for that keep the order and the room of each (isotonic regression)."""
    offsets, total = [], 0.0
    for i, (above, _) in enumerate(rooms):
        total += above + (rooms[i - 1][1] if i else 0)
        offsets.append(total)
    blocks: list[tuple[float, int]] = []
    for wish, offset in zip(wished, offsets, strict=True):
        blocks.append((wish - offset, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (one, n), (two, m) = blocks[-2:]
            blocks[-2:] = [((one * n + two * m) / (n + m), n + m)]
    bases = [base for base, size in blocks for _ in range(size)]
    return [base + offset for base, offset in zip(bases, offsets, strict=True)]
