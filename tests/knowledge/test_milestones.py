"""The models marked on the published curves."""

from llmsurvey.knowledge.milestones import milestones
from tests.knowledge.facts import fact_rows


def test_every_published_mark_is_there() -> None:
    """Each labelled point of the figure stands in the data, and no other."""
    published = {(row["panel"], row["model"], row["month"]) for row in fact_rows("fig1_milestones.csv")}
    assert {(mark.phrase, mark.model, str(mark.month)) for mark in milestones()} == published


def test_marks_are_in_order_and_have_a_source() -> None:
    """A curve's marks come oldest first, each with its source."""
    marks = milestones("Language Model")
    assert [mark.month for mark in marks] == sorted(mark.month for mark in marks)
    assert all(mark.source for mark in marks)
    assert (len(marks), len(milestones("large language model")), len(milestones("graph"))) == (10, 7, 0)
