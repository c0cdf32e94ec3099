"""What every network source has in common: the window, the page, and the walk over a window's pages. No I/O."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final, Generic, Protocol, TypeVar

from llmsurvey.month import Month
from llmsurvey.paper import Paper
from llmsurvey.sources.faults import FalseZero, GrowingTotal, RepeatedPage, ShrinkingTotal

Asked = TypeVar("Asked")
"""What a source is asked for: a `Search` of the API, a `Listing` of OAI-PMH."""

SURE_ZEROS: Final = 2
"""Answers without a paper until one is believed: arXiv was seen to say so falsely, and a first fill knows no better."""
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Window:
    """A span of submission time in UTC, whole minutes at both ends.

    arXiv's range is inclusive and ends at second 00 of its last minute. So neighbours share their boundary: the next
    window starts at the minute where this one ends. A paper submitted exactly then is in both answers of the server
    (`holds`) and belongs to the later window (`owns`); whoever adds up windows keeps one paper an identifier.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        for moment in (self.start, self.end):
            if moment.utcoffset() != timedelta(0) or moment.second or moment.microsecond:
                raise ValueError(f"{moment} is not a whole minute in UTC")
        if self.start >= self.end:
            raise ValueError(f"the window ends at {self.end}, before it has begun at {self.start}")

    @staticmethod
    def of(month: Month) -> "Window":
        """Return the window of a month: from its first minute to the first one of the next month."""
        return Window(_midnight(month.first_day), _midnight(month.last_day + timedelta(days=1)))

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%d %H:%M} to {self.end:%Y-%m-%d %H:%M} UTC"

    def holds(self, moment: datetime) -> bool:
        """Tell whether the server's answer to this window can hold a paper of this time.

        To its last minute, whether that is read as its first second or as all of it: the neighbour has it as well.
        """
        return self.start <= moment < self.end + _MINUTE

    def owns(self, moment: datetime) -> bool:
        """Tell whether a time belongs to this window and to no neighbour of it."""
        return self.start <= moment < self.end

    @property
    def splittable(self) -> bool:
        """Whether the window has two minutes or more."""
        return self.end - self.start > _MINUTE

    def halves(self) -> tuple["Window", "Window"]:
        """Return the two windows that share a minute in the middle; ValueError where there is no minute between."""
        if not self.splittable:
            raise ValueError(f"the window {self} cannot be split")
        middle = self.start + (self.end - self.start) // _MINUTE // 2 * _MINUTE
        return Window(self.start, middle), Window(middle, self.end)

    def parts(self, count: int) -> Iterator["Window"]:
        """Yield `count` windows, or as many as there are minutes, that cover this one without a hole."""
        minutes = (self.end - self.start) // _MINUTE
        count = max(1, min(count, minutes))
        edges = [self.start + minutes * place // count * _MINUTE for place in range(count + 1)]
        for start, end in pairwise(edges):
            yield Window(start, end)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


@dataclass(frozen=True, slots=True)
class Unread:
    """A record of a page that could not be taken: it counts as received, and somebody should look at it."""

    arxiv_id: str
    """As far as it could be read."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Asked]):
    """One answer of a source that passed its checks."""

    papers: tuple[Paper, ...]
    unread: tuple[Unread, ...] = ()
    deleted: tuple[str, ...] = ()
    """Identifiers of records the source marks as deleted; arXiv has shown none so far."""
    total: int | None
    """How many records the source says the whole window has; None: it does not say."""
    following: Asked | None
    """What to ask for next; None: this was the last page."""
    as_of: datetime
    """The source's own time of this answer, UTC; behind a cache it can be days old."""

    @property
    def identifiers(self) -> tuple[str, ...]:
        """The identifier of every record of the page, in its order, the unread ones last."""
        return (*(paper.arxiv_id for paper in self.papers), *(record.arxiv_id for record in self.unread))


class Source(Protocol[Asked]):
    """Where papers come from: what to send for a question, and what the bytes that come back mean. No sockets."""

    @property
    def name(self) -> str:
        """The name in the ledger: `api` or `oai`."""

    @property
    def url(self) -> str:
        """The address that is asked."""

    def parameters(self, asked: Asked) -> Mapping[str, str]:
        """Return the parameters of the request."""

    def parse(self, body: bytes, asked: Asked) -> Page[Asked]:
        """Return the page; a fault of `llmsurvey.sources.faults` where the answer is not what was asked for."""


@dataclass(slots=True)
class Walk(Generic[Asked]):
    """What is known of a window while its pages come in, so that no page is taken that does not fit the others."""

    known: int = 0
    """Papers of this window that were found before, by any source: a zero is doubted where there were some."""
    total: int | None = None
    """What the first page said; from the ledger where a walk goes on after an interruption."""
    seen: set[str] = field(default_factory=set)
    """Identifiers received so far; from the ledger too."""
    zeros: int = 0
    """How often the answer was that there is nothing."""

    def take(self, page: Page[Asked]) -> None:
        """Add a page.

        Raises `FalseZero`, `ShrinkingTotal`, `GrowingTotal` or `RepeatedPage`; the walk is then as it was before. A
        total that has moved means that the window must be walked from its start: the offsets are no longer true.
        """
        received = page.identifiers
        if not received and not page.deleted and page.following is None and not self.seen:
            self._doubt()
        if self.total is not None and page.total is not None and page.total != self.total:
            raise (ShrinkingTotal if page.total < self.total else GrowingTotal)(self.total, page.total)
        if page.total is not None and (again := self.seen.intersection(received)):
            raise RepeatedPage(f"{len(again)} of {len(received)} records came with an earlier page")
        self.total = page.total if self.total is None else self.total
        self.seen.update(received)

    def _doubt(self) -> None:
        """Take nothing for an answer only where nothing is known to the contrary, and when it was said again."""
        self.zeros += 1
        if self.known:
            raise FalseZero(f"the answer has no paper, though {self.known:,} are known of its window")
        if self.zeros < SURE_ZEROS:
            raise FalseZero("the answer has no paper")

    @property
    def complete(self) -> bool:
        """Whether as many distinct records came in as the source said there are; True where it does not say."""
        return self.total is None or len(self.seen) == self.total
