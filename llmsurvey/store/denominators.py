"""What is counted from all papers ever read: denominators by month and category, and how far a month is known.

Counted anew from the stored papers and the census, so that a paper that stands in several files counts once. Only
where an empty store is filled with papers of which none comes twice are they added up along the way (`AddedUp`).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select

from llmsurvey.errors import Stop
from llmsurvey.store import numbering, sheets, state
from llmsurvey.store.distinct import Identifiers
from llmsurvey.store.tables import census, denominators, identifiers, papers

_STALE = "census_recount_due"


@dataclass(frozen=True)
class Counts:
    """What is counted from all papers ever read."""

    papers: Mapping[tuple[str, str], int]
    """By month of version 1 and primary category."""
    numbered: Mapping[str, tuple[int, int]]
    """By month of the identifier: how many are known, and the highest numbers of its series, added up."""


def mark_stale(connection: Connection) -> None:
    """Note that papers have come in since the last count."""
    state.write(connection, _STALE, "1")


def is_stale(connection: Connection) -> bool:
    """Tell whether papers have come in since denominators and coverage were counted."""
    return state.read(connection, _STALE) == "1"


def counted(connection: Connection) -> Counts:
    """Return the counts: as they were counted last, or anew while that is stale."""
    return count(connection) if is_stale(connection) else kept(connection)


def kept(connection: Connection) -> Counts:
    """Return the counts as they stand in the store."""
    return Counts(
        {(str(row[0]), str(row[1])): int(row[2]) for row in connection.execute(select(denominators))},
        {str(row[0]): (int(row[1]), int(row[2])) for row in connection.execute(select(identifiers))},
    )


def recount(connection: Connection, *, anyway: bool = False) -> None:
    """Count denominators and coverage anew where papers have come in since, or `anyway`."""
    if anyway or is_stale(connection):
        keep(connection, count(connection))


def keep(connection: Connection, counts: Counts) -> None:
    """Write the counts down."""
    connection.execute(delete(denominators))
    connection.execute(delete(identifiers))
    if counts.papers:
        connection.execute(
            insert(denominators),
            [
                {"month": month, "primary_category": category, "papers": number}
                for (month, category), number in counts.papers.items()
            ],
        )
    if counts.numbered:
        connection.execute(
            insert(identifiers),
            [
                {"month": month, "known": known, "highest": highest}
                for month, (known, highest) in counts.numbered.items()
            ],
        )
    state.write(connection, _STALE, "0")


class AddedUp:
    """The counts of a store as it is filled from one file, as long as no paper comes twice."""

    def __init__(self, connection: Connection) -> None:
        self._holds = all(connection.execute(select(each).limit(1)).first() is None for each in (papers, census))
        self._papers: Counter[tuple[str, str]] = Counter()

    def add(self, counts: Counter[tuple[str, str]], new: int) -> None:
        """Add papers by month and primary category, of which so many had not been seen before."""
        self._papers.update(counts)
        self._holds = self._holds and counts.total() == new

    def counts(self, seen: Identifiers) -> Counts | None:
        """Return the counts; None where a paper came twice, or the store was not empty."""
        return Counts(self._papers, numbering.by_month(seen)) if self._holds else None


def count(connection: Connection) -> Counts:
    """Count all papers ever read."""
    by_month = select(papers.c.month, papers.c.primary_category, func.count()).group_by(
        papers.c.month, papers.c.primary_category
    )
    number = Counter({(str(month), str(category)): int(each) for month, category, each in connection.execute(by_month)})
    stored = Identifiers()
    ids = select(papers.c.arxiv_id).order_by(papers.c.arxiv_id).execution_options(yield_per=10_000)
    stored.new_among(row[0] for row in connection.execute(ids))
    remarks: Counter[str] = Counter()
    numbers = list(stored)
    for head, sheet in connection.execute(select(census).execution_options(yield_per=1_000)):
        lines = sheets.lines(sheet, besides=stored.on(head))
        if lines:
            remarks.update(sheets.remarks(lines))
            numbers.append((head, len(lines), sheets.place_on(lines[-1])))
    for remark, found in remarks.items():
        number[_place_in_counts(remark)] += found
    return Counts(number, numbering.by_month(numbers))


def _place_in_counts(remark: str) -> tuple[str, str]:
    """Return month and category of a remark; `Stop` where it is none."""
    try:
        month, category, _versions = remark.split()
    except ValueError as error:
        raise Stop(
            f"the census of this database is damaged: {remark!r} stands in place of month, category and versions",
            hint="`llmsurvey db check` names the sheet; restore the newest backup, or import again into a new database",
        ) from error
    return month, category
