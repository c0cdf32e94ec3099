"""What is missing from the store, and what brings it: the answer behind `gaps`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import count, groupby
from shlex import quote
from typing import Any

from llmsurvey.month import Month
from llmsurvey.phrase import Phrase
from llmsurvey.store.asked import Asked, looks_for, needed
from llmsurvey.store.coverage import Totals
from llmsurvey.store.ledger import API, Entry, Status
from llmsurvey.survey import Coverage, Hole, Reading, TrackedPhrase

_BROKEN = {
    "incomplete": "the file ended before its end or could not be read through: import a whole copy of it",
    "reading": "the import was interrupted: import the file again",
}
_FILL = "llmsurvey import FILE (the public snapshot), or llmsurvey harvest"


def broken_readings(readings: Sequence[Reading]) -> Iterator[Hole]:
    """Yield the files that were not read to their end, and of which no whole copy was read since."""
    for place, reading in enumerate(readings, 1):
        broken = reading.source == "snapshot" and reading.status in _BROKEN
        if broken and not any(_is_whole_copy(later, reading) for later in readings[place:]):
            yield Hole(
                source=reading.source,
                phrase=None,
                window=_window(reading.first_month, reading.last_month),
                status=reading.status,
                expected=None,
                received=reading.records,
                reason=f"{reading.name}: {_BROKEN[reading.status]}",
            )


def _is_whole_copy(later: Reading, broken: Reading) -> bool:
    """Tell whether a reading is that of a whole file in the place of a broken one: same name, no less in it."""
    return (
        (later.source, later.name, later.status) == (broken.source, broken.name, "complete")
        and later.records >= broken.records
        and later.keep in (broken.keep, "all")
    )


def _window(first: Month | None, last: Month | None) -> tuple[Month, Month] | None:
    return (first, last) if first and last else None


def not_looked_for(unread: Iterable[tuple[str, Reading]]) -> Iterator[Hole]:
    """Yield the phrases that were not tracked yet when a file's matches were kept."""
    for phrase, reading in unread:
        yield Hole(
            source="snapshot",
            phrase=phrase,
            window=_window(reading.first_month, reading.last_month),
            status="not looked for",
            expected=None,
            received=None,
            reason=f'"{phrase}" was not tracked when {reading.name} was read: llmsurvey import {quote(reading.name)}',
        )


def missing_windows(
    entries: Iterable[Entry], asked: Asked, tracked: Sequence[TrackedPhrase], as_of: date
) -> Iterator[Hole]:
    """Yield the windows of the ledger of which something is missing, as long as a tracked phrase needs them."""
    for entry in entries:
        if entry.is_whole or not any(looks_for(entry, each.phrase) for each in tracked):
            continue
        first, last = Month.parse(entry.start[:7]), Month.parse(entry.end[:7])
        if entry.source == API:
            last = first  # a window ends where the next one begins
            if all(
                asked.is_whole(each.phrase, first, "")
                for each in tracked
                if each.since <= first and looks_for(entry, each.phrase)
            ):
                continue
        yield Hole(
            source=entry.source,
            phrase=entry.subject if entry.source == API else None,
            window=(first, min(last, Month.of(as_of)) if last >= first else first),
            status="unread records" if entry.unread and entry.status is Status.COMPLETE else entry.status.value,
            expected=entry.expected,
            received=entry.papers,
            reason=_why(entry),
        )


def _why(entry: Entry) -> str:
    span = f"{entry.start} to {entry.end}"
    if entry.source == API:
        return f"{span}: {entry.fault or 'begun and not finished'}: llmsurvey harvest"
    place = f"set {entry.subject}, changed {span}"
    return f"{place}: {entry.fault or 'begun and not finished'}: llmsurvey harvest --set {entry.subject}"


def uncovered_months(
    totals: Totals, tracked: Sequence[TrackedPhrase], as_of: date, asked: Asked | None = None
) -> Iterator[Hole]:
    """Yield the runs of settled months that were never read, or only in part, from the first tracked month on.

    A month that the API was asked for is no hole for the phrases it was asked for; for others it is.
    """
    if not tracked:
        return
    asked = asked or Asked(())
    first = min(each.since for each in tracked)
    months = [month for month in first.through(Month.of(as_of)) if month.settled_by(as_of)]
    unlisted = [month for month in months if totals.listed(month) is not Coverage.COMPLETE]
    unsearched = [month for month in unlisted if not asked.windows(month)]
    for (coverage, _), run in groupby(unsearched, key=_runs(totals.listed)):
        yield _uncovered(coverage, list(run), totals)
    for phrase in dict.fromkeys(phrase for month in unlisted for phrase in needed(tracked, month)):
        lacking = [
            month
            for month in unlisted
            if asked.windows(month) and phrase in needed(tracked, month) and _is_lacking(asked, phrase, month, as_of)
        ]
        early = _runs(lambda month, phrase=phrase: asked.is_whole(phrase, month, ""))  # type: ignore[misc]  # bound now
        for (too_early, _), run in groupby(lacking, key=early):
            yield _unasked(phrase.text, list(run), too_early=bool(too_early))


def _is_lacking(asked: Asked, phrase: Phrase, month: Month, as_of: date) -> bool:
    """Tell whether a phrase was not asked for in all of a month, or too early; what failed is told elsewhere."""
    if asked.is_final(phrase, month, as_of):
        return False
    return not any(not entry.is_whole for entry in asked.looking_for(phrase, month))


def _runs(kind: Callable[[Month], object]) -> Callable[[Month], tuple[Any, int]]:
    """Return a key that is the same for months of one kind without another month between them."""
    place = count()
    return lambda month: (kind(month), month - _FIRST - next(place))


_FIRST = Month(1, 1)


def _unasked(phrase: str, span: Sequence[Month], *, too_early: bool) -> Hole:
    why = "read before the month had settled" if too_early else "arXiv was not asked for this phrase"
    return Hole(
        source=API,
        phrase=phrase,
        window=(span[0], span[-1]),
        status="read too early" if too_early else "never asked",
        expected=None,
        received=None,
        reason=f"{why}: llmsurvey harvest",
    )


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
