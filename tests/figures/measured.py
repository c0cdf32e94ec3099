"""What a finished drawing measures in pixels: texts cut by the page or by a box, over each other, under arrows."""

from collections import Counter
from itertools import combinations

import numpy as np
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import FancyBboxPatch, PathPatch, Polygon, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from numpy.typing import NDArray

from llmsurvey.figures.places import Box
from llmsurvey.figures.sheet import renderer_of
from llmsurvey.figures.style import styled

Points = NDArray[np.float64]
_INK = 2
"""Pixels above and below the ink that belong to a text's measured box."""


def texts_of(drawing: Drawing) -> list[Text]:
    """Return all that is written on a picture, on the page and on its planes."""
    found = drawing.findobj(Text)
    return [text for text in found if isinstance(text, Text) and text.get_text().strip() and text.get_visible()]


def boxes_of(drawing: Drawing) -> list[tuple[str, Box]]:
    """Return every text with its box."""
    with styled():
        drawing.draw_without_rendering()  # axis labels find their places only now
        ruler = renderer_of(drawing)
        measured = [(text.get_text(), text.get_window_extent(ruler)) for text in texts_of(drawing)]
    return [(text, Box(box.x0, box.y0, box.x1, box.y1)) for text, box in measured]


def off_the_page(drawing: Drawing) -> list[str]:
    """Return the texts whose box leaves the page."""
    width, height = drawing.get_size_inches() * drawing.dpi
    return [
        text for text, box in boxes_of(drawing) if not (box.x0 >= 0 <= box.y0 and box.x1 <= width and box.y1 <= height)
    ]


def overlapping(drawing: Drawing) -> list[tuple[str, str]]:
    """Return the pairs of texts whose ink overlaps."""
    inks = [(text, Box(box.x0, box.y0 + _INK, box.x1, box.y1 - _INK)) for text, box in boxes_of(drawing)]
    return [(one[0], two[0]) for one, two in combinations(inks, 2) if one[1].overlaps(two[1])]


def solids_of(drawing: Drawing) -> list[Box]:
    """Return the boxes that hold text: cells, nodes and the arrow of time."""
    kinds = Rectangle | FancyBboxPatch | Polygon
    found = drawing.findobj(
        lambda artist: isinstance(artist, kinds) and str(artist.get_gid()).startswith(("node-", "cell-", "band-"))
    )
    extents = [artist.get_window_extent() for artist in found]
    return [Box(each.x0, each.y0, each.x1, each.y1) for each in extents]


def sticking_out(drawing: Drawing) -> list[str]:
    """Return the texts that lie partly in a box and partly out of it."""
    solids = solids_of(drawing)
    return [text for text, box in _inks(drawing) for solid in solids if box.overlaps(solid) and not _holds(solid, box)]


def struck_through(drawing: Drawing) -> list[str]:
    """Return the texts that an arrow runs through; a tag stands on its arrow."""
    grains = np.concatenate([np.empty((0, 2)), *_strokes(drawing)])
    tags = {text.get_text() for text in texts_of(drawing) if str(text.get_gid()).startswith("tag-")}
    return [text for text, box in _inks(drawing) if text not in tags and _within(grains, box)]


def run_through(drawing: Drawing) -> list[Box]:
    """Return the boxes that an arrow runs through."""
    strokes = _strokes(drawing)
    return [box for box in solids_of(drawing) if any(_within(stroke, box.grown(-_INK)) for stroke in strokes)]


def repeated_marks(drawing: Drawing) -> list[str]:
    """Return the names that stand more than once in a picture's SVG, where each is the `id` of an element."""
    marks = Counter(str(artist.get_gid()) for artist in set(drawing.findobj()) if artist.get_gid())
    return [mark for mark, count in marks.items() if count > 1]


def _inks(drawing: Drawing) -> list[tuple[str, Box]]:
    return [(text, Box(box.x0, box.y0 + _INK, box.x1, box.y1 - _INK)) for text, box in boxes_of(drawing)]


def _holds(outer: Box, inner: Box) -> bool:
    return outer.x0 <= inner.x0 and outer.y0 <= inner.y0 and inner.x1 <= outer.x1 and inner.y1 <= outer.y1


def _strokes(drawing: Drawing) -> list[Points]:
    """Return points along each arrow, in pixels."""
    found = drawing.findobj(PathPatch)
    patches = [patch for patch in found if isinstance(patch, PathPatch)]
    return [_along(patch.get_transform().transform_path(patch.get_path())) for patch in patches]


def _along(path: Path) -> Points:
    """Return points of a path no more than two pixels apart."""
    line = np.asarray(path.to_polygons(closed_only=False)[0], dtype=float)
    pieces = [line[:1]]
    for i in range(len(line) - 1):
        step = line[i + 1] - line[i]
        count = max(int(np.hypot(*step) // 2), 1)
        pieces.append(line[i] + step * np.arange(1, count + 1)[:, None] / count)
    return np.concatenate(pieces)


def _within(points: Points, box: Box) -> bool:
    x, y = points[:, 0], points[:, 1]
    return bool(((x > box.x0) & (x < box.x1) & (y > box.y0) & (y < box.y1)).any())
