"""What the published survey says about the number of papers."""

import pytest

from llmsurvey.knowledge import published
from llmsurvey.month import Month
from tests.knowledge.facts import fact_rows

CURVES = ("language model", "large language model")


@pytest.mark.parametrize("phrase", CURVES)
def test_every_digitised_point_is_there(phrase: str) -> None:
    """Each reading of the digitised figure stands in the data, and no other."""
    column = phrase.replace(" ", "_") + "_cumulative"
    read = {row["month"]: int(row[column]) for row in fact_rows("fig1_published.csv") if row[column]}
    assert {str(point.month): point.cumulative for point in published.published_curve(phrase)} == read


@pytest.mark.parametrize(("phrase", "points", "since"), [(CURVES[0], 52, "2018-06"), (CURVES[1], 39, "2019-10")])
def test_curves_are_whole(phrase: str, points: int, since: str) -> None:
    """Each curve has its points in order, never falls and knows its first month and its error."""
    curve = published.published_curve(phrase)
    counts = [point.cumulative for point in curve]
    months = [point.month for point in curve]
    assert len(curve) == points
    assert counts == sorted(counts)
    assert months == sorted(set(months))
    assert published.published_since(phrase) == Month.parse(since)
    assert (published.reading_error(phrase) or 0) > 0


def test_a_phrase_is_found_however_it_is_spaced() -> None:
    """Case and white space of the phrase do not matter."""
    assert published.published_curve(" Large  Language MODEL ") == published.published_curve(CURVES[1])


def test_a_phrase_without_a_curve_has_no_points() -> None:
    """A phrase the survey did not draw has an empty curve, no first month and no error."""
    assert published.published_curve("graph") == ()
    assert published.published_since("graph") is None
    assert published.reading_error("graph") is None


def test_the_means_stand_with_their_source() -> None:
    """The survey's two means a day are those of its text."""
    means = {mean.label: mean.papers_a_day for mean in published.published_means()}
    assert means == {"before": 0.40, "after": 8.58}
    assert all(mean.phrase == CURVES[1] and mean.source for mean in published.published_means())


def test_the_yardstick_lists_what_the_tracker_listed() -> None:
    """Each month of the independent list stands in the data; other months are unknown."""
    listed = published.yardstick()
    assert listed.points == {row["month"]: int(row["papers_listed"]) for row in fact_rows("llm_listed_monthly.csv")}
    assert listed.listed(Month(2022, 12)) is None


def test_the_yardstick_is_whole() -> None:
    """The independent list runs over 17 months."""
    assert len(published.yardstick().points) == 17
    assert published.yardstick().listed(Month(2023, 1)) == 73
