"""Layers: a graph of descent laid out from left to right. Pure arithmetic, without chance; it draws nothing.

The method is Sugiyama's: each node in the layer behind all its parents, long edges cut by a waypoint in each layer
they pass, layers ordered so that few edges cross, then heights settled so that edges run as level as they can: above
all those of the longest line of descent, the spine.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SWEEPS = 8
_LINE, _CROSSED_SPINE = 3, 3
"""Nodes of the shortest line of descent that is a spine; how much worse it is to cross that."""
_SHORT, _PASSING, _STIFF = 5, 8, 5000
"""How much an edge pulls more than one that goes on elsewhere: between two nodes, two waypoints, on the spine."""

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
    spine: frozenset[Item] = frozenset()
    """The nodes of the longest line of descent, where it has a child of a child."""


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
    spine = _spine(layer, forward)
    return Layers(tuple(map(tuple, _uncrossed(rows, steps, set(lowest), spine))), layer, routes, spine)


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
            wished = [_pulled(item, beside[item], level, layers.spine) for item in row]
            rooms = [(above[item], below[item]) for item in row]
            stiff = [_STIFF if item in layers.spine else 1 for item in row]
            level.update(zip(row, apart(wished, rooms, stiff), strict=True))
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


def _spine(layer: Mapping[str, int], edges: Sequence[Pair]) -> frozenset[Item]:
    """Walk back from the first node of the last layer, from each to its first parent in the layer before."""
    name = max(layer, key=layer.__getitem__, default=None)
    found: list[Item] = []
    while name is not None:
        found.append(name)
        name = next((one for one, two in edges if two == name and layer[one] == layer[name] - 1), None)
    return frozenset(found) if len(found) >= _LINE else frozenset()


def _uncrossed(
    rows: list[list[Item]], steps: Sequence[tuple[Item, Item]], lowest: set[str], spine: Collection[Item]
) -> list[list[Item]]:
    """Order the layers by the middle of each item's neighbours, forth and back, and return the best order seen."""
    before, after = _neighbours(steps), _neighbours((end, start) for start, end in steps)
    rows = [sorted(row, key=lambda item: item in lowest) for row in rows]
    best, fewest = rows, _crossings(rows, steps, spine)
    for sweep in range(_SWEEPS):
        rows = [list(row) for row in rows]
        places = {item: float(i) for row in rows for i, item in enumerate(row)}
        beside = after if sweep % 2 else before
        for i in range(len(rows))[:: -1 if sweep % 2 else 1]:
            wished = {item: _mean([places[other] for other in beside[item]], places[item]) for item in rows[i]}
            ranks = sorted((item in lowest, wished[item], place) for place, item in enumerate(rows[i]))
            rows[i] = [rows[i][place] for _, _, place in ranks]
            places.update((item, float(place)) for place, item in enumerate(rows[i]))
        crossings = _crossings(rows, steps, spine)
        if crossings < fewest:
            best, fewest = rows, crossings
    return _swapped(best, steps, lowest, spine)


def _swapped(
    rows: list[list[Item]], steps: Sequence[tuple[Item, Item]], lowest: set[str], spine: Collection[Item]
) -> list[list[Item]]:
    """Swap neighbours in a layer as long as that undoes crossings."""
    beside = [[step for step in steps if step[0] in row or step[1] in row] for row in map(set, rows)]
    for _ in range(_SWEEPS):
        moved = False
        for i, row in enumerate(rows):
            for j in range(len(row) - 1):
                if (row[j] in lowest) != (row[j + 1] in lowest):
                    continue
                here = [step for step in beside[i] if {row[j], row[j + 1]} & {*step}]
                crossings = _crossings(rows, here, spine)
                row[j], row[j + 1] = row[j + 1], row[j]
                if crossings <= _crossings(rows, here, spine):
                    row[j], row[j + 1] = row[j + 1], row[j]
                else:
                    moved = True
        if not moved:
            break
    return rows


def _crossings(rows: Sequence[Sequence[Item]], steps: Iterable[tuple[Item, Item]], spine: Collection[Item]) -> int:
    """Count the pairs of edges between the same two layers that cross; to cross the spine is worse."""
    place = {item: (i, j) for i, row in enumerate(rows) for j, item in enumerate(row)}
    gaps: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for start, end in steps:
        weight = _CROSSED_SPINE if start in spine and end in spine else 1
        gaps[place[start][0]].append((place[start][1], place[end][1], weight))
    return sum(
        max(one[2], two[2])
        for gap in gaps.values()
        for i, one in enumerate(gap)
        for two in gap[:i]
        if (one[0] - two[0]) * (one[1] - two[1]) < 0
    )


def _neighbours(steps: Iterable[tuple[Item, Item]]) -> Mapping[Hashable, list[Item]]:
    """Return, for each item, those that lead to it."""
    beside: dict[Hashable, list[Item]] = defaultdict(list)
    for start, end in steps:
        beside[end].append(start)
    return beside


def _pulled(item: Item, others: Sequence[Item], level: Mapping[Item, float], spine: Collection[Item]) -> float:
    """Return where an item's neighbours pull it, each by the weight of the edge between them."""
    pulls = [(_pull(item, other, spine), level[other]) for other in others]
    total = sum(pull for pull, _ in pulls)
    return sum(pull * y for pull, y in pulls) / total if total else level[item]


def _pull(one: Item, two: Item, spine: Collection[Item]) -> int:
    if one in spine and two in spine:
        return _STIFF
    if isinstance(one, str) and isinstance(two, str):
        return _SHORT
    return 1 if isinstance(one, str) or isinstance(two, str) else _PASSING


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def apart(wished: Sequence[float], rooms: Sequence[tuple[float, float]], stiff: Sequence[int]) -> list[float]:
    """Return the levels nearest to those wished for that keep the order and the room of each (isotonic regression).

    `rooms` is what each needs above and below itself; `stiff` is how much each insists on its wish.
    """
    offsets, total = [], 0.0
    for i, (above, _) in enumerate(rooms):
        total += above + (rooms[i - 1][1] if i else 0)
        offsets.append(total)
    blocks: list[tuple[float, int, int]] = []
    for wish, offset, weight in zip(wished, offsets, stiff, strict=True):
        blocks.append((wish - offset, weight, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (one, n, first), (two, m, second) = blocks[-2:]
            blocks[-2:] = [((one * n + two * m) / (n + m), n + m, first + second)]
    bases = [base for base, _, size in blocks for _ in range(size)]
    return [base + offset for base, offset in zip(bases, offsets, strict=True)]
