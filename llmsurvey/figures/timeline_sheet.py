"""The drawing of the timeline: bands of stretches, each with its models stacked upon an axis of time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Rectangle

from llmsurvey.figures.bands import Band, Stand, height, packed
from llmsurvey.figures.canvas import WIDTH, canvas, fitted, length, put, write
from llmsurvey.figures.emblems import Emblem, emblems
from llmsurvey.figures.places import Box
from llmsurvey.figures.sheet import Paragraph
from llmsurvey.figures.style import BLACK, BODY, GREY, PALE, SMALL, WHITE

_COLUMNS = 5
_CELL, _GAP, _EDGE = 32.0, 3.0, 6.0
"""Pixels: height of a cell with the gap below it, that gap, and the gap between two columns."""
_AXIS = 40.0
"""Pixels below the cells of a band, for the axis, its words and the space to the next band."""
_KEY = 28.0
_BADGE = 25.0
"""Pixels that the emblem takes at a cell's left."""
_LIFT = 9.0
"""Pixels between the axis and the lowest cell."""


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
    bands = packed([len(group.cells) for group in groups], _COLUMNS, _AXIS / _CELL)
    heights = [height(band) * _CELL + _LIFT + _AXIS for band in bands]
    drawing, plane = canvas(title, sum(heights) + _KEY, below)
    marks = emblems(cell.organisation for group in groups for cell in group.cells)
    top = _KEY
    if groups:
        _key(plane)
    for band, band_height in zip(bands, heights, strict=True):
        top += band_height
        _band(plane, band, groups, marks, top - _AXIS)
    return drawing


def _band(plane: Axes, band: Band, groups: Sequence[Group], marks: Mapping[str, Emblem], axis: float) -> None:
    """Draw one piece of the axis with what stands upon it."""
    step = WIDTH / _COLUMNS
    end = (band[-1].first + band[-1].columns) * step
    look = "-|>,head_length=5,head_width=3"
    arrow = FancyArrowPatch(
        (0, axis), (end, axis), arrowstyle=look, linewidth=1.6, color=GREY, shrinkA=0, shrinkB=0, zorder=1
    )
    put(plane, arrow)
    for stand in band:
        _stand(plane, stand, groups[stand.group], marks, axis)


def _stand(plane: Axes, stand: Stand, group: Group, marks: Mapping[str, Emblem], axis: float) -> None:
    """Draw one stretch: a bracket on the axis, its name below, its models above, column by column."""
    step = WIDTH / _COLUMNS
    left, right = stand.first * step + _EDGE / 2, (stand.first + stand.columns) * step - _EDGE / 2
    for x in (left, right):
        plane.plot([x, x], [axis, axis - 5], color=GREY, linewidth=1.2, solid_capstyle="butt", clip_on=False)
    more = f"  +{group.more:,} not drawn" if group.more else ""
    write(plane, left, axis + 14, f"{group.label}{more}", f"text-{stand.group}", size=BODY, weight="bold")
    for i, cell in enumerate(group.cells):
        column, row = divmod(i, stand.rows)
        x0 = (stand.first + column) * step + _EDGE / 2
        y1 = axis - _LIFT - row * _CELL
        box = Box(x0, y1 - _CELL + _GAP, x0 + step - _EDGE, y1)
        draw_cell(plane, cell, marks[cell.organisation], box, f"{stand.group}-{i}")


def draw_cell(plane: Axes, cell: Cell, mark: Emblem, box: Box, name: str) -> None:
    """Draw a model: emblem, name and size, organisation. Openness is told by the colour and by both shapes."""
    size = (box.x1 - box.x0, box.y1 - box.y0)
    x, y = box.x0 + _BADGE / 2 + 2, (box.y0 + box.y1) / 2
    if cell.is_open:
        look: dict[str, Any] = {"facecolor": PALE, "edgecolor": BLACK, "linewidth": 0.8, "zorder": 2}
        put(plane, FancyBboxPatch((box.x0, box.y0), *size, boxstyle="round,pad=0,rounding_size=8", **look))
        put(plane, Circle((x, y), 11, facecolor=mark.colour, linewidth=0, zorder=3))
    else:
        put(plane, Rectangle((box.x0, box.y0), *size, facecolor=WHITE, edgecolor=GREY, linewidth=0.8, zorder=2))
        put(plane, Rectangle((x - 10, y - 10), 20, 20, facecolor=mark.colour, linewidth=0, zorder=3))
    write(plane, x, y, mark.letters, f"emblem-{name}", color=mark.ink, ha="center", weight="bold", size=_EMBLEM)
    _describe(plane, cell, Box(box.x0 + _BADGE + 4, box.y0, box.x1 - 4, box.y1), name)


def _describe(plane: Axes, cell: Cell, box: Box, name: str) -> None:
    """Write name and organisation; the size stands behind the name, or where that is long behind the organisation."""
    room = box.x1 - box.x0
    taken = length(cell.size, SMALL) + 6 if cell.size else 0
    below = length(cell.name, BODY, bold=True) > room - taken
    (title,) = fitted(cell.name, room if below else room - taken, BODY, bold=True)
    (maker,) = fitted(cell.organisation, room - taken if below else room, SMALL)
    lines = (box.y0 + 8.5, box.y0 + 21)
    write(plane, box.x0, lines[0], title, f"label-{name}", size=BODY, weight="bold")
    write(plane, box.x0, lines[1], maker, f"label-{name}-by", color=_MAKER)
    if cell.size:
        write(plane, box.x1, lines[below], cell.size, f"label-{name}-size", ha="right", color=_MAKER)


_EMBLEM = 7.5
_MAKER = "#404040"


def _key(plane: Axes) -> None:
    """Explain the two looks."""
    samples = ((0, True, "weights can be downloaded"), (215, False, "weights cannot be downloaded"))
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
    write(plane, 450, 9.5, "emblem and second line: the organisation", "key-emblem", color=GREY)
