"""One list of OAI-PMH, page by page, from where it stopped: its token stands on the ledger with every page."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from llmsurvey.errors import Gap
from llmsurvey.harvest.intake import Intake
from llmsurvey.harvest.oai_overlap import Overlap, length
from llmsurvey.harvest.plan import Planned
from llmsurvey.paper import identifies
from llmsurvey.sources.arxiv_oai import EARLIEST, ArxivOai, Listing
from llmsurvey.sources.asking import Asker
from llmsurvey.sources.base import Page, Walk
from llmsurvey.sources.faults import FalseZero, MovedList, NoSuchSet, RepeatedPage, WindowFault
from llmsurvey.sources.oai_repository import LIST_SETS, check_sets, read_sets
from llmsurvey.sources.patience import Lasting, patience
from llmsurvey.store import ledger
from llmsurvey.store.distinct import Identifiers
from llmsurvey.store.ledger import Entry

_MOST_RETURNS = 3
"""How often a list may go back to one day, or to its start, before it is a gap: else requests would never end."""


class OaiLists:
    """Asks OAI-PMH for lists and writes down what comes."""

    def __init__(self, oai: ArxivOai, asker: Asker, intake: Intake, advance: Callable[[float], None]) -> None:
        self._oai, self._asker, self._intake, self._advance = oai, asker, intake, advance

    def walk(self, planned: Planned) -> Entry:
        """Ask for a list until its end. A `Gap` is what it could not be asked for; it goes on there in the next run."""
        walk = _ListWalk(self._oai, self._asker, self._intake, planned)
        while walk.listing is not None:
            walk.step()
            self._advance(1)
        return walk.entry

    def parts(self, planned: Planned, gap: Gap) -> list[Planned] | None:  # noqa: ARG002 - as all sources have it
        """Return None: a list goes on at its token, however long it is."""
        return None


class _ListWalk:
    """One list, as far as it has come."""

    def __init__(self, oai: ArxivOai, asker: Asker, intake: Intake, planned: Planned) -> None:
        self._oai, self._asker, self._intake = oai, asker, intake
        self._surely = _surely(planned)
        self.entry = planned.entry
        self.listing: Listing | None = None
        """What to ask next; None: the list has ended."""
        self._returns = Counter[date]()
        self._is_behind = False
        """Whether the list went back, so that its pages come again until one brings something new."""
        self._begin()

    def _begin(self) -> None:
        """Stand where the ledger has the list: at its start, or behind the last page that came in."""
        self.listing = self._listing()
        self._seen, last = Identifiers(), set[str]()
        for page in self._received():
            self._seen.new_among(filter(identifies, page))
            last = set(page)
        self._papers, self._length = self.entry.papers, len(last)
        self._walk = Walk[Listing](known=self._surely, seen=last)
        self._overlap = Overlap(is_due=self.entry.resume is not None)

    def _listing(self) -> Listing:
        """Return the list's next question. Without an end it runs up to now, as a harvest that keeps up must."""
        entry, end = self.entry, date.fromisoformat(self.entry.end)
        until = end if entry.resume is None and end < self._intake.now().date() else None
        return Listing(entry.subject, date.fromisoformat(entry.start), until, entry.resume)

    def _received(self) -> list[list[str]]:
        if self.entry.resume is None:
            return []
        with self._intake.database.reading() as connection:
            return ledger.received(connection, self.entry)

    def step(self) -> None:
        """Bring in one page."""
        page = self._page()
        if self._is_short(page):
            # Asked once more: the server's page length may have changed, or the page lacks records.
            page = max(page, self._page(), key=length)
        if 0 < self._length == self.entry.received < self._overlap.length(page) and not self._returns:
            # All pages but the last are equally long: the first one, with nothing before it to tell, lacked records.
            self.entry = self._intake.begin_anew(self.entry, "ShortPage: the second page was longer than the first")
            self._returns[date.fromisoformat(self.entry.start)] += 1
            self._begin()
            return
        self._take(page)

    def _is_short(self, page: Page[Listing]) -> bool:
        return page.following is not None and self._overlap.length(page) < self._length

    def _take(self, page: Page[Listing]) -> None:
        listed = list(filter(identifies, page.identifiers))
        again = {arxiv_id for arxiv_id in listed if arxiv_id in self._seen}
        new = self._seen.new_among(listed)
        self._papers += new
        self._is_behind = self._is_behind and not new
        self._length = self._overlap.length(page) if page.following else self._length
        # Of a list that can be all of arXiv, only the last page is held as text.
        self._walk.seen = set(page.identifiers) or self._walk.seen
        self._overlap.taken(page)
        self.listing = page.following
        resume = self.listing.token if self.listing else None
        self.entry = self._intake.page(self.entry, page, self._papers, resume, again)

    def _page(self) -> Page[Listing]:
        """Return the next page once it fits the list."""
        troubles = 0
        while True:
            try:
                page = self._asked()
                self._walk.take(page)
                self._check_end(page)
                self._check_new(page)
            except (WindowFault, RepeatedPage) as fault:
                troubles += 1
                if troubles > patience(fault).attempts:
                    raise Lasting(fault, troubles) from fault
                if troubles > 1 or isinstance(fault, MovedList):  # the token alone was asked again before
                    self._ask_otherwise(fault, troubles)
            else:
                return page

    def _check_end(self, page: Page[Listing]) -> None:
        """Refuse an end that the page before ruled out: it promised more."""
        if self.entry.received and page.following is None and not length(page):
            raise FalseZero("the list ends with nothing, though the page before promised more")

    def _check_new(self, page: Page[Listing]) -> None:
        """Refuse a page of which every record came before: another one stood in its place."""
        if not self.entry.received or self._is_behind or not page.identifiers:
            return
        if all(arxiv_id in self._seen for arxiv_id in page.identifiers):
            raise RepeatedPage(f"all {len(page.identifiers):,} records came with an earlier page")

    def _ask_otherwise(self, fault: WindowFault | RepeatedPage, troubles: int) -> None:
        """Ask for the same place without its token: a refusal, or a cached error, belongs to the token."""
        if self.listing is None or self.listing.token is None:
            return
        self.listing = self.listing.afresh
        self._is_behind = True
        self._returns[self.listing.since] += 1
        if self._returns[self.listing.since] > _MOST_RETURNS:
            raise Lasting(fault, troubles) from fault

    def _asked(self) -> Page[Listing]:
        return self._overlap.page(self.listing or self._listing(), self._walk.seen, self._answer)

    def _answer(self, listing: Listing) -> Page[Listing]:
        try:
            return self._asker.page(self._oai, listing)
        except NoSuchSet:
            sets = self._asker.read(self._oai.url, LIST_SETS, read_sets)
            check_sets([listing.set_name or ""], sets)
            raise


def _surely(planned: Planned) -> int:
    """Return how many papers a list has without doubt; 0 where it may be empty.

    Only a list from the first day on holds all papers of its set. What changed of late is guessed from their pace.
    """
    return planned.papers or 0 if planned.entry.start <= EARLIEST.isoformat() else 0
