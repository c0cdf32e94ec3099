"""Where everything of a lineage stands: models in layers, series opened into frames below. It draws nothing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from llmsurvey.figures.canvas import WIDTH, fitted, length
from llmsurvey.figures.layers import Item, Layers, Pair, layered, settled
from llmsurvey.figures.places import Box
from llmsurvey.figures.style import BODY, SMALL

NODE, LEADING = 34.0, 13.0
"""Pixels: height of a node, and of a line of the caption below it."""
HEAD = 24.0
"""Pixels of a frame above its models, for its title."""
_AIR, _AFTER_CAPTION = 10.0, 12.0
_WAYPOINT = 7.0
"""Half the height that an edge takes where it passes a layer."""
_WIDEST, _NARROWEST, _INSIDE = 150.0, 60.0, 9.0
_GAP, _WIDEST_GAP, _LABEL_ROOM = 33.0, 200.0, 17.0
_PORT = 18.0
"""Pixels between two edges that end in one node."""
_TALKATIVE = 9
"""In a picture with more models in a layer captions would make the page too long."""
_CAPTION_LINES = 5
_PADDING, _BETWEEN = 14.0, 40.0
"""Pixels inside a frame at its sides and below, and above it."""

Path = list[tuple[float, float]]
"""Points that an edge runs through, from the right of its parent to the left of its child, level at each."""


@dataclass(frozen=True, slots=True)
class Node:
    """One model."""

    name: str
    date: str
    caption: str
    series: str | None
    hidden: int
    """How many models that come from it are not drawn."""
    is_open: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One edge."""

    parent: str
    child: str
    relation: str
    """In words."""
    label: str
    colour: str
    dashed: bool
    block: bool

    @property
    def pair(self) -> Pair:
        """Its two ends."""
        return (self.parent, self.child)


@dataclass(slots=True)
class Plan:
    """Places in pixels from the upper left corner."""

    height: float = 0
    boxes: dict[str, Box] = field(default_factory=dict)
    captions: dict[str, list[str]] = field(default_factory=dict)
    paths: dict[Pair, Path] = field(default_factory=dict)
    """Of the edges inside one part of the picture."""
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
        plan.height += _PADDING
        plan.frames[series] = Box(0.5, top, WIDTH - 0.5, plan.height)
    return plan


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
    columns = _columns(layers, nodes, lines, width)
    talkative = max(map(len, layers.rows), default=0) <= _TALKATIVE
    above = dict.fromkeys(chain(*layers.rows), _WAYPOINT)
    below = dict(above)
    for node in nodes:
        left, right = columns[layers.layer[node.name]]
        room = right - left + _GAP / 2
        lines_below = fitted(node.caption, room, SMALL, lines=_CAPTION_LINES) if talkative and node.caption else []
        plan.captions[node.name] = lines_below
        above[node.name] = NODE / 2
        below[node.name] = NODE / 2 + (len(lines_below) * LEADING + _AFTER_CAPTION if lines_below else _AIR)
    level = settled(layers, above, below)
    dx, dy = corner
    for node in nodes:
        left, right = columns[layers.layer[node.name]]
        y = dy + level[node.name]
        plan.boxes[node.name] = Box(dx + left, y - NODE / 2, dx + right, y + NODE / 2)
    passed = [(dx + left, dx + right) for left, right in columns]
    levels = {item: dy + y for item, y in level.items()}
    ports = _ports(layers, levels)
    for pair in {line.pair for line in lines} & layers.routes.keys():
        plan.paths[pair] = _path(layers, pair, passed, levels, ports[pair])
    plan.height = dy + max((level[item] + below[item] for item in level), default=0)


def _path(
    layers: Layers, pair: Pair, passed: Sequence[tuple[float, float]], levels: Mapping[Item, float], port: float
) -> Path:
    """Return the points of an edge: out of its parent, straight through each layer it passes, into its child."""
    parent, *between, child = layers.routes[pair]
    points = [(passed[layers.layer[pair[0]]][1], levels[parent])]
    for waypoint in between:
        left, right = passed[int(waypoint[2])]
        points += [(left, levels[waypoint]), (right, levels[waypoint])]
    return [*points, (passed[layers.layer[str(child)]][0], port)]


def _columns(layers: Layers, nodes: Sequence[Node], lines: Sequence[Line], width: float) -> list[tuple[float, float]]:
    """Return the left and right edge of each layer: as wide as its names, and the rest of the width shared out."""
    count = max(len(layers.rows), 1)
    gaps = [_GAP] * (count - 1)
    for line in lines:
        last = layers.layer[line.child] - 1
        if line.label and 0 <= last < len(gaps):
            gaps[last] = max(gaps[last], length(line.label, SMALL) + _LABEL_ROOM)
    wide = [_NARROWEST] * count
    for node in nodes:
        asked = max(length(node.name, BODY, bold=True), length(dated(node), SMALL)) + _INSIDE
        wide[layers.layer[node.name]] = max(wide[layers.layer[node.name]], min(asked, _WIDEST))
    room = width - sum(gaps)
    wide = _capped(wide, room)
    spare = (room - sum(wide)) / (2 * count)
    wide = [max(each, min(each + spare, _WIDEST)) for each in wide]
    spare = (room - sum(wide)) / max(count - 1, 1)
    gaps = [min(gap + spare, max(_WIDEST_GAP, gap)) for gap in gaps]
    lefts = [sum(gaps[:i]) + sum(wide[:i]) for i in range(count)]
    return [(left, left + each) for left, each in zip(lefts, wide, strict=True)]


def _capped(widths: Sequence[float], room: float) -> list[float]:
    """Narrow the widest until all fit: none is wider than what an even share leaves it."""
    left, share = room, {}
    for done, (width, i) in enumerate(sorted((width, i) for i, width in enumerate(widths))):
        share[i] = min(width, left / (len(widths) - done))
        left -= share[i]
    return [share[i] for i in range(len(widths))]


def dated(node: Node) -> str:
    """Return the line below a model's name: its date, and how many that come from it are not drawn."""
    return f"{node.date}  +{node.hidden:,}" if node.hidden else node.date


def _ports(layers: Layers, levels: Mapping[Item, float]) -> dict[Pair, float]:
    """Return the height at which each edge ends: those that meet in a node arrive one below the other."""
    arriving: dict[str, list[Pair]] = {}
    for pair in layers.routes:
        arriving.setdefault(pair[1], []).append(pair)
    ports = {}
    for child, pairs in arriving.items():
        pairs.sort(key=lambda pair: levels[layers.routes[pair][-2]])
        step = min(_PORT, (NODE - 6) / max(len(pairs) - 1, 1))
        for i, pair in enumerate(pairs):
            ports[pair] = levels[child] + (i - (len(pairs) - 1) / 2) * step
    return ports
