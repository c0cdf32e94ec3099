"""Every figure of the catalogue draws from every survey."""

import pkgutil
from typing import Any

import pytest
from matplotlib.figure import Figure as Drawing
from matplotlib.text import Text

from llmsurvey import figures
from llmsurvey.errors import BadUsage
from llmsurvey.figures.catalogue import FIGURES, figure_named
from llmsurvey.figures.figure import Figure
from llmsurvey.figures.sheet import renderer_of
from llmsurvey.figures.style import styled
from tests.figures.invented import SURVEYS

PARTS = {
    "axes",
    "catalogue",
    "coverage",
    "figure",
    "files",
    "labels",
    "panel",
    "places",
    "sheet",
    "style",
    "trend",
    "wording",
}
"""Modules that all figures share; every other module is a figure."""


@pytest.mark.parametrize("survey", SURVEYS)
@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_draws_from_every_survey(name: str, survey: str) -> None:
    """From an empty store to far too much: a picture with a title and a provenance line, no text cut by the page."""
    figure: Figure[Any] = FIGURES[name]()
    table = figure.table(SURVEYS[survey]())
    drawing = figure.picture(table)
    written = [text.get_text() for text in drawing.texts]
    assert any(part.startswith("Rule: stemmed") for part in written)
    assert figure.title(table).split()[0] in written[0]
    with styled():
        assert off_the_page(drawing) == []
    assert figure.alt_text(table)


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_has_a_logarithmic_form(name: str) -> None:
    """Zero stays visible on it, and the files have a name of their own."""
    figure: Figure[Any] = FIGURES[name](log=True)
    drawing = figure.picture(figure.table(SURVEYS["full"]()))
    assert all("log scale" in axes.get_ylabel().replace("\n", " ") for axes in drawing.axes)
    assert figure.file_name == f"{name}_log"


def test_every_module_of_a_figure_is_in_the_catalogue() -> None:
    """A figure is one file and one line; forgetting the line fails here."""
    modules = {module.name for module in pkgutil.iter_modules(figures.__path__)} - PARTS
    assert modules == set(FIGURES)


def test_a_name_may_be_written_with_hyphens() -> None:
    """`papers-over-time` and `papers_over_time` are the same figure."""
    assert figure_named("Papers-Over-Time") is FIGURES["papers_over_time"]


def test_an_unknown_figure_is_bad_usage() -> None:
    """The error lists the figures there are."""
    with pytest.raises(BadUsage, match="papers_over_time"):
        figure_named("pie")


def off_the_page(drawing: Drawing) -> list[str]:
    """Return the texts whose measured box leaves the page."""
    width, height = drawing.get_size_inches() * drawing.dpi
    drawing.draw_without_rendering()  # axis labels find their places only now
    ruler = renderer_of(drawing)
    cut = []
    for text in drawing.findobj(Text):
        if isinstance(text, Text) and text.get_text().strip() and text.get_visible():
            box = text.get_window_extent(ruler)
            inside = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height
            cut += [] if inside else [text.get_text()]
    return cut
