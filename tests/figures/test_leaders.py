"""Labels are set down at their places."""

import numpy as np
import pytest
from matplotlib.figure import Figure as Drawing
from matplotlib.lines import Line2D

from llmsurvey.figures.labels import Place
from llmsurvey.figures.leaders import set_down
from llmsurvey.figures.places import Box
from llmsurvey.figures.sheet import renderer_of


def test_a_label_stands_where_it_was_placed_and_is_tied_to_its_point() -> None:
    """One far from its point gets a line to it, one close by gets none, and one without a place goes."""
    drawing = Drawing(figsize=(4, 3), dpi=100)
    texts = [drawing.text(0, 0, name, va="bottom") for name in ("far", "near", "lost")]
    extents = [text.get_window_extent(renderer_of(drawing)) for text in texts]
    box = Box(100, 50, 130, 60)
    set_down(drawing, texts, extents, (Place(box, ((100, 50), (20, 20))), Place(box, None), None), layer=0.5)
    assert [text.get_text() for text in drawing.texts] == ["far", "near"]
    assert texts[0].get_window_extent(renderer_of(drawing)).x0 == pytest.approx(100, abs=1)
    (line,) = drawing.findobj(Line2D)
    assert line.get_xydata() == pytest.approx(np.array([(0.25, 1 / 6), (0.05, 1 / 15)]))
