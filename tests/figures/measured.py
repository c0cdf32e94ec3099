"""What a finished drawing measures in pixels: texts cut by the page, and texts that lie over each other."""

from itertools import combinations

from matplotlib.figure import Figure as Drawing
from matplotlib.text import Text

from llmsurvey.figures.places import Box
from llmsurvey.figures.sheet import renderer_of
from llmsurvey.figures.style import styled

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
