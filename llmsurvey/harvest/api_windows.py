"""One window of the API, page by page, until all of it is in: gone on with, begun anew, or split where it must be."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from math import ceil

from llmsurvey.errors import Gap
from llmsurvey.harvest.intake import Intake, in_words
from llmsurvey.harvest.plan import PART, Planned
from llmsurvey.month import Month
from llmsurvey.phrase import Phrase, Rule
from llmsurvey.sources.arxiv_api import PAGE, WALL, ArxivApi, Search
from llmsurvey.sources.asking import Asker
from llmsurvey.sources.base import Page, Walk, Window
from llmsurvey.sources.faults import RepeatedPage, ServerError, WindowFault, WindowTooLarge
from llmsurvey.sources.patience import Lasting, patience
from llmsurvey.store import ledger
from llmsurvey.store.counts import By, tally
from llmsurvey.store.ledger import Entry, minute
from llmsurvey.survey import Question

_WORTH_HALVING_DAYS = 14
"""A window this long is halved where arXiv keeps failing on it; a shorter one stays a gap, or requests never end."""


class Incomplete(Gap):
    """The pages fitted each other, and yet not all papers came in."""


class ApiWindows:
    """Asks the API for windows and writes down what comes."""

    def __init__(self, api: ArxivApi, asker: Asker, intake: Intake, advance: Callable[[float], None]) -> None:
        self._api, self._asker, self._intake, self._advance = api, asker, intake, advance

    def parts(self, planned: Planned, gap: Gap) -> list[Planned] | None:
        """Return what a window is split into because of a fault; None: splitting does not help."""
        window = window_of(planned.entry)
        if isinstance(gap, WindowTooLarge) and window.splittable:
            parts = list(window.parts(max(2, ceil(gap.total / PART))))
        elif _fails_as_a_whole(gap) and (window.end - window.start).days >= _WORTH_HALVING_DAYS:
            parts = list(window.halves())
        else:
            return None
        entries = [
            replace(planned.entry.afresh, start=minute(part.start), end=minute(part.end), attempts=0) for part in parts
        ]
        made = self._intake.split(planned.entry, entries, in_words(gap))
        return [Planned(entry, None, None) for entry in made]

    def walk(self, planned: Planned) -> Entry:
        """Ask for a window until all of it is in. A `Gap` is what it could not be asked for."""
        entry, pages = planned.entry, self._pages(planned.entry)
        walk = Walk[Search](total=entry.expected, seen={each for page in pages for each in page})
        search: Search | None = _search(entry)
        troubles = 0
        while search is not None:
            try:
                page = self._asker.page(self._api, search)
                if not page.total:
                    walk.known = self._known(planned)
                walk.take(page)
            except (WindowFault, RepeatedPage) as fault:
                troubles += 1
                if troubles >= patience(fault).attempts:
                    raise Lasting(fault, troubles) from fault
                if troubles % 2 == 0:  # the page alone was asked again before
                    entry = self._intake.begin_anew(entry, in_words(fault))
                    walk, search = Walk[Search](zeros=walk.zeros), _search(entry)
                continue
            entry, search = self._kept(entry, walk, page), page.following
            self._advance(1)
        return entry

    def _kept(self, entry: Entry, walk: Walk[Search], page: Page[Search]) -> Entry:
        if page.following is None and not walk.complete:
            raise Incomplete(f"{len(walk.seen):,} different papers came in of {walk.total or 0:,}")
        resume = str(page.following.start) if page.following else None
        return self._intake.page(entry, page, len(walk.seen), resume)

    def _pages(self, entry: Entry) -> list[list[str]]:
        if entry.resume is None:
            return []
        with self._intake.database.reading() as connection:
            return ledger.received(connection, entry)

    def _known(self, planned: Planned) -> int:
        """Return how many papers of a window are known: what came before, or what is stored and reads like it."""
        if planned.papers:
            return planned.papers
        window = window_of(planned.entry)
        month = Month.of(window.start)
        if window != Window.of(month):
            return 0
        with self._intake.database.reading() as connection:
            return sum(
                tally(
                    connection,
                    Question(Phrase(text), Rule.EXACT, month, month),
                    month.last_day,
                    By.MONTH,
                ).total()
                for text in planned.entry.phrases
            )


def window_of(entry: Entry) -> Window:
    """Return a line's window of submission."""
    return Window(_moment(entry.start), _moment(entry.end))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _search(entry: Entry) -> Search:
    phrases = tuple(map(Phrase, entry.phrases))
    start = int(entry.resume or 0)
    return Search(window_of(entry), phrases, start=start, size=min(PAGE, WALL - start))


def _fails_as_a_whole(gap: Gap) -> bool:
    """Tell whether arXiv failed on the query itself, which a smaller one may pass."""
    return isinstance(gap, Lasting) and isinstance(gap.fault, ServerError)
