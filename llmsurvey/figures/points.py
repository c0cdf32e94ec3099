"""Names of points in a panel, each where it covers nothing."""

from collections.abc import Iterable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.lines import Line2D

from llmsurvey.figures.canvas import fitted
from llmsurvey.figures.labels import placed
from llmsurvey.figures.places import Box, Wish
from llmsurvey.figures.sheet import renderer_of
from llmsurvey.figures.style import BLACK, GREY, SMALL

_REACH = 4.5
"""Pixels from a point's middle to its edge."""
_LONGEST = 150.0

Point = tuple[float, float]
"""In the units of the axes."""


def name_points(
    drawing: Drawing,
    axes: Axes,
    named: Sequence[tuple[str, Point]],
    others: Iterable[Point],
    curves: Iterable[Sequence[Point]] = (),
) -> list[str]:
    """Write names beside their points and return those that found no room; `others` and `curves` stay uncovered."""
    texts = [
        drawing.text(0, 0, fitted(name, _LONGEST, SMALL)[0], size=SMALL, color=BLACK, va="bottom", gid=f"label-{i}")
        for i, (name, _) in enumerate(named)
    ]
    extents = [text.get_window_extent(renderer_of(drawing)) for text in texts]
    pixels = _pixels(axes, [point for _, point in named])
    frame = axes.get_window_extent()
    places = placed(
        [Wish(*pixel, box.width, box.height) for pixel, box in zip(pixels, extents, strict=True)],
        inside=Box(frame.x0, frame.y0, frame.x1, frame.y1),
        curves=[_pixels(axes, curve) for curve in curves],
        taken=[Box(x, y, x, y).grown(_REACH) for x, y in (*pixels, *_pixels(axes, others))],
    )
    width, height = drawing.get_size_inches() * drawing.dpi
    for text, place, extent in zip(texts, places, extents, strict=True):
        if place is None:
            text.remove()
            continue
        text.set_position(((place.box.x0 - extent.x0) / width, (place.box.y0 - extent.y0) / height))
        if place.leader:
            (x0, y0), (x1, y1) = place.leader
            line = Line2D([x0 / width, x1 / width], [y0 / height, y1 / height], color=GREY, linewidth=0.6, zorder=0.5)
            line.set_transform(drawing.transFigure)
            drawing.add_artist(line)
    return [name for (name, _), place in zip(named, places, strict=True) if place is None]


def _pixels(axes: Axes, points: Iterable[Point]) -> list[Point]:
    found = axes.transData.transform(np.array(list(points), dtype=float).reshape(-1, 2))
    return [(float(x), float(y)) for x, y in found]
