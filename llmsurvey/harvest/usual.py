"""Records as nearly all are, known by lookups alone. Pure.

A record that is not known here is not wrong: `arxiv_snapshot.header` says of any record what it is, or what is wrong
with it, in three times the time. Of a record that is known here it says the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from llmsurvey.harvest.remembered import Remembered
from llmsurvey.paper import is_arxiv_id
from llmsurvey.sources.arxiv_snapshot import (
    IN_ORDER,
    LONGEST_ABSTRACT,
    LONGEST_TITLE,
    SnapshotRecord,
    Version,
    primary_category,
)
from llmsurvey.sources.reject import Rejected
from llmsurvey.sources.snapshot_dates import (
    DAY,
    LONGEST_DAY,
    MINUTE,
    MINUTES,
    SECOND,
    SECONDS,
    day_and_month_of,
    update_day,
)
from llmsurvey.store import sheets

_HEADS, _CATEGORIES, _DAYS = 1 << 12, 1 << 14, 1 << 14
"""How many of each are held: what a file in order needs over some months, days of forty years."""
_MONTHS, _OF_A_MONTH = 512, 256
"""Months, and categories of each; of all of arXiv some fifteen megabytes."""
_HEAD, _PLACE = slice(-sheets.SIGNS), slice(-sheets.SIGNS, None)
_PLACES: Final = frozenset(f"{number:02}" for number in range(100))


Known = tuple[str, str, str, str]
"""The sheet of a paper, its place on it, what the census remarks of it, and the latest date that its record names."""


class Usual:
    """What the census remarks of usual records, and the latest date that each names."""

    def __init__(self, tomorrow: str) -> None:
        self._tomorrow = tomorrow
        self._heads = Remembered(_heads_ids, _HEADS)
        self._categories = Remembered(_primary, _CATEGORIES)
        self._edits = Remembered(_edit, _DAYS)
        self._days = Remembered(self._day, _DAYS)
        self._months = Remembered(_remarks, _MONTHS)

    def known(self, records: Iterable[SnapshotRecord]) -> Iterator[Known | None]:
        """Yield what is known of each record, None where that is nothing."""
        days, edits, categories, heads, tomorrow = (
            self._days,
            self._edits,
            self._categories,
            self._heads,
            self._tomorrow,
        )
        for record in records:
            arxiv_id, title, abstract, versions = record.id, record.title, record.abstract, record.versions
            if not (
                versions
                and (day := days[(created := versions[0].created)[DAY]])
                and created[MINUTE] in MINUTES
                and created[SECOND] in SECONDS
                and (place := arxiv_id[_PLACE]) in _PLACES
                and heads[head := arxiv_id[_HEAD]]
                and (date := edits[record.update_date]) is not None
                and (category := categories[record.categories])
                and 0 < len(title) <= LONGEST_TITLE
                and not title.isspace()
                and 0 < len(abstract) <= LONGEST_ABSTRACT
                and not abstract.isspace()
            ):
                yield None
                continue
            if day[0] > date:  # noqa: PLR1730 - max() takes three times as long
                date = day[0]
            if (count := len(versions)) == 1 and versions[0].version == "v1":
                yield (head, place, day[1][category], date) if date <= tomorrow else None
            elif (last := self._last(versions)) and (date := max(date, last)) <= tomorrow:
                yield head, place, sheets.remark(day[0][:7], category, count), date
            else:
                yield None

    def _last(self, versions: Sequence[Version]) -> str | None:
        """Return the day of the last version, where all of them are named in order."""
        if [each.version for each in versions] != IN_ORDER[: len(versions)]:
            return None
        created = versions[-1].created
        day = self._days[created[DAY]]
        return day[0] if day and created[MINUTE] in MINUTES and created[SECOND] in SECONDS else None

    def _day(self, text: str) -> tuple[str, Remembered[str, str]] | None:
        try:
            both = day_and_month_of(text) if len(text) <= LONGEST_DAY else None
        except Rejected:
            return None
        return (both[0], self._months[both[1]]) if both and both[0] <= self._tomorrow else None


def _heads_ids(head: str) -> bool:
    return is_arxiv_id(f"{head}00")


def _primary(categories: str | None) -> str | None:
    try:
        return primary_category(categories)
    except Rejected:
        return None


def _edit(text: str | None) -> str | None:
    try:
        return update_day(text)
    except Rejected:
        return None


def _remarks(month: str) -> Remembered[str, str]:
    return Remembered(lambda category: sheets.remark(month, category, 1), _OF_A_MONTH)
