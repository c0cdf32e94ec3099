"""The drawing of the timeline: bands of an arrow of time, each stretch with its models above and below the arrow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Circle, FancyBboxPatch, Polygon, Rectangle

from llmsurvey.figures.bands import Band, Stand, height, packed
from llmsurvey.figures.canvas import WIDTH, canvas, fitted, length, put, write
from llmsurvey.figures.emblems import Emblem, emblems
from llmsurvey.figures.places import Box
from llmsurvey.figures.sheet import Paragraph
from llmsurvey.figures.style import BLACK, BODY, GREY, NARROW, NOT_OPEN, OPEN, PALE, SMALL, WHITE

_COLUMNS = 5
_CELL, _GAP, _EDGE = 32.0, 3.0, 6.0
"""Pixels: height of a cell with the gap below it, that gap, and the gap between two columns."""
_ARROW, _LIFT, _BETWEEN = 19.0, 7.0, 20.0
"""Pixels: breadth of the arrow of time, between it and the nearest cells, and between two bands."""
_POINT = 11.0
"""Pixels from the end of the last column to the arrow's tip."""
_KEY = 46.0
_BADGE = 25.0
"""Pixels that the emblem takes at a cell's left."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One model on the picture."""

    name: str
    organisation: str
    size: str
    """`175B`; empty where no size is known."""
    is_open: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One stretch of time: its models, the earliest first, and how many more it has."""

    label: str
    cells: tuple[Cell, ...]
    more: int


def drawn(title: str, groups: Sequence[Group], below: Sequence[Paragraph]) -> Drawing:
    """Draw the groups along time, in bands from top to bottom."""
    bands = packed([len(group.cells) for group in groups], _COLUMNS, (2 * _LIFT + _ARROW + _BETWEEN) / _CELL)
    heights = [height(band) * _CELL - _GAP + 2 * _LIFT + _ARROW for band in bands]
    tall = _KEY + sum(heights) + _BETWEEN * (len(bands) - 1) if bands else 1
    drawing, plane = canvas(title, tall, below)
    marks = emblems(cell.organisation for group in groups for cell in group.cells)
    top = _KEY
    if groups:
        _key(plane)
    for i, (band, band_height) in enumerate(zip(bands, heights, strict=True)):
        arrow = top + _above(height(band)) * _CELL - _GAP + _LIFT
        _arrow(plane, band, arrow, starts=i == 0)
        for stand in band:
            _stand(plane, stand, groups[stand.group], marks, arrow)
        top += band_height + _BETWEEN
    return drawing


def _above(rows: int) -> int:
    """Return how many of some rows stand above the arrow; the others stand below it."""
    return -(-rows // 2)


def _arrow(plane: Axes, band: Band, y: float, *, starts: bool) -> None:
    """Draw one piece of the arrow of time; each but the first is notched, as it goes on from the one above."""
    left, right = _EDGE / 2, (band[-1].first + band[-1].columns) * WIDTH / _COLUMNS - _EDGE / 2
    notch = left if starts else left + _NOTCH
    low, neck = y + _ARROW, right - _POINT
    corners = [(left, y), (neck, y), (neck, y - _BARB), (right, y + _ARROW / 2), (neck, low + _BARB), (neck, low)]
    corners += [(left, low), (notch, y + _ARROW / 2)]
    put(plane, Polygon(corners, closed=True, facecolor=_SHADE, linewidth=0, zorder=1, gid=f"band-{band[0].group}"))


def _stand(plane: Axes, stand: Stand, group: Group, marks: Mapping[str, Emblem], arrow: float) -> None:
    """Draw one stretch: its name on the arrow, its models in columns above and below, each from top to bottom."""
    step = WIDTH / _COLUMNS
    left, right = stand.first * step + _EDGE / 2, (stand.first + stand.columns) * step - _EDGE / 2
    if stand.first:
        x = left - _EDGE / 2
        plane.plot([x, x], [arrow, arrow + _ARROW], color=WHITE, linewidth=2, solid_capstyle="butt", clip_on=False)
    y = arrow + _ARROW / 2
    write(plane, left + _NOTCH + 3, y, group.label, f"stretch-{stand.group}", size=BODY, weight="bold")
    if group.more:
        write(plane, right - _POINT - 3, y, f"+{group.more:,}", f"stretch-{stand.group}-more", ha="right", color=_MAKER)
    for i, cell in enumerate(group.cells):
        column, row = divmod(i, stand.rows)
        over = _above(min(stand.rows, len(group.cells) - column * stand.rows))
        x0 = (stand.first + column) * step + _EDGE / 2
        first = arrow - _LIFT + _GAP - over * _CELL if row < over else arrow + _ARROW + _LIFT - over * _CELL
        y0 = first + row * _CELL
        box = Box(x0, y0, x0 + step - _EDGE, y0 + _CELL - _GAP)
        draw_cell(plane, cell, marks[cell.organisation], box, f"{stand.group}-{i}")


def draw_cell(plane: Axes, cell: Cell, mark: Emblem, box: Box, name: str) -> None:
    """Draw a model: emblem, name and size, organisation. Openness is told by the colour and by both shapes."""
    size, gid = (box.x1 - box.x0, box.y1 - box.y0), f"cell-{name}"
    x, y = box.x0 + _BADGE / 2 + 2, (box.y0 + box.y1) / 2
    if cell.is_open:
        look: dict[str, Any] = {"facecolor": PALE, "edgecolor": BLACK, "linewidth": 0.8, "zorder": 2, "gid": gid}
        put(plane, FancyBboxPatch((box.x0, box.y0), *size, boxstyle="round,pad=0,rounding_size=8", **look))
        put(plane, Circle((x, y), 11, facecolor=mark.colour, linewidth=0, zorder=3))
    else:
        put(
            plane, Rectangle((box.x0, box.y0), *size, facecolor=WHITE, edgecolor=GREY, linewidth=0.8, zorder=2, gid=gid)
        )
        put(plane, Rectangle((x - 10, y - 10), 20, 20, facecolor=mark.colour, linewidth=0, zorder=3))
    write(plane, x, y, mark.letters, f"emblem-{name}", color=mark.ink, ha="center", weight="bold", size=NARROW)
    _describe(plane, cell, Box(box.x0 + _BADGE + 4, box.y0, box.x1 - 4, box.y1), name)


def _describe(plane: Axes, cell: Cell, box: Box, name: str) -> None:
    """Write name and organisation; the size stands behind the name, or where that is long behind the organisation."""
    room = box.x1 - box.x0
    taken = length(cell.size, SMALL) + 6 if cell.size else 0
    below = length(cell.name, BODY, bold=True) > room - taken
    letter = BODY if length(cell.name, BODY, bold=True) <= room else NARROW
    (title,) = fitted(cell.name, room if below else room - taken, letter, bold=True)
    (maker,) = fitted(cell.organisation, room - taken if below else room, SMALL)
    lines = (box.y0 + 8.5, box.y0 + 21)
    write(plane, box.x0, lines[0], title, f"label-{name}", size=letter, weight="bold")
    write(plane, box.x0, lines[1], maker, f"label-{name}-by", color=_MAKER)
    if cell.size:
        write(plane, box.x1, lines[below], cell.size, f"label-{name}-size", ha="right", color=_MAKER)


_MAKER, _SHADE = "#404040", "#D9D9D9"
_NOTCH, _BARB = 6.0, 5.0


def _key(plane: Axes) -> None:
    """Explain the two looks."""
    samples = ((0, True, OPEN), (215, False, NOT_OPEN))
    for x, is_open, text in samples:
        look: dict[str, Any] = {"edgecolor": BLACK if is_open else GREY, "linewidth": 0.8}
        if is_open:
            style = "round,pad=0,rounding_size=6"
            put(plane, FancyBboxPatch((x + 1, 1), 34, 17, boxstyle=style, facecolor=PALE, **look))
            put(plane, Circle((x + 11, 9.5), 6, facecolor=GREY, linewidth=0))
        else:
            put(plane, Rectangle((x + 1, 1), 34, 17, facecolor=WHITE, **look))
            put(plane, Rectangle((x + 5, 3.5), 12, 12, facecolor=GREY, linewidth=0))
        write(plane, x + 42, 9.5, text, f"key-{is_open}")
    behind = 281 + length(NOT_OPEN, SMALL)
    write(plane, behind, 9.5, "emblem and second line: the organisation", "key-emblem", color=GREY)
    order = "In each stretch the earliest comes first: columns from left to right, each from top to bottom."
    write(plane, 1, 30, order, "key-order", color=GREY)
