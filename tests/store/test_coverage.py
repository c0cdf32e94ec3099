"""Coverage: which months are known in full, and what a share may be divided by."""

from datetime import date
from pathlib import Path

import pytest

from llmsurvey.month import Month
from llmsurvey.phrase import Phrase
from llmsurvey.store import census, denominators
from llmsurvey.store.coverage import Totals
from llmsurvey.survey import Coverage, Question, Reading
from tests.records import TRACKED, line, month_of_lines, snapshot
from tests.store.stores import read, store, survey, tables

JUNE = Month(2018, 6)


def reading(
    status: str = "complete", data_date: date | None = date(2018, 7, 3), months: tuple[Month, Month] = (JUNE, JUNE)
) -> Reading:
    """Return a line of the ledger."""
    return Reading("snapshot", "a.jsonl", status, data_date, *months, 100, 10, 0, "all")


CASES = {
    "read after it settled": ([reading()], (95, 100), date(2018, 12, 1), Coverage.COMPLETE),
    "read too early": ([reading(data_date=date(2018, 7, 2))], (100, 100), date(2018, 12, 1), Coverage.PARTIAL),
    "asked as of too early a date": ([reading()], (100, 100), date(2018, 7, 2), Coverage.PARTIAL),
    "not read to the end": ([reading("incomplete")], (100, 100), date(2018, 12, 1), Coverage.PARTIAL),
    "identifiers missing": ([reading()], (94, 100), date(2018, 12, 1), Coverage.PARTIAL),
    "no identifier of the month": ([reading()], None, date(2018, 12, 1), Coverage.PARTIAL),
    "beyond what the file spans": (
        [reading(months=(Month(2018, 7), Month(2018, 8)))],
        (100, 100),
        date(2018, 12, 1),
        Coverage.PARTIAL,
    ),
    "without a date": ([reading(data_date=None)], (100, 100), date(2018, 12, 1), Coverage.PARTIAL),
    "one of several readings": ([reading("reading"), reading()], (100, 100), date(2018, 12, 1), Coverage.COMPLETE),
}


@pytest.mark.parametrize(("readings", "numbered", "as_of", "expected"), CASES.values(), ids=CASES.keys())
def test_a_month_is_complete_only_when_all_of_it_was_read_late_enough(
    readings: list[Reading], numbered: tuple[int, int] | None, as_of: date, expected: Coverage
) -> None:
    """Complete: read in full, three days after its end or later, with nineteen in twenty of its numbers known."""
    totals = Totals({JUNE: 100}, {JUNE: numbered} if numbered else {}, readings, as_of)
    assert totals.coverage(JUNE) is expected
    assert totals.coverage(Month(2017, 1)) is Coverage.NONE


def test_a_file_of_matches_only_covers_no_month(tmp_path: Path) -> None:
    """Where numbers are missing from a month's identifiers the month is partial, and its count not complete."""
    database = store(tmp_path)
    lines = [each for each in month_of_lines(count=100) if b"language model" in each]
    read(database, snapshot(tmp_path / "a.jsonl", [*lines, line("1808.00001", day="2018-08-09")]))
    point = survey(database).series(Question(TRACKED[0].phrase)).points[0]
    assert (point.count, point.total, point.coverage, point.complete) == (25, 25, Coverage.PARTIAL, False)


def test_a_whole_month_is_complete(tmp_path: Path) -> None:
    """With every number known and later data in the file, the month is complete and the last one is not."""
    database = store(tmp_path)
    read(database, snapshot(tmp_path / "a.jsonl", [*month_of_lines(count=100), *month_of_lines("2018-07", 50)]))
    points = survey(database).series(Question(TRACKED[0].phrase)).points
    assert [(p.count, p.cumulative, p.total, p.complete) for p in points] == [(25, 25, 100, True), (12, 37, 50, False)]


def test_a_phrase_beyond_the_tracked_ones_is_counted_within_the_stored_papers(tmp_path: Path) -> None:
    """The answer says within what it counted, and none of its points is complete; a store of all papers is not so."""
    database = store(tmp_path)
    file = snapshot(tmp_path / "a.jsonl", [*month_of_lines(count=100), line("1808.00001", day="2018-08-09")])
    read(database, file)
    question = Question(Phrase("toys"), since=JUNE, until=JUNE)
    series = survey(database).series(question)
    assert series.within is not None
    assert '"language model"' in series.within
    assert "a.jsonl" in series.within
    assert [(point.count, point.complete) for point in series.points] == [(25, False)]
    assert survey(database).series(Question(Phrase("some language models"), since=JUNE)).within is None
    read(database, file, keep="all")
    series = survey(database).series(question)
    assert series.within is None
    assert [(point.count, point.complete) for point in series.points] == [(100, True)]


def test_identifiers_are_counted_by_their_own_month(tmp_path: Path) -> None:
    """New ones by month, old ones by archive and month; none is a number of another century."""
    database = store(tmp_path)
    ids = [
        "0704.0001",
        "0704.0003",
        "hep-th/9901002",
        "math.GT/9901001",
        "hep-th/0001009",
        "9107.00001",
        "hep-th/9107001",
    ]
    with database.writing() as connection:
        census.add(connection, [(each, "2000-01", "hep-th", 1) for each in ids])
        denominators.recount(connection)
    assert tables(database, "identifiers") == [
        [("1991-07", 1, 1), ("1999-01", 2, 3), ("2000-01", 1, 9), ("2007-04", 2, 3), ("2091-07", 1, 1)]
    ]


def test_what_a_killed_run_left_uncounted_is_counted_by_the_reader(tmp_path: Path) -> None:
    """Denominators are never older than the papers they divide."""
    database = store(tmp_path)
    read(database, snapshot(tmp_path / "a.jsonl", month_of_lines(count=40)))
    with database.writing() as connection:
        census.add(connection, [("1806.00041", "2018-06", "cs.LG", 1)])
    living = survey(database)
    assert living.series(Question(TRACKED[0].phrase)).points[0].total == 41
    assert living.categories() == ("cs.CL", "cs.LG")
