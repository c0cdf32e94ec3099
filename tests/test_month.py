"""Months are counted, parsed and compared without surprises."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.errors import BadUsage
from llmsurvey.month import SETTLING_DAYS, Month

months = st.builds(Month, st.integers(1, 9999), st.integers(1, 12))
near = st.builds(Month, st.integers(1900, 2100), st.integers(1, 12))
JUNE = Month(2018, 6)


@given(months)
def test_a_month_is_read_back_as_it_was_written(month: Month) -> None:
    """Writing and parsing are each other's inverse, over all years that dates know."""
    assert Month.parse(str(month)) == month
    assert len(str(month)) == 7


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2018",
        "2018-6",
        "2018-00",
        "2018-13",
        "0000-01",
        "18-06",
        "2018/06",
        " 2018-06",
        "2018-06\n",
        "2018-06-01",
        "٢٠١٨-٠٦",
        "\uff12\uff10\uff11\uff18-\uff10\uff16",
        "-018-06",
        "2018-0x",
        "2018--6",
        "20180-6",
        "\x00",
        "june",
    ],
)
def test_what_is_no_month_is_refused(text: str) -> None:
    """Anything but four ASCII digits, a hyphen and a month of two digits is bad usage, with an example to follow."""
    with pytest.raises(BadUsage, match="is not a month") as error:
        Month.parse(text)
    assert "2018-06" in error.value.hint


@pytest.mark.parametrize(("year", "month"), [(2018, 0), (2018, 13), (2018, -1), (0, 1), (10000, 1), (-5, 6)])
def test_an_impossible_month_cannot_be_made(year: int, month: int) -> None:
    """Month numbers run from 1 to 12, years as far as dates do."""
    with pytest.raises(BadUsage):
        Month(year, month)


@given(near, st.integers(-1200, 1200))
def test_adding_and_counting_months_are_inverse(month: Month, count: int) -> None:
    """A month n months later lies n months later."""
    assert (month + count) - month == count
    assert (month + count) + -count == month


@given(months, months)
def test_months_sort_as_their_texts_and_their_days(one: Month, other: Month) -> None:
    """Order, difference, text and first day tell the same story."""
    assert (one < other) == (str(one) < str(other)) == (one.first_day < other.first_day) == (one - other < 0)


@given(months)
def test_days_of_a_month_lie_in_it(month: Month) -> None:
    """First and last day belong to the month, the days beside them do not; the last month of all is no exception."""
    assert Month.of(month.first_day) == Month.of(month.last_day) == month
    if month != Month(9999, 12):
        assert Month.of(month.last_day + timedelta(days=1)) == month + 1


@given(near, st.integers(-3, 40))
def test_a_range_holds_each_month_once(first: Month, length: int) -> None:
    """From a month through another one there is no hole and no repetition; a reversed range is empty."""
    run = list(first.through(first + length))
    assert len(run) == max(0, length + 1)
    assert run == sorted(set(run))


def test_a_range_may_end_with_the_last_month_there_is() -> None:
    """The end of the calendar is reached without falling off."""
    assert [str(month) for month in Month(9999, 11).through(Month(9999, 12))] == ["9999-11", "9999-12"]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (date(2018, 6, 30), "2018-06"),
        (datetime(2018, 6, 30, 23, 59, 59, tzinfo=UTC), "2018-06"),
        (datetime(2018, 6, 30, 23, 30, tzinfo=timezone(timedelta(hours=-1))), "2018-07"),
        (datetime(2018, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=2))), "2018-06"),
    ],
)
def test_a_moment_belongs_to_its_month_in_utc(moment: date, expected: str) -> None:
    """Times of other zones are brought to UTC first."""
    assert str(Month.of(moment)) == expected


def test_a_time_without_a_zone_has_no_month() -> None:
    """The machine's own time zone never decides where a paper is counted."""
    with pytest.raises(ValueError, match="no time zone"):
        Month.of(datetime(2018, 6, 30, 23, 59))  # noqa: DTZ001 - the fault under test


@pytest.mark.parametrize(("day", "settled"), [("2018-06-30", False), ("2018-07-02", False), ("2018-07-03", True)])
def test_a_month_settles_some_days_after_its_end(day: str, *, settled: bool) -> None:
    """A month is settled from three days after its last day on."""
    assert SETTLING_DAYS == 3
    assert JUNE.settled_by(date.fromisoformat(day)) is settled


@given(months, st.dates(), st.dates())
def test_a_settled_month_stays_settled(month: Month, one: date, other: date) -> None:
    """Settling is asked for any month on any day, and once settled a month stays so."""
    assert month.settled_by(min(one, other)) <= month.settled_by(max(one, other))
