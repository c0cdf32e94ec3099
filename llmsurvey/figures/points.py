"""Names of points in a panel, each where it covers nothing."""

from collections.abc import Iterable, Sequence
from math import dist
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from llmsurvey.figures.canvas import fitted
from llmsurvey.figures.labels import Place, placed
from llmsurvey.figures.leaders import set_down
from llmsurvey.figures.places import Box, Wish
from llmsurvey.figures.sheet import renderer_of
from llmsurvey.figures.style import BLACK, SMALL, WHITE

_REACH = 4.5
"""Pixels from a point's middle to its edge."""
_LONGEST = 150.0
_FARTHEST = 75.0
"""Pixels: a name that would stand farther from its point is left out; no eye follows the line to it."""

CROWD = 60
"""Points without a name beyond which they are a crowd."""
_WHITE: dict[str, Any] = {"boxstyle": "square,pad=0.05", "facecolor": WHITE, "linewidth": 0, "alpha": 0.8}

Point = tuple[float, float]
"""In the units of the axes."""


def name_points(  # noqa: PLR0913 - what is named, and what must be seen beside it
    drawing: Drawing,
    axes: Axes,
    named: Sequence[tuple[str, Point]],
    others: Sequence[Point],
    curves: Iterable[Sequence[Point]] = (),
    *,
    covering: bool = False,
) -> list[str]:
    """Write names beside their points and return those that found no room; `others` and `curves` stay uncovered.

    `covering`: among a crowd of others no name would find room; there names may stand over them, on white.
    """
    covering = covering and len(others) > CROWD
    look: dict[str, Any] = {"size": SMALL, "color": BLACK, "va": "bottom", "bbox": _WHITE if covering else None}
    texts = [
        drawing.text(0, 0, fitted(name, _LONGEST, SMALL)[0], gid=f"label-{i}", **look)
        for i, (name, _) in enumerate(named, start=len(drawing.texts))
    ]
    extents = [text.get_window_extent(renderer_of(drawing)) for text in texts]
    pixels = _pixels(axes, [point for _, point in named])
    seen = dict.fromkeys((round(x), round(y)) for x, y in _pixels(axes, others))
    frame = axes.get_window_extent()
    places = placed(
        [Wish(*pixel, box.width, box.height) for pixel, box in zip(pixels, extents, strict=True)],
        inside=Box(frame.x0, frame.y0, frame.x1, frame.y1),
        curves=[_pixels(axes, curve) for curve in curves],
        taken=[Box(x, y, x, y).grown(_REACH) for x, y in (*pixels, *({} if covering else seen))],
    )
    places = tuple(place if place and _near(place) else None for place in places)
    set_down(drawing, texts, extents, places, layer=0.5)
    return [name for (name, _), place in zip(named, places, strict=True) if place is None]


def _near(place: Place) -> bool:
    return place.leader is None or dist(*place.leader) <= _FARTHEST


def _pixels(axes: Axes, points: Iterable[Point]) -> list[Point]:
    found = axes.transData.transform(np.array(list(points), dtype=float).reshape(-1, 2))
    return [(float(x), float(y)) for x, y in found]
