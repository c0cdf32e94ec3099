"""What came in, written down: the papers of a page, their census and the ledger's line in one transaction.

A run that is killed loses the page in flight and nothing else: what is not written is not on the ledger either.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from llmsurvey import __version__
from llmsurvey.errors import SurveyError
from llmsurvey.paper import Paper
from llmsurvey.phrase import Phrase, Rule, matches
from llmsurvey.sources.base import Page
from llmsurvey.sources.patience import Lasting, NoAnswer
from llmsurvey.store import census, denominators, index, ledger, papers
from llmsurvey.store.database import Database
from llmsurvey.store.ledger import API, OAI, Entry, Status
from llmsurvey.store.papers import Upserted
from llmsurvey.store.rows import PaperRow, census_of, row_of, stamp


def system_clock() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)


class Intake:
    """The way into one store, for the pages and the faults of windows."""

    def __init__(self, database: Database, sent: Callable[[], int], now: Callable[[], datetime] = system_clock) -> None:
        self.database = database
        self.now = now
        self.stored = Upserted()
        """What became of the papers of this run."""
        self._sent = sent
        self._counted = sent()

    def page(
        self, entry: Entry, page: Page[Any], papers_so_far: int, resume: str | None, again: Collection[str] = ()
    ) -> Entry:
        """Commit a page and return the line of its window, which is complete where no page follows.

        `papers_so_far` are the different papers up to this page, `resume` is where the window goes on, `again` are the
        papers that came with an earlier page.
        """
        hits = [_matches(entry, paper) for paper in page.papers]
        after = replace(
            self._asked(entry),
            status=Status.OPEN,
            expected=page.total if entry.expected is None else entry.expected,
            received=entry.received + len(page.identifiers),
            papers=papers_so_far,
            matched=entry.matched
            + sum(hit and paper.arxiv_id not in again for paper, hit in zip(page.papers, hits, strict=True)),
            unread=entry.unread + len(page.unread) + len(page.deleted),
            fault=_left_out(page) or entry.fault,
            answered=entry.answered or stamp(page.as_of),
            resume=resume,
        )
        if page.following is None:
            after = _ended(after)
        with self.database.writing() as connection:
            if entry.source == API:
                # arXiv's rule may differ from ours: what it found is stored, whether we find it or not.
                rows = list(map(row_of, page.papers))
            else:
                rows = papers.current(connection, self._wanted(connection, page.papers, hits))
            stored = papers.upsert(connection, rows, stamp(self.now()))
            if page.following is None:
                ledger.keep_without_pages(connection, after)
            else:
                ledger.keep_page(connection, after, entry.received, page.identifiers)
            if after.status is Status.COMPLETE and after.source == API:
                ledger.drop_covered(connection, after)
        self.stored += stored
        return after

    def _wanted(self, connection: Any, found: Sequence[Paper], hits: Sequence[bool]) -> list[PaperRow]:  # noqa: ANN401 - the store's own connection
        """Return the rows to store: what matches, and later versions of what is stored; the others are counted only."""
        later = [paper.arxiv_id for paper, hit in zip(found, hits, strict=True) if not hit and paper.versions > 1]
        stored = papers.stored_among(connection, later)
        rows = list(map(row_of, found))
        kept = [hit or paper.arxiv_id in stored for paper, hit in zip(found, hits, strict=True)]
        census.add(connection, [census_of(row) for row, keep in zip(rows, kept, strict=True) if not keep])
        return [row for row, keep in zip(rows, kept, strict=True) if keep]

    def gap(self, entry: Entry, fault: str) -> Entry:
        """Record that something of a window is missing; what came in of it stays, and the next run goes on there."""
        with self.database.writing() as connection:
            known = ledger.entry(connection, entry) or entry
            after = replace(self._asked(known), status=Status.GAP, fault=fault)
            ledger.keep(connection, after)
        return after

    def begin_anew(self, entry: Entry, fault: str) -> Entry:
        """Forget the pages of a window: they do not fit each other."""
        after = replace(self._asked(entry.afresh), fault=fault)
        with self.database.writing() as connection:
            ledger.keep_without_pages(connection, after)
        return after

    def split(self, entry: Entry, parts: Iterable[Entry], fault: str) -> tuple[Entry, ...]:
        """Put parts in a window's place on the ledger, and return them."""
        with self.database.writing() as connection:
            whole = self._asked(ledger.entry(connection, entry) or entry)
            made = tuple(replace(part, first_asked=whole.first_asked, last_asked=whole.last_asked) for part in parts)
            made = (replace(made[0], attempts=whole.attempts, fault=fault), *made[1:])
            ledger.split(connection, entry, made)
        return made

    def unanswered(self, entry: Entry, fault: str) -> None:
        """Note a fault of the way to arXiv on a line that is there; a window without one is as if never asked."""
        with self.database.writing() as connection:
            known = ledger.entry(connection, entry)
            if known:
                ledger.keep(connection, replace(self._asked(known), fault=fault))

    def end(self) -> None:
        """Bring index and totals up to date."""
        with self.database.writing() as connection:
            index.extend(connection)
            denominators.recount(connection)

    def _asked(self, entry: Entry) -> Entry:
        """Add what this run has sent since it last wrote a line."""
        sent, now = self._sent(), stamp(self.now())
        attempts, self._counted = sent - self._counted, sent
        return replace(
            entry,
            attempts=entry.attempts + attempts,
            first_asked=entry.first_asked or now,
            last_asked=now,
            program=__version__,
        )


def _matches(entry: Entry, paper: Paper) -> bool:
    fields = (paper.title, paper.abstract)
    return any(matches(rule, phrase, fields) for phrase in _phrases(entry.phrases) for rule in Rule)


@lru_cache(maxsize=8)
def _phrases(texts: tuple[str, ...]) -> tuple[Phrase, ...]:
    return tuple(map(Phrase, texts))


def _ended(entry: Entry) -> Entry:
    """Return the line of a window that was read to its end; a list's end is the day of its first answer.

    An empty list proves nothing: arXiv's cache was seen to repeat "no records" when there were some. It moves the
    ledger not a day on, so that the next run asks from the same day.
    """
    end = entry.end
    if entry.source == OAI:
        answered = (entry.answered or end)[:10]
        end = max(entry.start, min(end, answered)) if entry.received else entry.start
    return replace(entry, status=Status.COMPLETE, resume=None, end=end)


def _left_out(page: Page[Any]) -> str | None:
    """Say which records of a page could not be taken."""
    if page.unread:
        first = page.unread[0]
        return f"UnreadRecord: {first.arxiv_id or 'a record without identifier'}: {first.reason}"
    return f"DeletedRecord: {page.deleted[0]} is marked as deleted; it stays in the store" if page.deleted else None


def in_words(fault: SurveyError) -> str:
    """Return the ledger's words for a fault: its name, and what it said."""
    named = fault.fault if isinstance(fault, Lasting | NoAnswer) else fault
    return f"{type(named).__name__}: {fault.message}"
