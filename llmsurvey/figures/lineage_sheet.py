"""The drawing of a lineage: models in layers from left to right, series opened into frames, edges between them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import FancyBboxPatch, Rectangle

from llmsurvey.figures.arrows import Look, bent, straight, tag
from llmsurvey.figures.canvas import WIDTH, canvas, fitted, length, middle, put, write
from llmsurvey.figures.emblems import initials
from llmsurvey.figures.lineage_columns import BEFORE_HEAD, TAG_STEP, Node, dated, tags_before
from llmsurvey.figures.lineage_marks import Line
from llmsurvey.figures.lineage_plan import LEADING, NAME_LEADING, Plan, planned
from llmsurvey.figures.places import Box
from llmsurvey.figures.sheet import Paragraph
from llmsurvey.figures.style import BLACK, BODY, GREY, NARROW, OPEN, PALE, SMALL, WHITE

_ROW = 20.0
"""Pixels of a row of the key."""
_SAMPLE = 38.0
_BACKED: dict[str, Any] = {"boxstyle": "square,pad=0.08", "facecolor": WHITE, "linewidth": 0}


def drawn(title: str, nodes: Sequence[Node], lines: Sequence[Line], below: Sequence[Paragraph]) -> Drawing:
    """Draw nodes, given in the order of their dates, and the lines between them."""
    plan = planned(nodes, lines)
    told_by_frames = _shared(plan, lines)
    if said_twice := [line for line in lines if line.pair in told_by_frames]:
        lines = [line for line in lines if line not in said_twice]
        plan = planned(nodes, lines)
    tagged = [line for line in lines if line.marked and line.pair in plan.paths and line.pair not in plan.marks]
    letters = initials(dict.fromkeys(line.relation for line in tagged))
    keys = _key_places(plan, lines, nodes)
    top = keys[-1][2] + _ROW * 1.2 if keys else 0
    drawing, plane = canvas(title, top + plan.height + 4, below)
    _key(plane, keys, lines, letters)
    _shifted(plan, top)
    for series, frame in plan.frames.items():
        _frame(plane, series, frame)
    _edges(plane, plan, lines, letters)
    for i, node in enumerate(nodes):
        _node(plane, plan, node, i)
    return drawing


def _shifted(plan: Plan, down: float) -> None:
    """Move a plan down, to make room for the key."""
    for places in (plan.boxes, plan.frames):
        for name, box in places.items():
            places[name] = Box(box.x0, box.y0 + down, box.x1, box.y1 + down)
    plan.paths = {pair: [(x, y + down) for x, y in path] for pair, path in plan.paths.items()}


def _node(plane: Axes, plan: Plan, node: Node, i: int) -> None:
    """Draw one model: name and date in a box, the caption below it."""
    box = plan.boxes[node.name]
    size = (box.x1 - box.x0, box.y1 - box.y0)
    look: dict[str, Any] = {
        "facecolor": PALE if node.is_open else WHITE,
        "edgecolor": BLACK,
        "linewidth": 1.0,
        "zorder": 3,
        "gid": f"node-{i}",
    }
    if node.is_open:
        put(plane, FancyBboxPatch((box.x0, box.y0), *size, boxstyle="round,pad=0,rounding_size=9", **look))
    else:
        put(plane, Rectangle((box.x0, box.y0), *size, **look))
    x = (box.x0 + box.x1) / 2
    lines = plan.names[node.name]
    letter = BODY if lines == [node.name] and length(node.name, BODY, bold=True) <= size[0] - 6 else NARROW
    y = box.y0 + 11 if node.date or node.hidden else middle(box)[1]
    for j, line in enumerate(lines):
        write(plane, x, y + j * NAME_LEADING, line, f"label-{i}-{j}", size=letter, weight="bold", ha="center")
    write(plane, x, box.y1 - 9, dated(node), f"label-{i}-date", ha="center")
    for j, line in enumerate(plan.captions[node.name]):
        y = box.y1 + 9 + j * LEADING
        write(plane, x, y, line, f"label-{i}-caption-{j}", ha="center", color=_CAPTION, bbox=_BACKED, zorder=2)


_CAPTION = "#404040"


def _frame(plane: Axes, series: str, frame: Box) -> None:
    """Draw the frame of a series with its name."""
    size = (frame.x1 - frame.x0, frame.y1 - frame.y0)
    put(plane, Rectangle((frame.x0, frame.y0), *size, facecolor=WHITE, edgecolor=GREY, linewidth=1, zorder=0))
    (title,) = fitted(f"{series} series", size[0] - 20, BODY, bold=True)
    write(plane, frame.x0 + 10, frame.y0 + 14, title, f"frame-{series}", size=BODY, weight="bold", color=GREY)


def _edges(plane: Axes, plan: Plan, lines: Sequence[Line], letters: Mapping[str, str]) -> None:
    """Draw each edge by where its ends stand: in one part, in a series and its frame, in a frame and outside it."""
    shared = _shared(plan, lines)
    tags = tags_before([line for line in lines if line.pair in plan.paths], plan.marks)
    done: set[tuple[str, str]] = set()
    for i, line in enumerate(lines):
        home = plan.homes.get(line.parent, "")
        look = Look(line.colour, line.dashed, line.block)
        if line.pair in plan.paths:
            bent(plane, plan.paths[line.pair], look)
            _named(plane, plan, line, letters, tags[line.child], f"edge-{i}")
        elif plan.homes.get(line.child) == line.parent:
            if (line.parent, "") not in done:
                _opening(plane, plan, line)
            done.add((line.parent, ""))
        elif (home, line.child) in shared:
            if (home, line.child) not in done:
                _from_frame(plane, plan, home, line)
            done.add((home, line.child))
        else:
            _across(plane, plan, line)


def _shared(plan: Plan, lines: Sequence[Line]) -> set[tuple[str, str]]:
    """Return the series all of whose models have the same edge to something outside, and to what."""
    found: dict[tuple[str, str, str], int] = Counter(
        (plan.homes[line.parent], line.child, line.relation)
        for line in lines
        if line.parent in plan.homes and plan.homes.get(line.child) != plan.homes[line.parent]
    )
    sizes = Counter(plan.homes.values())
    return {(series, child) for (series, child, _), count in found.items() if count == sizes[series]}


def _named(  # noqa: PLR0913, PLR0917 - an edge, and where its mark stands
    plane: Axes, plan: Plan, line: Line, letters: Mapping[str, str], before: float, name: str
) -> None:
    """Write what an edge is: its words, or the letters of its relation on a tag, side by side where several arrive."""
    x, y = plan.paths[line.pair][-1]
    if line.pair in plan.marks:
        text = plan.marks[line.pair]
        write(plane, x - BEFORE_HEAD, y - 10, text, name, ha="right", bbox=_BACKED, zorder=2)
    elif line.marked:
        beside = sorted(path[-1][1] for pair, path in plan.paths.items() if pair[1] == line.child)
        spot = (x - before - TAG_STEP * (beside.index(y) % 2), y)
        tag(plane, spot, letters[line.relation], line.colour, f"tag-{name}")


def _opening(plane: Axes, plan: Plan, line: Line) -> None:
    """Open a series into its frame: two lines that part."""
    box, frame = plan.boxes[line.parent], plan.frames[line.parent]
    x, foot = middle(box)[0], plan.foot(line.parent)
    look = Look(line.colour, line.dashed, headless=True)
    for side in (-1, 1):
        end = min(max(x + side * _OPENED, frame.x0), frame.x1)
        straight(plane, (x + side * 12, foot), (end, frame.y0), look)


def _from_frame(plane: Axes, plan: Plan, series: str, line: Line) -> None:
    """Draw what all models of a series have in common as one arrow from their frame."""
    box, frame = plan.boxes[line.child], plan.frames[series]
    x = middle(box)[0]
    straight(plane, (x, frame.y0), (x, plan.foot(line.child)), Look(line.colour, line.dashed, line.block))


def _across(plane: Axes, plan: Plan, line: Line) -> None:
    """Draw an edge between a frame and the world outside, behind everything."""
    start, end = plan.boxes[line.parent], plan.boxes[line.child]
    upwards = start.y0 > end.y1
    begin = (middle(start)[0], start.y0 if upwards else start.y1)
    stop = (middle(end)[0], plan.foot(line.child) if upwards else end.y0)
    straight(plane, begin, stop, Look(line.colour, line.dashed, line.block))


Place = tuple[str, float, float]
"""An entry of the key, and where it stands."""


def _key_places(plan: Plan, lines: Sequence[Line], nodes: Sequence[Node]) -> list[Place]:
    """Find room for the entries of the key: the relations that no words tell, in their order, then the looks."""
    entries = list(dict.fromkeys(line.relation for line in lines if _unsaid(plan, line)))
    entries += [_SOLID, _DASHED] if lines else []
    entries += [OPEN] if any(node.is_open for node in nodes) else []
    places, x, y = [], 0.0, _ROW / 2
    for entry in entries:
        wide = _SAMPLE + length(entry, SMALL) + 18
        if x and x + wide > WIDTH:
            x, y = 0.0, y + _ROW
        places.append((entry, x, y))
        x += wide
    return places


def _unsaid(plan: Plan, line: Line) -> bool:
    """Tell whether a reader needs the key for an edge's relation: no word says it, nor the frame it opens into."""
    told = plan.marks.get(line.pair) == line.relation or plan.homes.get(line.child) == line.parent
    return bool(line.relation) and not told


def _key(plane: Axes, places: Sequence[Place], lines: Sequence[Line], letters: Mapping[str, str]) -> None:
    """Explain colours, tags, and kinds of line."""
    looks = {line.relation: line for line in reversed(lines)}
    for i, (entry, x, y) in enumerate(places):
        ends = ((x, y), (x + _SAMPLE - 6, y))
        if entry == OPEN:
            style = "round,pad=0,rounding_size=5"
            put(plane, FancyBboxPatch((x + 1, y - 7), 28, 14, boxstyle=style, facecolor=PALE, edgecolor=BLACK))
        elif entry in {_SOLID, _DASHED}:
            straight(plane, *ends, Look(GREY, dashed=entry == _DASHED))
        else:
            line = looks[entry]
            straight(plane, *ends, Look(line.colour, broad=line.block))
            if entry in letters and not line.block:
                tag(plane, (x + 11, y), letters[entry], line.colour, f"tag-key-{i}")
        write(plane, x + _SAMPLE, y, entry, f"key-{i}")


_SOLID, _DASHED = "explicitly attested", "inferred"
_OPENED = 60.0
