"""Dates as exactly as they are known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.span import Span
from llmsurvey.month import Month


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2023-02-24", date(2023, 2, 24), date(2023, 2, 24)),
        ("2021-11/12", date(2021, 11, 1), date(2021, 12, 31)),
    ],
)
def test_dates_are_read(text: str, first: date, last: date) -> None:
    """A year, a month, a day and a run of months give their first and last day."""
    assert Span.parse(text) == Span(first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2023-02-30",
        "2023-13",
        "2023-00",
        "2203-01",
        "0001",
        "2021-12/11",
        "2021-1",
        "23-01-01",
        "2021-01-01/02",
        "٢٠٢٣",
    ],
)
def test_impossible_dates_are_refused(text: str) -> None:
    """A date that cannot be is a wrong usage."""
    with pytest.raises(BadUsage, match="not a possible date"):
        Span.parse(text)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_a_day_lies_in_its_month_and_its_year(day: date) -> None:
    """Coarser dates hold the finer ones they come from."""
    text = day.isoformat()
    assert Span.parse(text).within(Span.parse(text[:7]))
    assert Span.parse(text[:7]).within(Span.parse(text[:4]))
    assert Span.parse(text).month == Month.of(day)


def test_a_year_has_no_single_month() -> None:
    """Only what lies within one month has one."""
    assert Span.parse("2019").month is None
    assert Span.parse("2019-05").month == Month(2019, 5)
