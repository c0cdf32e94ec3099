"""How much of each month the store knows, and whether a count of it is all there is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, case, func, select

from llmsurvey.month import Month
from llmsurvey.store import census
from llmsurvey.survey import Coverage, Reading

WHOLE = 0.95
"""Share of a month's identifiers that must be known for the month to count as covered.

arXiv numbers the papers of a month one after the other, so the highest number tells how many there are; a few
numbers are never announced.
"""


@dataclass(frozen=True, slots=True)
class Totals:
    """The denominators of a survey's months, and how far each covers its month."""

    papers: Mapping[Month, int]
    """Papers known, by month of version 1, of every month that was read of; in one primary category where one was
    asked for, which can have none."""
    numbered: Mapping[Month, tuple[int, int]]
    """Identifiers known and highest number seen, by month of the identifier."""
    readings: Sequence[Reading]
    as_of: date

    def of(self, month: Month) -> int | None:
        """Return the papers known of a month; None where nothing of it was read, or `as_of` cuts the data short."""
        newest = max((reading.data_date for reading in self.readings if reading.data_date), default=self.as_of)
        cut = self.as_of < min(newest, month.last_day)
        return None if cut else self.papers.get(month)

    def known_share(self, month: Month) -> float:
        """Return the share of the month's identifiers that were read, 0 to 1."""
        known, highest = self.numbered.get(month, (0, 0))
        return known / highest if highest else 0.0

    def coverage(self, month: Month) -> Coverage:
        """Tell how far the store covers a month: complete only when it was read in full after it had settled."""
        if month not in self.papers:
            return Coverage.NONE
        settled = any(
            reading.status == "complete"
            and reading.data_date is not None
            and reading.first_month is not None
            and reading.last_month is not None
            and reading.first_month <= month <= reading.last_month
            and month.settled_by(min(self.as_of, reading.data_date))
            for reading in self.readings
        )
        return Coverage.COMPLETE if settled and self.known_share(month) >= WHOLE else Coverage.PARTIAL


def totals(connection: Connection, readings: Sequence[Reading], as_of: date, category: str | None = None) -> Totals:
    """Read the denominators of all months, of one primary category or of all."""
    denominators, identifiers = census.counted(connection)
    papers: ColumnElement[int] = denominators.c.papers
    if category is not None:
        papers = case((denominators.c.primary_category == category, papers), else_=0)
    query = select(denominators.c.month, func.sum(papers)).group_by(denominators.c.month)
    counted = {Month.parse(month): int(number) for month, number in connection.execute(query)}
    numbered = {
        Month.parse(month): (int(known), int(highest))
        for month, known, highest in connection.execute(select(identifiers))
    }
    return Totals(counted, numbered, readings, as_of)


def categories(connection: Connection) -> tuple[str, ...]:
    """Return every primary category that was read of, in order."""
    denominators, _ = census.counted(connection)
    query = select(denominators.c.primary_category).distinct().order_by(denominators.c.primary_category)
    return tuple(connection.scalars(query))
