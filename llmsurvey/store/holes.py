"""What is missing from the store, and what brings it: the answer behind `gaps`."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from llmsurvey.month import Month
from llmsurvey.store.coverage import Totals
from llmsurvey.survey import Coverage, Hole, Reading, TrackedPhrase

_BROKEN = {
    "incomplete": "the file ended before its end or could not be read through: import a whole copy of it",
    "reading": "the import was interrupted: import the file again",
}
_FILL = "llmsurvey import FILE (the public snapshot), or llmsurvey harvest"


def broken_readings(readings: Iterable[Reading]) -> Iterator[Hole]:
    """Yield the files that were not read to their end."""
    for reading in readings:
        if reading.status in _BROKEN:
            yield Hole(
                source=reading.source,
                phrase=None,
                window=_window(reading.first_month, reading.last_month),
                status=reading.status,
                expected=None,
                received=reading.records,
                reason=f"{reading.name}: {_BROKEN[reading.status]}",
            )


def _window(first: Month | None, last: Month | None) -> tuple[Month, Month] | None:
    return (first, last) if first and last else None


def not_looked_for(unread: Iterable[tuple[str, str]]) -> Iterator[Hole]:
    """Yield the phrases that were not tracked yet when a file's matches were kept."""
    for phrase, name in unread:
        yield Hole(
            source="snapshot",
            phrase=phrase,
            window=None,
            status="not looked for",
            expected=None,
            received=None,
            reason=f'"{phrase}" was not tracked when {name} was read: llmsurvey import {name}',
        )


def uncovered_months(totals: Totals, tracked: Sequence[TrackedPhrase], as_of: date) -> Iterator[Hole]:
    """Yield the runs of settled months that were never read, or only in part, from the first tracked month on."""
    if not tracked:
        return
    first = min(each.since for each in tracked)
    months = [month for month in first.through(Month.of(as_of)) if month.settled_by(as_of)]
    for coverage, run in groupby(months, key=totals.coverage):
        span = list(run)
        if coverage is not Coverage.COMPLETE:
            yield _uncovered(coverage, span, totals)


def _uncovered(coverage: Coverage, span: Sequence[Month], totals: Totals) -> Hole:
    known, highest = (sum(totals.numbered.get(month, (0, 0))[side] for month in span) for side in (0, 1))
    share = f"{known:,} of at least {highest:,} papers numbered in these months are known"
    return Hole(
        source="any",
        phrase=None,
        window=(span[0], span[-1]),
        status="partial" if coverage is Coverage.PARTIAL else "never read",
        expected=highest or None,
        received=known,
        reason=f"{share}: {_FILL}" if coverage is Coverage.PARTIAL else f"no source has been read: {_FILL}",
    )
