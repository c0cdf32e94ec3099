"""Every figure of the catalogue draws from every survey."""

import pkgutil
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from llmsurvey import figures
from llmsurvey.errors import BadUsage
from llmsurvey.figures.captions import CAPTIONS
from llmsurvey.figures.catalogue import FIGURES, figure_named, figures_asked
from llmsurvey.figures.figure import Figure
from llmsurvey.figures.paper_figure import PaperFigure
from tests.catalogues import CATALOGUES, lonely
from tests.figures.invented import SURVEYS
from tests.figures.measured import off_the_page, overlapping, repeated_marks, run_through, sticking_out, struck_through
from tests.memory_survey import MemorySurvey

PARTS = {
    "arrows", "axes", "bands", "canvas", "captions", "catalogue", "cited", "coverage", "emblems", "figure", "files",
    "labels", "layers", "leaders", "lineage_choice", "lineage_columns", "lineage_marks", "lineage_plan",
    "lineage_sheet", "panel", "paper_figure", "places", "points", "sheet", "stretches", "style", "timeline_sheet",
    "trend", "weight", "wording",
}  # fmt: skip
"""Modules that all figures share; every other module is a figure."""


PAPERS = [name for name, figure in FIGURES.items() if issubclass(figure, PaperFigure)]
MODELS = [name for name in FIGURES if name not in PAPERS]


def known(catalogue: str) -> MemorySurvey:
    """Return a survey without papers over an invented catalogue."""
    return MemorySurvey(date(2025, 11, 2), known=CATALOGUES[catalogue]())


TRIED = {
    "timeline": (
        "packaged", "nothing", "lonely", "undated", "forty", "eighty", "two_hundred", "six_hundred", "ugly",
        "ages", "one_month",
    ),
    "lineage": (
        "packaged", "nothing", "lonely", "undated", "forty", "six_hundred", "ugly", "star", "chain", "tangled",
    ),
    "parameters": ("packaged", "nothing", "lonely", "six_hundred", "ugly"),
    "scaling": ("packaged", "nothing", "ugly"),
}  # fmt: skip
"""The catalogues that try each figure of models in a way of their own."""


@pytest.mark.parametrize(
    ("name", "survey"),
    [
        *((name, SURVEYS[survey]) for name in PAPERS for survey in SURVEYS),
        *((name, partial(known, catalogue)) for name in MODELS for catalogue in TRIED[name]),
    ],
)
def test_every_figure_draws_from_everything(name: str, survey: Callable[[], MemorySurvey]) -> None:
    """From nothing to far too much: title and provenance line, no text cut, over another or under an arrow."""
    figure: Figure[Any] = FIGURES[name]()
    table = figure.table(survey())
    drawing = figure.picture(table)
    written = [text.get_text() for text in drawing.texts]
    assert any(part.startswith("Rule: ") for part in written)
    assert figure.title(table).split()[0] in written[0]
    assert off_the_page(drawing) == []
    assert name in PAPERS or overlapping(drawing) == []
    assert sticking_out(drawing) == []
    assert struck_through(drawing) == []
    assert run_through(drawing) == []
    assert repeated_marks(drawing) == []
    assert figure.alt_text(table)


@pytest.mark.parametrize("name", PAPERS)
def test_every_figure_of_papers_has_a_logarithmic_form(name: str) -> None:
    """Zero stays visible on it, and the files have a name of their own."""
    (figure,) = figures_asked(name, {"log": True})
    drawing = figure.picture(figure.table(SURVEYS["full"]()))
    assert all("log scale" in axes.get_ylabel().replace("\n", " ") for axes in drawing.axes)
    assert figure.file_name == f"{name}_log"


@pytest.mark.parametrize("name", MODELS)
def test_figures_of_models_are_the_same_bytes_again(name: str, tmp_path: Path) -> None:
    """Every kind of file, and a provenance that names the works and the date."""
    survey = MemorySurvey(date(2024, 12, 31), known=lonely())
    first, second = (FIGURES[name]().save(survey, tmp_path / folder) for folder in ("a", "b"))
    assert [path.suffix for path in first.paths] == [".svg", ".png", ".pdf", ".csv", ".txt"]
    assert [path.read_bytes() for path in first.paths] == [path.read_bytes() for path in second.paths]
    drawing = first.paths[0].read_text()
    assert "an invented work" in drawing
    assert "Data as of 2024-12-31" in drawing


def test_an_option_a_figure_does_not_take_is_bad_usage() -> None:
    """The error says which figures take it; `all` gives each figure those it takes."""
    with pytest.raises(BadUsage, match="takes no --min-params") as fault:
        figures_asked("scaling", {"min_params": 1e9})
    assert "timeline" in str(fault.value.hint)
    everything = figures_asked("all", {"root": "T5", "log": True})
    assert [figure.file_name for figure in everything] == [
        "papers_over_time_log", "papers_a_month_log", "timeline", "lineage_t5", "parameters", "scaling",
    ]  # fmt: skip


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


def test_figures_are_listed_in_the_order_of_the_report() -> None:
    """What is listed without the drawing library is what can be drawn."""
    assert [(name, figure.caption) for name, figure in FIGURES.items()] == list(CAPTIONS.items())
