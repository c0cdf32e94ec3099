"""Parameters over time: who is on it, who is named, and that no name covers anything."""

from dataclasses import replace
from datetime import date

from msgspec import structs

from llmsurvey.figures.parameters import NAMED, Parameters
from llmsurvey.knowledge.catalogue import load
from tests.catalogues import model
from tests.figures.measured import overlapping, texts_of
from tests.memory_survey import MemorySurvey

FIGURE = Parameters()


def test_records_and_newcomers_are_named() -> None:
    """The first, the largest and the newest; the rest is counted in a note."""
    table = FIGURE.table(MemorySurvey(date(2024, 12, 31)))
    named = {row.model for row in table.rows if row.notable == "yes"}
    assert {"GPT-1", "GPT-3", "GShard", "GLaM", "DeepSeek-V3", "YuLan-Mini"} <= named
    assert len(named) == NAMED
    assert "45 of 81 models are not named" in " ".join(table.notes)


def test_open_and_other_models_differ_in_marker_and_colour() -> None:
    """Two kinds of point, told apart without colour too."""
    drawing = FIGURE.picture(FIGURE.table(MemorySurvey(date(2024, 12, 31))))
    (axes,) = drawing.axes
    looks = {(line.get_marker(), line.get_markerfacecolor()) for line in axes.get_lines()}
    assert len({marker for marker, _ in looks}) == len({colour for _, colour in looks}) == 2


def test_as_of_a_day_only_what_was_known_is_shown() -> None:
    """By the first event of each model."""
    rows = FIGURE.table(MemorySurvey(date(2020, 12, 31))).rows
    assert {row.model for row in rows} >= {"GPT-3", "mT5"}
    assert max(row.released for row in rows) <= "2020-12-31"


def test_what_is_older_than_the_survey_or_no_language_model_is_not_drawn() -> None:
    """Imported catalogues go back decades; what is older is counted in a note."""
    known = load()
    old = model("Old", "1995-06", 10**6)
    image = structs.replace(model("Image", "2021-05", 10**12), domains=("vision",))
    table = FIGURE.table(MemorySurvey(date(2024, 12, 31), known=replace(known, models=(old, *known.models, image))))
    drawn = {row.model: row.drawn for row in table.rows}
    assert (drawn["Old"], drawn["GPT-1"]) == ("no", "yes")
    assert "Image" not in drawn
    assert "Only in the CSV: 1 model from before 2018" in " ".join(table.notes)
    (axes,) = FIGURE.picture(table).axes
    assert "1995" not in {tick.get_text() for tick in axes.get_xticklabels()}


def test_among_a_crowd_the_models_of_the_survey_are_still_named() -> None:
    """Their names stand over the points of others, which are small there."""
    known = load()
    crowd = [model(f"M{i}", f"202{1 + i % 4}-0{1 + i % 9}", 10**9 * (5 + i % 97)) for i in range(600)]
    table = FIGURE.table(MemorySurvey(date(2024, 12, 31), known=replace(known, models=(*known.models, *crowd))))
    drawing = FIGURE.picture(table)
    written = {text.get_text() for text in texts_of(drawing)}
    assert {"GPT-3", "PaLM", "LLaMA", "BLOOM"} <= written
    assert overlapping(drawing) == []
    (axes,) = drawing.axes
    assert len({line.get_markersize() for line in axes.get_lines()}) == 3
