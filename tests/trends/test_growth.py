"""Growth: means a day before and after an event."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.month import Month
from llmsurvey.phrase import Phrase
from llmsurvey.survey import Coverage, Point, Question, Series
from llmsurvey.trends.growth import CHATGPT, Event, PapersADay


def series(first: Month, counts: list[int], incomplete: frozenset[int] = frozenset()) -> Series:
    """Return a series of invented counts; the months at the given places are not complete."""
    points = tuple(
        Point(first + i, count, sum(counts[: i + 1]), None, i not in incomplete, Coverage.NONE)
        for i, count in enumerate(counts)
    )
    return Series(Question(Phrase("large language model")), date(2026, 1, 1), points)


def test_both_windows_are_stated_and_meet_at_the_release() -> None:
    """The release month ends with the release, so it counts before; the month after it begins the other window."""
    growth = PapersADay()(series(Month(2022, 10), [31, 30, 62, 62]))
    assert growth.before is not None
    assert growth.after is not None
    assert (growth.before.first, growth.before.last) == (date(2022, 10, 1), date(2022, 11, 30))
    assert (growth.after.first, growth.after.last) == (date(2022, 12, 1), date(2023, 1, 31))
    assert (growth.before.papers, growth.before.days) == (61, 61)
    assert (growth.before.papers_a_day, growth.after.papers_a_day) == (1.0, 2.0)
    assert growth.n == 185


def test_the_published_window_before_has_1157_days() -> None:
    """From 2019-10-01 to 2022-11-30 there are 1,157 days."""
    growth = PapersADay()(series(Month(2019, 10), [10] * 38))
    assert growth.before is not None
    assert growth.before.days == 1157
    assert growth.after is None


def test_an_incomplete_month_is_left_out_and_named() -> None:
    """Neither its papers nor its days count."""
    growth = PapersADay()(series(Month(2022, 12), [31, 999, 28, 999], incomplete=frozenset({1, 3})))
    assert growth.after is not None
    assert growth.after.left_out == (Month(2023, 1), Month(2023, 3))
    assert (growth.after.papers, growth.after.days) == (59, 59)
    assert growth.after.last == date(2023, 2, 28)


def test_without_a_complete_month_there_is_no_mean() -> None:
    """The window is the whole side, its days are 0 and the mean is not known."""
    growth = PapersADay()(series(Month(2022, 12), [5, 6], incomplete=frozenset({0, 1})))
    assert growth.before is None
    assert growth.after is not None
    assert (growth.after.days, growth.after.papers_a_day) == (0, None)
    assert growth.after.last == date(2023, 1, 31)


def test_months_read_in_part_stand_in_where_none_is_complete() -> None:
    """The mean is then of what was read, and says that it is partial; the month that still runs is left out."""
    points = tuple(
        Point(Month(2022, 12) + i, count, 0, 100, complete=False, coverage=Coverage.PARTIAL)
        for i, count in enumerate([31, 62, 999])
    )
    growth = PapersADay()(Series(Question(Phrase("large language model")), date(2023, 2, 20), points))
    assert growth.after is not None
    assert (growth.after.partial, growth.after.papers_a_day) == (True, 1.5)
    assert growth.after.left_out == (Month(2023, 2),)


def test_a_month_that_the_event_divides_counts_on_neither_side() -> None:
    """Monthly counts cannot be divided by a day in the middle."""
    growth = PapersADay(Event("x", date(2022, 11, 15), "invented"))(series(Month(2022, 10), [31, 500, 31]))
    assert growth.n == 62


def test_an_empty_series_has_no_side() -> None:
    """Nothing in, nothing out."""
    growth = PapersADay()(series(Month(2022, 1), []))
    assert (growth.before, growth.after, growth.n) == (None, None, 0)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=80), st.frozensets(st.integers(0, 79)))
def test_every_complete_month_counts_once(counts: list[int], incomplete: frozenset[int]) -> None:
    """The two windows and the months left out share the series among them."""
    growth = PapersADay(CHATGPT)(series(Month(2020, 1), counts, incomplete))
    assert growth.n == sum(count for i, count in enumerate(counts) if i not in incomplete)
    left_out = sum(len(side.left_out) for side in (growth.before, growth.after) if side)
    assert left_out == sum(i in incomplete for i in range(len(counts)))


def test_the_release_is_dated_with_a_source() -> None:
    """The day that divides the published means."""
    assert CHATGPT.day == date(2022, 11, 30)
    assert CHATGPT.source
