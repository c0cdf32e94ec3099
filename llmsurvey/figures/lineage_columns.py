"""How the layers of a lineage share the width of a page: columns of names, and the gaps in which arrows run."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from llmsurvey.figures.canvas import length
from llmsurvey.figures.layers import Item, Layers
from llmsurvey.figures.lineage_marks import Line, Marks
from llmsurvey.figures.style import BODY, NARROW, SMALL

_WIDEST, _NARROWEST, _INSIDE = 150.0, 54.0, 8.0
"""Pixels: of a node, and beside its name."""
_GAP, _WIDEST_GAP = 33.0, 200.0
BEFORE_HEAD, _TAG, TAG_STEP = 12.0, 19.0, 17.0
"""Pixels before an arrow's tip: where its words end, the middle of its tag, and how far on a second tag stands."""
_BEND, _BEND_EACH, _WIDEST_BEND, _STEEP = 10.0, 4.0, 60.0, 16.0
"""Pixels in which arrows bend: at least, more for each that passes, at most, and where names need the room."""
_BARE, _AROUND_TAG = 12.0, 10.0
"""Pixels that an arrow runs level before its tip, and that a tag needs beside its middle."""
_LONGEST_WORD, _HALVINGS = 90.0, 40
_OVERHANG, _MARGIN = 5.0, 10.0
"""Pixels that a caption may reach over a node, between layers and at the page's border."""


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


def needed(layers: Layers, nodes: Sequence[Node], lines: Sequence[Line], marks: Marks) -> tuple[float, float]:
    """Return the width at which no name is cut or broken, and that below which marks would run into nodes."""
    gaps = _gaps(layers, levels_before(layers, lines, marks), _STEEP)
    return sum(_wishes(layers, nodes, gaps)) + sum(gaps), sum(_dates(layers, nodes)) + sum(gaps)


def levels_before(layers: Layers, lines: Iterable[Line], marks: Marks) -> list[float]:
    """Return how far before each layer but the first its edges run level, for their words and tags."""
    rooms = [_BARE] * (max(len(layers.rows), 1) - 1)
    lines = list(lines)
    tagged = Counter(line.child for line in lines if line.marked and line.pair not in marks)
    tags = tags_before(lines, marks)
    for line in lines:
        gap = layers.layer[line.child] - 1
        if line.pair not in layers.routes:
            continue
        if line.pair in marks:
            rooms[gap] = max(rooms[gap], length(marks[line.pair], SMALL) + BEFORE_HEAD)
        elif line.marked:
            second = TAG_STEP if tagged[line.child] > 1 else 0
            rooms[gap] = max(rooms[gap], tags[line.child] + _AROUND_TAG + second)
    return rooms


def tags_before(lines: Iterable[Line], marks: Marks) -> dict[str, float]:
    """Return how far before each node its tags stand: left of the words on other arrows that arrive there."""
    tags: dict[str, float] = {}
    for line in lines:
        words = length(marks[line.pair], SMALL) + BEFORE_HEAD + _AROUND_TAG if line.pair in marks else 0
        tags[line.child] = max(tags.get(line.child, _TAG), words)
    return tags


def _gaps(layers: Layers, rooms: Sequence[float], widest_bend: float) -> list[float]:
    """Return the room between two layers: for words or tags, and before them for the arrows to bend."""
    gaps = []
    for room, steps in zip(rooms, _steps(layers), strict=True):
        bend = 0 if _straight(layers, steps) else min(_BEND + _BEND_EACH * len(steps), widest_bend)
        gaps.append(max(_GAP, room + bend))
    return gaps


def _steps(layers: Layers) -> list[list[tuple[Item, Item]]]:
    """Return what passes each gap between two layers."""
    steps: list[list[tuple[Item, Item]]] = [[] for _ in layers.rows[1:]]
    for (parent, _), route in layers.routes.items():
        for i, step in enumerate(pairwise(route)):
            steps[layers.layer[parent] + i].append(step)
    return steps


def _straight(layers: Layers, steps: Sequence[tuple[Item, Item]]) -> bool:
    """Tell whether nothing bends in a gap."""
    return all({*step} <= layers.spine for step in steps)


def overhangs(layers: Layers, gaps: Sequence[float]) -> list[float]:
    """Return how far the captions of each layer may reach over its sides, where no arrow bends beside them."""
    inner = (
        gap / 2 - 3 if _straight(layers, steps) else _OVERHANG for gap, steps in zip(gaps, _steps(layers), strict=True)
    )
    return [min(pair) for pair in pairwise([_MARGIN, *inner, _MARGIN])]


def _dates(layers: Layers, nodes: Sequence[Node]) -> list[float]:
    """Return the width of each layer that holds its dates: below that it cannot go."""
    wide = [_NARROWEST] * max(len(layers.rows), 1)
    for node in nodes:
        i = layers.layer[node.name]
        wide[i] = max(wide[i], length(dated(node), SMALL) + _INSIDE)
    return wide


def _words(layers: Layers, nodes: Sequence[Node], gaps: Sequence[float]) -> list[float]:
    """Return the width of each layer that cuts no word of a name or of a caption in two."""
    wide = _dates(layers, nodes)
    over = overhangs(layers, gaps)
    for node in nodes:
        i = layers.layer[node.name]
        part = max(length(part.rstrip(), NARROW, bold=True) for part in name_parts(node.name)) + _INSIDE
        word = max((length(word, SMALL) for word in node.caption.split()), default=0) - 2 * over[i]
        wide[i] = max(wide[i], min(max(word, part), _LONGEST_WORD))
    return wide


def _wishes(layers: Layers, nodes: Sequence[Node], gaps: Sequence[float]) -> list[float]:
    """Return the width of each layer that holds its names in one line."""
    wide = _words(layers, nodes, gaps)
    for node in nodes:
        i = layers.layer[node.name]
        wide[i] = max(wide[i], min(length(node.name, BODY, bold=True) + _INSIDE, _WIDEST))
    return wide


def columns_of(
    layers: Layers, nodes: Sequence[Node], rooms: Sequence[float], width: float
) -> list[tuple[float, float]]:
    """Return the left and right edge of each layer: as wide as its names, and the rest of the width shared out."""
    count = max(len(layers.rows), 1)
    gaps, steep = _gaps(layers, rooms, _WIDEST_BEND), _gaps(layers, rooms, _STEEP)
    dates, words, names = _dates(layers, nodes), _words(layers, nodes, steep), _wishes(layers, nodes, steep)
    held = next((wide for wide in (names, words) if sum(wide) + sum(steep) <= width), None)
    if held is not None:
        gaps = shared(gaps, steep, width - sum(held))
    else:
        gaps = shared(steep, [_GAP] * len(gaps), width - sum(dates))
    room = width - sum(gaps)
    wide = shared(names, words, room) if sum(words) <= room else shared(words, dates, room)
    spare = (room - sum(wide)) / (2 * count)
    wide = [max(each, min(each + spare, _WIDEST)) for each in wide]
    spare = (room - sum(wide)) / max(count - 1, 1)
    gaps = [min(gap + spare, max(_WIDEST_GAP, gap)) for gap in gaps]
    lefts = [sum(gaps[:i]) + sum(wide[:i]) for i in range(count)]
    return [(left, left + each) for left, each in zip(lefts, wide, strict=True)]


def shared(wishes: Sequence[float], floors: Sequence[float], room: float) -> list[float]:
    """Give each its wish; where the room does not hold them all, narrow the widest, none below its floor.

    Where it does not even hold the floors, these are narrowed, all by the same share.
    """
    if floors and sum(floors) >= room:
        return [floor * max(room, 0) / sum(floors) for floor in floors]
    low, high = 0.0, max(wishes, default=0.0)
    for _ in range(_HALVINGS):
        widest = (low + high) / 2
        fits = sum(max(floor, min(wish, widest)) for wish, floor in zip(wishes, floors, strict=True)) <= room
        low, high = (widest, high) if fits else (low, widest)
    widest = max(wishes, default=0.0) if sum(wishes) <= room else low
    return [max(floor, min(wish, widest)) for wish, floor in zip(wishes, floors, strict=True)]


def name_parts(name: str) -> list[str]:
    """Cut a name where a line may break: behind blanks and signs, before brackets."""
    return re.findall(r".+?(?:[-_/+.:,](?=[^\W\d])|\s+|(?=\()|$)", name) or [name]


def dated(node: Node) -> str:
    """Return the line below a model's name: its date, and how many that come from it are not drawn."""
    return f"{node.date}  +{node.hidden:,}" if node.hidden else node.date
