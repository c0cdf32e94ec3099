"""The canvas: a page with a title, an empty plane measured in pixels, and text below. For pictures without axes."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.text import Text

from llmsurvey.figures.places import Box
from llmsurvey.figures.sheet import MARGIN, Paragraph, Sheet, width_of, wrapped
from llmsurvey.figures.style import BLACK, PAGE_WIDTH, SCREEN_DPI, SMALL, readable

WIDTH = (PAGE_WIDTH - 2 * MARGIN) * SCREEN_DPI
"""Pixels across a canvas."""

_LONGEST = 200
"""Letters of a line that are looked at; no more fit across a page."""


def canvas(title: str, height: float, below: Sequence[Paragraph]) -> tuple[Drawing, Axes]:
    """Return a page with an empty plane of `height` pixels; its units are pixels, its origin is the upper left corner.

    y grows downwards, as one reads.
    """
    sheet = Sheet(
        title=title, panels=[""], columns=1, panel_height=height / SCREEN_DPI, below=below, left=MARGIN, axis=0.12
    )
    drawing, (plane,) = sheet.laid_out()
    plane.set_axis_off()
    plane.set_xlim(0, WIDTH)
    plane.set_ylim(height, 0)
    return drawing, plane


def fitted(text: str, width: float, size: float, *, bold: bool = False, lines: int = 1) -> list[str]:
    """Break a text into at most so many lines of at most `width` pixels; what does not fit ends in an ellipsis."""
    if lines > 1:
        return wrapped(text, width / SCREEN_DPI, size, bold=bold, most=lines)
    line = readable(text)[:_LONGEST]
    if length(line, size, bold=bold) <= width:
        return [line]
    fits = bisect_left(range(len(line)), width, key=lambda end: length(f"{line[:end]}…", size, bold=bold)) - 1
    return [f"{line[: max(fits, 0)].rstrip()}…"]


def length(text: str, size: float, *, bold: bool = False) -> float:
    """Return the pixels that a line takes."""
    return width_of(readable(text), size, bold=bold) * SCREEN_DPI


def put(plane: Axes, artist: Artist) -> None:
    """Put a shape on a plane; it may reach over the plane's border, as far as the page goes."""
    artist.set_clip_on(False)
    plane.add_artist(artist)


def write(plane: Axes, x: float, y: float, text: str, name: str, **look: Any) -> Text:  # noqa: ANN401 - matplotlib's own keywords
    """Write one line on a plane, by default black, small, and centred upon its height; `name` is its mark in files."""
    style: dict[str, Any] = {"size": SMALL, "color": BLACK, "va": "center_baseline", "zorder": 5, "gid": name, **look}
    return plane.text(x, y, text, **style)


def middle(box: Box) -> tuple[float, float]:
    """Return the centre of a box."""
    return (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
