"""Arrows on a canvas: bent and straight, solid and dashed, thin and broad, and the tags that stand on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, hypot, sin
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Circle, PathPatch, Polygon
from matplotlib.path import Path

from llmsurvey.figures.canvas import put, write
from llmsurvey.figures.style import BLACK, NARROW, WHITE

_HEAD, _BROAD_HEAD = (8.0, 3.6), (13.0, 9.0)
"""Length and half the width of an arrowhead in pixels."""
_DASHES = (0, (4, 2.2))

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Look:
    """How an arrow is drawn."""

    colour: str
    dashed: bool = False
    broad: bool = False
    headless: bool = False


def bent(plane: Axes, points: Points, look: Look) -> None:
    """Draw an arrow through points, level at each of them."""
    head = _BROAD_HEAD if look.broad else _HEAD
    reach = 0 if look.headless else head[0] - 1
    *others, (x, y) = points
    vertices, codes = [points[0]], [Path.MOVETO]
    for (x0, y0), (x1, y1) in pairwise([*others, (x - reach, y)]):
        middle = (x0 + x1) / 2
        vertices += [(middle, y0), (middle, y1), (x1, y1)]
        codes += [Path.CURVE4] * 3
    _stroke(plane, Path(vertices, codes), look)
    if not look.headless:
        _head(plane, (x, y), 0.0, look)


def straight(plane: Axes, start: tuple[float, float], end: tuple[float, float], look: Look) -> None:
    """Draw a straight arrow."""
    if hypot(end[0] - start[0], end[1] - start[1]) < 1:
        return
    angle = atan2(end[1] - start[1], end[0] - start[0])
    reach = 0 if look.headless else (_BROAD_HEAD if look.broad else _HEAD)[0] - 1
    stop = (end[0] - reach * cos(angle), end[1] - reach * sin(angle))
    _stroke(plane, Path([start, stop]), look)
    if not look.headless:
        _head(plane, end, angle, look)


def tag(plane: Axes, spot: tuple[float, float], letters: str, colour: str, name: str) -> None:
    """Draw a round tag with one or two letters upon an arrow."""
    put(plane, Circle(spot, 8, facecolor=WHITE, edgecolor=colour, linewidth=1.3, zorder=2.5))
    write(plane, *spot, letters, name, size=NARROW, ha="center", zorder=2.6)


def _stroke(plane: Axes, path: Path, look: Look) -> None:
    style: dict[str, Any] = {"fill": False, "capstyle": "butt", "linestyle": _DASHES if look.dashed else "-"}
    if look.broad:
        put(plane, PathPatch(path, edgecolor=BLACK, linewidth=5.4, **{**style, "linestyle": "-"}, zorder=1))
        put(plane, PathPatch(path, edgecolor=look.colour, linewidth=4.0, **style, zorder=1.1))
    else:
        put(plane, PathPatch(path, edgecolor=look.colour, linewidth=1.3, **style, zorder=1))


def _head(plane: Axes, tip: tuple[float, float], angle: float, look: Look) -> None:
    long, half = _BROAD_HEAD if look.broad else _HEAD
    corners = [(0.0, 0.0), (-long, half), (-long, -half)]
    turned = [(tip[0] + x * cos(angle) - y * sin(angle), tip[1] + x * sin(angle) + y * cos(angle)) for x, y in corners]
    edge: dict[str, Any] = {"edgecolor": BLACK, "linewidth": 0.7} if look.broad else {"linewidth": 0}
    put(plane, Polygon(turned, closed=True, facecolor=look.colour, zorder=1.2, **edge))
