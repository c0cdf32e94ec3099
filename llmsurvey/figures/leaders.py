"""Labels set down where a search found room, each tied to its point by a leader line where it stands apart."""

from collections.abc import Sequence

from matplotlib.figure import Figure as Drawing
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import BboxBase

from llmsurvey.figures.labels import Place
from llmsurvey.figures.style import GREY


def set_down(
    drawing: Drawing, texts: Sequence[Text], extents: Sequence[BboxBase], places: Sequence[Place | None], layer: float
) -> None:
    """Move each text, written at the page's lower left corner with this extent, to its place; remove one without.

    `layer` is the leaders' place in the order of drawing: a higher one covers a lower one.
    """
    width, height = drawing.get_size_inches() * drawing.dpi
    for text, place, extent in zip(texts, places, extents, strict=True):
        if place is None:
            text.remove()
            continue
        text.set_position(((place.box.x0 - extent.x0) / width, (place.box.y0 - extent.y0) / height))
        if place.leader:
            (x0, y0), (x1, y1) = place.leader
            line = Line2D([x0 / width, x1 / width], [y0 / height, y1 / height], color=GREY, linewidth=0.6, zorder=layer)
            line.set_transform(drawing.transFigure)
            drawing.add_artist(line)
