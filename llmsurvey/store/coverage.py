"""How much of each month the store knows, and whether a count of it is all there is."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sqlalchemy import Connection

from llmsurvey.month import Month
from llmsurvey.store import denominators, server_counts
from llmsurvey.store.ledger import API
from llmsurvey.store.server_counts import ServerCount
from llmsurvey.survey import Coverage, Reading

WHOLE = 0.95
"""Share of a month's identifiers that must be known for the month to count as covered.

arXiv numbers the papers of a month one after the other, so the highest number tells how many there are; a few
numbers are never announced.
"""


@dataclass(frozen=True)
class Totals:
    """The denominators of a survey's months, and how far each covers its month."""

    papers: Mapping[Month, int]
    """Papers known, by month of version 1, of every month that was read of; in one primary category where one was
    asked for, which can have none."""
    numbered: Mapping[Month, tuple[int, int]]
    """Identifiers known and highest number seen, by month of the identifier."""
    readings: Sequence[Reading]
    as_of: date
    server: Mapping[Month, ServerCount] = field(default_factory=dict)
    """What arXiv says that a month has, all papers together."""
    searched: Collection[Month] = ()
    """Months that the API was asked for: papers with a phrase came from there, and no others."""

    def of(self, month: Month) -> int | None:
        """Return the papers of a month: those known where it was read in full, or else what arXiv says, or else known.

        None where nothing of it was read but papers with a phrase, or `as_of` cuts the data short.
        """
        if self.as_of < min(self._newest, month.last_day):
            return None
        if self._said(month) and self.listed(month) is not Coverage.COMPLETE:
            return self.server[month].papers
        if self._only_searched(month):
            return self.server[month].papers if month in self.server else None
        return self.papers.get(month)

    @cached_property
    def _newest(self) -> date:
        return max((reading.data_date for reading in self.readings if reading.data_date), default=self.as_of)

    def _only_searched(self, month: Month) -> bool:
        return month in self.searched and not any(each.spans(month) for each in self.readings if each.source != API)

    def _said(self, month: Month) -> bool:
        """Tell whether arXiv said how many papers the month has, after it had settled."""
        return month in self.server and self.server[month].is_final(month, self.as_of)

    def known_share(self, month: Month) -> float:
        """Return the share of the month's identifiers that were read, 0 to 1."""
        known, highest = self.numbered.get(month, (0, 0))
        return known / highest if highest else 0.0

    def coverage(self, month: Month) -> Coverage:
        """Tell how far the denominator covers a month: complete where all was read, or said, after it had settled."""
        if self._said(month):
            return Coverage.COMPLETE
        listed = self.listed(month)
        return Coverage.PARTIAL if listed is Coverage.NONE and month in self.server else listed

    def listed(self, month: Month) -> Coverage:
        """Tell how far a month's papers were read: complete only where it was in full, after the month had settled."""
        if month not in self._looked_up:
            self._looked_up[month] = self._listed(month)
        return self._looked_up[month]

    @cached_property
    def _looked_up(self) -> dict[Month, Coverage]:
        return {}

    def _listed(self, month: Month) -> Coverage:
        if month not in self.papers and month not in self.searched:
            return Coverage.NONE
        settled = any(
            reading.source != API
            and reading.status == "complete"
            and reading.data_date is not None
            and reading.spans(month)
            and month.settled_by(min(self.as_of, reading.data_date))
            for reading in self.readings
        )
        return Coverage.COMPLETE if settled and self.known_share(month) >= WHOLE else Coverage.PARTIAL


def totals(
    connection: Connection,
    readings: Sequence[Reading],
    as_of: date,
    category: str | None = None,
    searched: Collection[Month] = (),
) -> Totals:
    """Read the denominators of all months, of one primary category or of all; only of all does arXiv say a number."""
    counts = denominators.counted(connection)
    by_month: Counter[str] = Counter()
    for (month, primary), papers in counts.papers.items():
        by_month[month] += papers if category in (None, primary) else 0
    counted = {Month.parse(month): papers for month, papers in by_month.items()}
    numbered = {Month.parse(month): each for month, each in counts.numbered.items()}
    said = server_counts.counts(connection) if category is None else {}
    server = {month: count for (phrase, month), count in said.items() if phrase == server_counts.ALL}
    return Totals(counted, numbered, readings, as_of, server, searched)


def categories(connection: Connection) -> tuple[str, ...]:
    """Return every primary category that was read of, in order."""
    return tuple(sorted({category for _, category in denominators.counted(connection).papers}))
