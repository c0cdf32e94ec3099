"""A month without a paper: when that is believed, and when it is a false answer."""

from dataclasses import replace
from datetime import date

import pytest

from llmsurvey.harvest.zero import empty_list, sudden_ends, unlikely_zero
from llmsurvey.month import Month
from llmsurvey.store.ledger import API, OAI, Entry, Status, minute
from tests.harvest.world import NOON

TODAY = date(2018, 12, 1)


def month(number: int, papers: int, subject: str = "language model") -> Entry:
    """Return the line of a whole month of 2018."""
    start = minute(NOON.replace(2018, number, 1, 0))
    end = minute(NOON.replace(2018, number + 1, 1, 0))
    status = Status.COMPLETE
    return Entry(source=API, subject=subject, start=start, end=end, status=status, expected=papers, papers=papers)


@pytest.mark.parametrize(
    ("papers", "doubted"),
    [
        ([12, 0, 11], {7}),
        ([12, 0, 0], set()),
        ([0, 0, 12], set()),
        ([2, 0, 90], set()),
        ([0, 0, 0], {6, 7, 8}),
        ([9, 8, 7], set()),
    ],
)
def test_a_zero_is_held_against_the_other_months(papers: list[int], doubted: set[int]) -> None:
    """An empty month between full ones, or with no paper anywhere, is doubted; one at the edge is not."""
    ledger = [month(6 + place, count) for place, count in enumerate(papers)]
    ledger.append(month(9, 50, "another phrase"))
    found = {Month.parse(each.start[:7]).month for each in ledger if unlikely_zero(each, ledger, TODAY)}
    assert found == doubted


def test_a_month_that_runs_may_be_empty() -> None:
    """Before a month has ended and settled, nothing can be all there is."""
    line = month(11, 0)
    assert unlikely_zero(line, [line], TODAY) is None
    assert unlikely_zero(line, [line], date(2018, 12, 20))


def test_parts_of_a_month_may_be_empty() -> None:
    """A quiet fortnight of a month with papers is no fault."""
    parts = [replace(month(7, 40), end="2018-07-16T00:00Z"), replace(month(7, 0), start="2018-07-16T00:00Z")]
    ledger = [month(6, 12), *parts, month(8, 11)]
    assert not any(unlikely_zero(each, ledger, TODAY) for each in ledger)


@pytest.mark.parametrize(
    ("papers", "told"),
    [
        ([12, 0, 0], ["from 2018-07 on, and had 12"]),
        ([12, 11, 0], ["from 2018-08 on, and had 11"]),
        ([12, 0, 11], []),
        ([3, 0, 0], []),
        ([12, 11, 10], []),
    ],
)
def test_a_phrase_that_ends_suddenly_is_a_warning(papers: list[int], told: list[str]) -> None:
    """Months without a paper behind months with many are believed, and said to a person."""
    ledger = [month(6 + place, count) for place, count in enumerate(papers)]
    found = list(sudden_ends(ledger, ledger, TODAY))
    assert len(found) == len(told)
    assert all(part in line for part, line in zip(told, found, strict=True))


@pytest.mark.parametrize(
    ("received", "expected", "told"), [(0, 5, True), (0, 4, False), (0, 0, False), (1, 900, False)]
)
def test_an_empty_list_is_told_where_it_is_strange(received: int, expected: int, *, told: bool) -> None:
    """Nothing changed in days that usually have changes: true or not, it is said, and asked again."""
    line = Entry(source=OAI, subject="cs", start="2026-11-21", end="2026-11-27", received=received)
    assert bool(empty_list(line, expected)) == told
    assert empty_list(month(7, 0), 100) is None
