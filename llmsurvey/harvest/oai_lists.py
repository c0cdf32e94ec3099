"""One list of OAI-PMH, page by page, from where it stopped: its token stands on the ledger with every page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from llmsurvey.errors import Gap
from llmsurvey.harvest.distinct import Identifiers
from llmsurvey.harvest.intake import Intake
from llmsurvey.harvest.plan import Planned
from llmsurvey.paper import is_arxiv_id
from llmsurvey.sources.arxiv_oai import ArxivOai, Listing
from llmsurvey.sources.asking import Asker
from llmsurvey.sources.base import Page, Walk
from llmsurvey.sources.faults import ExpiredToken, NoSuchSet, WindowFault
from llmsurvey.sources.oai_repository import LIST_SETS, check_sets, read_sets
from llmsurvey.sources.patience import Lasting, patience
from llmsurvey.store import ledger
from llmsurvey.store.ledger import Entry

_SURELY_SOME = 5
"""Papers expected of a list from which on an empty one is doubted."""


class OaiLists:
    """Asks OAI-PMH for lists and writes down what comes."""

    def __init__(self, oai: ArxivOai, asker: Asker, intake: Intake, advance: Callable[[float], None]) -> None:
        self._oai, self._asker, self._intake, self._advance = oai, asker, intake, advance

    def walk(self, planned: Planned) -> Entry:
        """Ask for a list until its end. A `Gap` is what it could not be asked for; it goes on there in the next run."""
        entry = planned.entry
        listing: Listing | None = self._listing(entry)
        seen, last = self._received(entry)
        papers, troubles = entry.papers, 0
        walk = Walk[Listing](known=_surely(planned), seen=last)
        while listing is not None:
            try:
                page = self._page(listing)
                walk.take(page)
            except WindowFault as fault:
                troubles += 1
                if troubles > patience(fault).attempts:
                    raise Lasting(fault, troubles) from fault
                if listing.token is not None and (isinstance(fault, ExpiredToken) or troubles > 1):
                    listing = listing.afresh  # a cached error belongs to the token: the same place is asked otherwise
                continue
            troubles = 0
            papers += seen.new_among(filter(is_arxiv_id, page.identifiers))
            # Of a list that can be all of arXiv, only the last page is held as text.
            walk.seen = set(page.identifiers) or walk.seen
            listing = page.following
            entry = self._intake.page(entry, page, papers, listing.token if listing else None)
            self._advance(1)
        return self._intake.complete(_ended(entry))

    def parts(self, planned: Planned, gap: Gap) -> list[Planned] | None:  # noqa: ARG002 - as all sources have it
        """Return None: a list goes on at its token, however long it is."""
        return None

    def _page(self, listing: Listing) -> Page[Listing]:
        try:
            return self._asker.page(self._oai, listing)
        except NoSuchSet:
            sets = self._asker.read(self._oai.url, LIST_SETS, read_sets)
            check_sets([listing.set_name or ""], sets)
            raise

    def _listing(self, entry: Entry) -> Listing:
        """Return the list's next question. Without an end it runs up to now, as a harvest that keeps up must."""
        end = date.fromisoformat(entry.end)
        until = end if entry.resume is None and end < self._intake.now().date() else None
        return Listing(entry.subject, date.fromisoformat(entry.start), until, entry.resume)

    def _received(self, entry: Entry) -> tuple[Identifiers, set[str]]:
        """Return what came in before this run: all of it, and the last page."""
        seen, last = Identifiers(), set[str]()
        if entry.resume is not None:
            with self._intake.database.reading() as connection:
                for page in ledger.received(connection, entry):
                    seen.new_among(filter(is_arxiv_id, page))
                    last = set(page)
        return seen, last


def _surely(planned: Planned) -> int:
    """Return how many papers a list has at the least, by the pace of earlier ones; 0 where it may be empty."""
    if planned.papers is None:
        return 0
    return planned.papers if planned.papers >= _SURELY_SOME else 0


def _ended(entry: Entry) -> Entry:
    """Return a list that was read to its end, up to the day of its first answer.

    An empty one proves nothing: arXiv's cache was seen to repeat "no records" when there were some. It moves the
    ledger not a day on, so that the next run asks from the same day.
    """
    answered = (entry.answered or entry.end)[:10]
    end = max(entry.start, min(entry.end, answered)) if entry.received else entry.start
    return replace(entry, end=end)
