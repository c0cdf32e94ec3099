"""Where everything of a lineage stands: models in layers, series opened into frames below. It draws nothing."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

from llmsurvey.figures.canvas import WIDTH, fitted, length
from llmsurvey.figures.layers import Item, Layers, Pair, apart, layered, settled
from llmsurvey.figures.lineage_columns import Node, columns_of, levels_before, name_parts, needed, overhangs
from llmsurvey.figures.lineage_marks import Line, marks_that_fit
from llmsurvey.figures.places import Box
from llmsurvey.figures.style import BODY, NARROW, SMALL

NODE, NAME_LEADING, LEADING = 34.0, 11.0, 13.0
"""Pixels: height of a node, of a second line of its name, and of a line of the caption below it."""
HEAD = 24.0
"""Pixels of a frame above its models, for its title."""
_AIR, _AFTER_CAPTION = 10.0, 12.0
_STACKED = 10.0
"""Pixels above a node for the words on an arrow that arrives above another."""
_WAYPOINT = 7.0
"""Half the height that an edge takes where it passes a layer."""
_PORT, _STRAIGHT = 14.0, 200
"""Pixels between two edges that end in one node; how much more one of the spine insists on its height."""
_SPACIOUS, _TALKATIVE = 5, 9
"""In a picture with more models in a layer captions are short, and with still more left out."""
_CAPTION_LINES, _FEW_LINES = 5, 4
_BEFORE_LEVEL = 8.0
"""Pixels in which an arrow at least must bend."""
_BESIDE = 6.0
"""Pixels of a box that its name leaves free."""
_PADDING, _BETWEEN = 14.0, 40.0
"""Pixels inside a frame at its sides and below, and above it."""

Path = list[tuple[float, float]]
"""Points that an edge runs through, from the right of its parent to the left of its child, level at each."""


@dataclass(slots=True)
class Plan:
    """Places in pixels from the upper left corner."""

    height: float = 0
    boxes: dict[str, Box] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    """Each name as it stands in its box, in one line or two."""
    captions: dict[str, list[str]] = field(default_factory=dict)
    paths: dict[Pair, Path] = field(default_factory=dict)
    """Of the edges inside one part of the picture."""
    marks: dict[Pair, str] = field(default_factory=dict)
    """The words on these edges, where there is room for words."""
    frames: dict[str, Box] = field(default_factory=dict)
    """Of the series that are opened."""
    homes: dict[str, str] = field(default_factory=dict)
    """The series of each model that stands in a frame."""

    def foot(self, name: str) -> float:
        """Return where a node ends, its caption included."""
        return self.boxes[name].y1 + len(self.captions[name]) * LEADING + 3


def planned(nodes: Sequence[Node], lines: Sequence[Line]) -> Plan:
    """Place nodes, given in the order of their dates: a series that is itself among them opens into a frame below."""
    names = {node.name for node in nodes}
    plan = Plan(homes={node.name: node.series for node in nodes if node.series in names and node.series})
    plan.homes = {member: series for member, series in plan.homes.items() if series not in plan.homes}
    outer = [node for node in nodes if node.name not in plan.homes]
    inner = {series: [node for node in nodes if plan.homes.get(node.name) == series] for series in plan.homes.values()}
    lowest = [*inner, *(line.child for line in lines if line.parent in plan.homes)]
    _part(plan, outer, lines, WIDTH, (0, 0), lowest)
    for series, members in inner.items():
        top = plan.height + _BETWEEN
        _part(plan, members, lines, WIDTH - 2 * _PADDING, (_PADDING, top + HEAD), ())
        plan.height += _PADDING - _AFTER_CAPTION / 2
        plan.frames[series] = Box(0.5, top, WIDTH - 0.5, plan.height)
    return plan


def name_lines(name: str, width: float) -> list[str]:
    """Break a name that is too long for its box, even in narrow letters, into two lines, if possible between words."""
    room = width - _BESIDE
    for size in (BODY, NARROW):
        if length(name, size, bold=True) <= room:
            return [name]
    parts = name_parts(name)
    fits = [i for i in range(1, len(parts)) if length("".join(parts[:i]).rstrip(), NARROW, bold=True) <= room]
    if not fits:
        return fitted(name, room, NARROW, bold=True, lines=2)
    first = "".join(parts[: fits[-1]])
    return [first.rstrip(), *fitted(name[len(first) :], room, NARROW, bold=True)]


def _lifted(lines: Iterable[Line], homes: Mapping[str, str]) -> list[Pair]:
    """Return the lines that begin or end in a frame as if they were its series'."""
    pairs = ((homes.get(line.parent, line.parent), homes.get(line.child, line.child)) for line in lines)
    return [pair for pair in dict.fromkeys(pairs) if pair[0] != pair[1]]


def _part(  # noqa: PLR0913, PLR0917 - what is placed, and where
    plan: Plan,
    nodes: Sequence[Node],
    lines: Sequence[Line],
    width: float,
    corner: tuple[float, float],
    lowest: Collection[str],
) -> None:
    """Place some nodes in layers that fill a width, with the lines among them, and put them into the plan."""
    names = [node.name for node in nodes]
    lifted = [pair for pair in _lifted(lines, plan.homes) if {*pair} <= {*names}]
    lines = [line for line in lines if {*line.pair} <= {*names}]
    layers = layered(names, [line.pair for line in lines], lifted, lowest)
    marks = marks_that_fit(lines, lambda tried: needed(layers, nodes, lines, tried), width)
    rooms = levels_before(layers, lines, marks)
    columns = columns_of(layers, nodes, rooms, width)
    gaps = [right[0] - left[1] for left, right in pairwise(columns)]
    rooms = [min(room, gap - _BEFORE_LEVEL) for room, gap in zip(rooms, gaps, strict=True)]
    over = overhangs(layers, gaps)
    crowd = max(map(len, layers.rows), default=0)
    most = _CAPTION_LINES if crowd <= _SPACIOUS else _FEW_LINES if crowd <= _TALKATIVE else 0
    above = dict.fromkeys(chain(*layers.rows), _WAYPOINT)
    below = dict(above)
    tall = {}
    arriving = Counter(child for _, child in layers.routes)
    crowded = {child for _, child in marks if arriving[child] > 1}
    for node in nodes:
        left, right = columns[layers.layer[node.name]]
        plan.names[node.name] = name_lines(node.name, right - left)
        tall[node.name] = NODE + NAME_LEADING * (len(plan.names[node.name]) - 1)
        room = right - left + 2 * over[layers.layer[node.name]]
        lines_below = fitted(node.caption, room, SMALL, lines=most) if most and node.caption else []
        plan.captions[node.name] = lines_below
        above[node.name] = tall[node.name] / 2 + (_STACKED if node.name in crowded else 0)
        below[node.name] = tall[node.name] / 2 + (len(lines_below) * LEADING + _AFTER_CAPTION if lines_below else _AIR)
    level = settled(layers, above, below)
    dx, dy = corner
    for node in nodes:
        left, right = columns[layers.layer[node.name]]
        y = dy + level[node.name]
        plan.boxes[node.name] = Box(dx + left, y - tall[node.name] / 2, dx + right, y + tall[node.name] / 2)
    passed = [(dx + left, dx + right) for left, right in columns]
    levels = {item: dy + y for item, y in level.items()}
    ports = _ports(layers, levels)
    for pair in {line.pair for line in lines} & layers.routes.keys():
        plan.paths[pair] = _path(layers, pair, passed, rooms, levels, ports[pair])
    plan.marks.update(marks)
    plan.height = dy + max((level[item] + below[item] for item in level), default=0)


def _path(  # noqa: PLR0913, PLR0917 - an edge, and all that it must respect
    layers: Layers,
    pair: Pair,
    passed: Sequence[tuple[float, float]],
    rooms: Sequence[float],
    levels: Mapping[Item, float],
    port: float,
) -> Path:
    """Return the points of an edge: out of its parent, straight through each layer it passes, into its child.

    Before a layer it runs level for as long as words or tags stand there.
    """
    parent, *between, child = layers.routes[pair]
    points = [(passed[layers.layer[pair[0]]][1], levels[parent])]
    stations = [(int(waypoint[2]), levels[waypoint]) for waypoint in between]
    for layer, level in [*stations, (layers.layer[str(child)], port)]:
        left, right = passed[layer]
        if level != points[-1][1]:
            points.append((left - rooms[layer - 1], level))
        points += [(left, level), (right, level)]
    return points[:-1]


def _ports(layers: Layers, levels: Mapping[Item, float]) -> dict[Pair, float]:
    """Return the height at which each edge ends: those that meet in a node arrive one below the other.

    An edge that comes from the same height goes straight on.
    """
    arriving: dict[str, list[Pair]] = {}
    for pair in layers.routes:
        arriving.setdefault(pair[1], []).append(pair)
    ports = {}
    for child, pairs in arriving.items():
        if len(pairs) == 1:
            ports[pairs[0]] = levels[child]
            continue
        pairs.sort(key=lambda pair: levels[layers.routes[pair][-2]])
        reach = NODE / 2 - 3
        step = min(_PORT, 2 * reach / max(len(pairs) - 1, 1))
        wished = [min(max(levels[layers.routes[pair][-2]] - levels[child], -reach), reach) for pair in pairs]
        stiff = [_STRAIGHT if {*pair} <= layers.spine else 1 for pair in pairs]
        offsets = apart(wished, [(step / 2, step / 2)] * len(pairs), stiff)
        shift = max(offsets[-1] - reach, 0) or min(offsets[0] + reach, 0)
        for pair, offset in zip(pairs, offsets, strict=True):
            ports[pair] = levels[child] + offset - shift
    return ports
