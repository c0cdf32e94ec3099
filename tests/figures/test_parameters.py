"""Parameters over time: who is on it, who is named, and that no name covers anything."""

from datetime import date

from llmsurvey.figures.parameters import NAMED, Parameters
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
