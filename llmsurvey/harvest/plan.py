"""What there is to ask, before anything is asked: windows from the tracked phrases and the ledger. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import ceil
from typing import Final

from llmsurvey.errors import BadUsage
from llmsurvey.harvest.span import Span, recent
from llmsurvey.month import Month
from llmsurvey.phrase import Phrase
from llmsurvey.sources.arxiv_api import PAGE, WALL, Search
from llmsurvey.sources.arxiv_oai import EARLIEST
from llmsurvey.sources.base import Window
from llmsurvey.store.asked import Asked, first_minute, looks_for, needed, settling
from llmsurvey.store.ledger import API, OAI, Entry, Status, reach, subject_of
from llmsurvey.store.rows import stamp
from llmsurvey.survey import TrackedPhrase

OVERLAP_DAYS: Final = 2
"""Days that an incremental list goes back behind the last success: what arXiv changed on that very day comes again."""
SECONDS_AN_ANSWER: Final = 2.0
"""What an answer takes beyond the pause before it: an assumption, for estimates only."""
RECORDS_A_LIST_PAGE: Final = 1_300
"""Records a page of arXiv's OAI-PMH lists, as seen in 2026."""
LISTED: Final = {"cs": 920_922}
"""Papers of a whole set where that is known: arXiv's answer to `cat:cs.*` of 2026-08-13."""
A_DAY: Final = timedelta(hours=23)
"""How long an answer stands. A daily run begins at the same minute, and the answers of the one before came later."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One window to ask."""

    entry: Entry
    """The line of the ledger as it stands, or as it will begin."""
    papers: int | None
    """How many there probably are; None: not known before it is asked."""
    requests: int | None
    """The least that it takes; None: not known."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All there is to ask, in its order."""

    windows: tuple[Planned, ...] = ()

    @property
    def requests(self) -> int:
        """The least number of requests; a window of unknown size counts as one."""
        return sum(each.requests or 1 for each in self.windows)


def minutes(requests: int, delay: float) -> float:
    """Return how long requests take, with so many seconds between two of them."""
    return requests * (delay + SECONDS_AN_ANSWER) / 60


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known before a plan is made."""

    asked: Asked
    """What the API was asked for."""
    complete: Callable[[Phrase, Month], bool] = lambda _phrase, _month: False
    """Tells whether all papers of a month with a phrase are stored, from whatever source."""
    likely: Callable[[Sequence[Phrase], Month], int | None] = lambda _phrases, _month: None
    """Tells how many papers a month probably has for some phrases; None where nobody knows."""


def api_plan(tracked: Sequence[TrackedPhrase], span: Span, now: datetime, knowledge: Knowledge) -> Plan:
    """Return the windows of the API: months not known in full, and the recent ones unless they were asked of late."""
    return Plan(tuple(_api_windows(tracked, span.checked(now.date()), now, knowledge)))


def _api_windows(
    tracked: Sequence[TrackedPhrase], span: Span, now: datetime, knowledge: Knowledge
) -> Iterator[Planned]:
    first_recent, yesterday = recent(now.date()), stamp(now - A_DAY)
    for month in span.months(tracked, now.date()):
        again = month >= first_recent
        missing = [
            phrase
            for phrase in needed(tracked, month)
            if not _is_known(phrase, month, knowledge, yesterday if again else None)
        ]
        for phrases in queries(missing, month):
            not_before = yesterday if again else settling(month)
            yield from _leaves(phrases, month, knowledge, not_before, yesterday)


def _is_known(phrase: Phrase, month: Month, knowledge: Knowledge, yesterday: str | None) -> bool:
    """Tell whether a phrase need not be asked for: known in full, or (a recent month) asked for since yesterday."""
    if yesterday is not None:
        return knowledge.asked.is_whole(phrase, month, yesterday)
    return knowledge.complete(phrase, month)


def queries(phrases: Sequence[Phrase], month: Month) -> Iterator[tuple[Phrase, ...]]:
    """Part phrases so that each part fits into one query; one that is too long alone is a `BadUsage`."""
    taken: tuple[Phrase, ...] = ()
    for phrase in phrases:
        try:
            Search(Window.of(month), (*taken, phrase))
        except BadUsage:
            if not taken:
                raise
            yield taken
            taken = ()
            Search(Window.of(month), (phrase,))
        taken = (*taken, phrase)
    if taken:
        yield taken


def _leaves(
    phrases: Sequence[Phrase], month: Month, knowledge: Knowledge, not_before: str, yesterday: str
) -> Iterator[Planned]:
    """Yield the windows of a month that must be asked: all of it, or the parts that are missing or too old."""
    subject = subject_of(phrases)
    known = [entry for entry in knowledge.asked.windows(month) if entry.subject == subject]
    if not known or reach(known, first_minute(month)) < first_minute(month + 1):
        texts = tuple(phrase.text for phrase in phrases)
        start, end = first_minute(month), first_minute(month + 1)
        known = [Entry(source=API, subject=subject, start=start, end=end, phrases=texts)]
    for entry in known:
        if entry.is_whole and (entry.answered or "") >= not_before:
            continue
        papers = entry.expected or (knowledge.likely(phrases, month) if len(known) == 1 else None)
        yield _planned(_going_on(entry, not_before, yesterday), papers)


def _going_on(entry: Entry, not_before: str, yesterday: str) -> Entry:
    """Return where a window goes on: behind its last page, or at its start where that page is too old.

    After a day papers may have come and gone, so that the offsets are no longer true though the total is the same.
    """
    unfinished = entry.status is not Status.COMPLETE and entry.resume is not None
    fresh = (entry.answered or "") >= not_before and entry.last_asked >= yesterday
    return entry if unfinished and fresh else entry.afresh


def _planned(entry: Entry, papers: int | None) -> Planned:
    if papers is None:
        return Planned(entry, None, None)
    left = papers - int(entry.resume or 0)
    parts = ceil(papers / PART) if papers > WALL else 1
    return Planned(entry, papers, max(1, ceil(left / PAGE)) + (parts if parts > 1 else 0))


PART: Final = WALL // 2
"""Papers that each part of a split window should have: months are uneven, so that some parts have many more."""


def oai_plan(
    sets: Sequence[str], tracked: Sequence[TrackedPhrase], span: Span, now: datetime, entries: Sequence[Entry]
) -> Plan:
    """Return the lists of OAI-PMH: for each set what is unfinished, or else what changed since the last success."""
    span = span.checked(now.date())
    return Plan(tuple(each for name in sets for each in _lists(name, tracked, span, now, entries)))


def _lists(
    name: str, tracked: Sequence[TrackedPhrase], span: Span, now: datetime, entries: Sequence[Entry]
) -> Iterator[Planned]:
    own = [
        entry
        for entry in entries
        if (entry.source, entry.subject) == (OAI, name) and all(looks_for(entry, each.phrase) for each in tracked)
    ]
    since = max(EARLIEST, span.since.first_day) if span.since else EARLIEST
    until = min(span.until.last_day, now.date()) if span.until else now.date()
    reached = date.fromisoformat(reach([each for each in own if each.status is Status.COMPLETE], since.isoformat()))
    unfinished = [each for each in own if each.status is not Status.COMPLETE and each.start <= reached.isoformat()]
    if unfinished:
        last = max(unfinished, key=lambda each: each.start)
        yield _list(last if last.resume else _again(last, until), own, now)
        return
    if span.until and reached >= until:
        return
    if any(each.answered and each.answered >= stamp(now - A_DAY) for each in own if each.end >= reached.isoformat()):
        return
    start = since if reached == since else max(since, reached - timedelta(days=OVERLAP_DAYS))
    texts = tuple(each.phrase.text for each in tracked)
    begun = Entry(source=OAI, subject=name, start=start.isoformat(), end=until.isoformat(), phrases=texts)
    yield _list(next((_again(each, until) for each in own if each.start == begun.start), begun), own, now)


def _again(entry: Entry, until: date) -> Entry:
    """Return a list from its start, up to the day that is now wanted: the one it ended on may be long past."""
    return replace(entry.afresh, end=max(entry.end, until.isoformat()))


def _list(entry: Entry, own: Sequence[Entry], now: datetime) -> Planned:
    papers = changes_expected(entry, own, now.date())
    if papers is None:
        return Planned(entry, None, None)
    return Planned(entry, papers, max(1, ceil((papers - entry.received) / RECORDS_A_LIST_PAGE)))


def changes_expected(entry: Entry, own: Sequence[Entry], today: date) -> int | None:
    """Return how many records a list probably has: by the pace of the longest one read, or what is known of the set."""
    whole = [each for each in own if each.status is Status.COMPLETE and _days(each) > OVERLAP_DAYS]
    days = (today - date.fromisoformat(entry.start)).days + 1
    if whole:
        longest = max(whole, key=_days)
        return longest.received * days // _days(longest)
    if date.fromisoformat(entry.start) <= EARLIEST:
        return LISTED.get(entry.subject)
    return None


def _days(entry: Entry) -> int:
    return (date.fromisoformat(entry.end) - date.fromisoformat(entry.start)).days + 1
