"""The ledger's windows as readings: one line a source and subject, for readers. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from llmsurvey.month import Month
from llmsurvey.phrase import Phrase
from llmsurvey.store.asked import looks_for
from llmsurvey.store.ledger import API, OAI, Entry, Status, answer_day
from llmsurvey.survey import Reading

_FIRST_DATESTAMP = date(2005, 9, 16)
"""A list that begins here holds all papers of arXiv, as none has an earlier datestamp (Identify)."""
_FIRST_MONTH = Month(1991, 1)
"""No identifier of arXiv is older."""


def readings(entries: Iterable[Entry]) -> Iterator[Reading]:
    """Yield a reading for each subject of the API and each span of days of an OAI-PMH set; unanswered ones not."""
    answered = sorted((each for each in entries if each.answered), key=lambda each: (each.source, each.subject))
    for (source, subject), group in groupby(answered, key=lambda each: (each.source, each.subject)):
        own = sorted(group, key=lambda each: each.start)
        if source == API:
            yield _searches(subject, own)
        else:
            yield from (_lists(subject, span) for span in _spans(own))


def _searches(subject: str, entries: Sequence[Entry]) -> Reading:
    return Reading(
        source=API,
        name=subject,
        status="complete" if all(each.is_whole for each in entries) else "incomplete",
        data_date=max((day for each in entries if each.is_whole and (day := answer_day(each))), default=None),
        first_month=Month.parse(entries[0].start[:7]),
        last_month=Month.parse(entries[-1].start[:7]),
        records=sum(each.received for each in entries),
        matched=sum(each.matched for each in entries),
        rejected=sum(each.unread for each in entries),
        keep="matched",
    )


def _spans(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Part the lists of one set where days are missing between them."""
    span: list[Entry] = []
    for entry in entries:
        if span and entry.start > max(each.end for each in span if each.status is Status.COMPLETE or each is span[0]):
            yield span
            span = []
        span.append(entry)
    if span:
        yield span


def _lists(subject: str, entries: Sequence[Entry]) -> Reading:
    """Return the reading of lists that follow each other. A paper's datestamp is never earlier than the paper."""
    whole = [each for each in entries if each.status is Status.COMPLETE]
    start = date.fromisoformat(entries[0].start)
    last = date.fromisoformat(max(each.end for each in whole)) if whole else None
    first = Month.of(start) if start.day == 1 else Month.of(start) + 1
    return Reading(
        source=OAI,
        name=f"set {subject}",
        status="complete" if whole else "incomplete",
        data_date=last,
        first_month=_FIRST_MONTH if start <= _FIRST_DATESTAMP else first,
        last_month=Month.of(last or start),
        records=sum(each.received for each in entries),
        matched=sum(each.matched for each in entries),
        rejected=sum(each.unread for each in entries),
        keep="matched",
    )


def not_looking_for(entries: Iterable[Entry], phrase: Phrase) -> tuple[str, ...]:
    """Return the names of the sources whose answers were kept for other phrases only."""
    names = dict.fromkeys(
        "arXiv's API" if each.source == API else f"OAI-PMH set {each.subject}"
        for each in entries
        if each.received and not looks_for(each, phrase)
    )
    return tuple(names)
