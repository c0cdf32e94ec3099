"""arXiv's search API: a question in, its parameters out; the feed's bytes in, a checked page out. Pure, no sockets.

Feeds are read in one pass over lxml's tree and not by the `arxiv` library, which takes an error entry, a blank body and
the text of a refusal for an empty result and skips what it cannot read; the tests hold both readers to the same papers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from llmsurvey.errors import BadUsage
from llmsurvey.paper import folded
from llmsurvey.phrase import Phrase
from llmsurvey.sources.atom_feed import Feed, read_feed
from llmsurvey.sources.base import Page, Window
from llmsurvey.sources.faults import EchoDiffers, OutsideWindow, RepeatedPage, ShortPage, WindowTooLarge

WALL: Final = 10_000
"""`start` and `max_results` may not add up to more: the service answers 500 beyond."""
PAGE: Final = 1_000
"""Papers a page: large enough for most months, small enough for the service not to time out."""
LONGEST_QUERY: Final = 3_900
"""Bytes of the encoded parameters; arXiv's web server refuses request lines beyond 4,094."""

_NO_WORD = re.compile(r"[^\w.'\u2019-]+")
_RANGE = re.compile(r"submittedDate:\[(\d{12}) TO (\d{12})\]")
_CATEGORY = re.compile(r"[a-z-]+(?:\.(?:[A-Za-z-]+|\*))?")
_ECHO = re.compile(
    r"arXiv Query: search_query=(?P<query>.*)&id_list=(?P<ids>.*?)&start=(?P<start>\d+)&max_results=(?P<size>\d+)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Search:
    """A question to the API: papers of a window that match any of the phrases, and a page of them."""

    window: Window
    phrases: tuple[Phrase, ...] = ()
    """Matched in title or abstract, by arXiv's own stems; none: every paper of the window, which is a denominator."""
    category: str | None = None
    """Only papers listed here, cross-listed ones too: `cs.CL`, `cs.*`. A misspelt one has no papers and no error."""
    start: int = 0
    size: int = PAGE

    def __post_init__(self) -> None:
        if self.start < 0 or self.size < 1 or self.start + self.size > WALL:
            raise ValueError(f"a page from {self.start} of {self.size} papers lies beyond {WALL:,}")
        if self.category is not None and not _CATEGORY.fullmatch(self.category):
            raise BadUsage(f"{self.category!r} is not a category of arXiv", hint="write one such as cs.CL or cs.*")
        if (length := len(urlencode(parameters(self)))) > LONGEST_QUERY:
            raise BadUsage(
                f"a query of {len(self.phrases)} phrases has {length:,} bytes, and arXiv reads {LONGEST_QUERY:,}",
                hint="ask for fewer phrases at a time",
            )

    def __str__(self) -> str:
        what = " or ".join(f'"{phrase}"' for phrase in self.phrases) or "all papers"
        return f"{what}{f' in {self.category}' if self.category else ''}, {self.window}"

    @property
    def counting(self) -> "Search":
        """The same question, of which only the total is wanted: one paper, as `max_results=0` is answered with 500."""
        return replace(self, start=0, size=1)

    def following(self, total: int) -> "Search | None":
        """Return the next page's question; None where the window of `total` papers ends with this page."""
        start = self.start + self.size
        return replace(self, start=start, size=min(self.size, WALL - start)) if start < min(total, WALL) else None


def query(search: Search) -> str:
    """Return the search query, parenthesised throughout: arXiv's parser nests to the right, without precedence."""
    terms = [f"submittedDate:[{search.window.start:%Y%m%d%H%M} TO {search.window.end:%Y%m%d%H%M}]"]
    if search.category is not None:
        terms.insert(0, f"cat:{search.category}")
    if search.phrases:
        words = dict.fromkeys(quotable(phrase) for phrase in search.phrases)
        terms.insert(0, "(" + " OR ".join(f'ti:"{text}" OR abs:"{text}"' for text in words) + ")")
    return " AND ".join(terms)


def quotable(phrase: Phrase) -> str:
    """Return a phrase as it can stand between quotes: what arXiv's tokenizer drops, or reads as syntax, is a blank."""
    text = folded(_NO_WORD.sub(" ", phrase.text))
    if not any(sign.isalnum() for sign in text):
        raise BadUsage(f"arXiv cannot be asked for {phrase.text!r}", hint="write letters or digits: language model")
    return text


def parameters(search: Search) -> dict[str, str]:
    """Return the request's parameters; the newest papers first, since ascending order was seen to time out."""
    return {
        "search_query": query(search),
        "start": str(search.start),
        "max_results": str(search.size),
        "sortBy": "submittedDate",
        "sortOrder": "descending",
    }


def parse(body: bytes, search: Search) -> Page[Search]:
    """Return the page that answers a search, after all checks that one page allows.

    Raises the faults of the feed (`read_feed`), and `EchoDiffers`, `ShortPage`, `RepeatedPage`, `OutsideWindow`; and
    `WindowTooLarge` where more than the total was asked for and the window has more papers than arXiv hands out.
    """
    feed = read_feed(body)
    _check_echo(feed, search)
    if feed.total > WALL and search.size > 1:
        raise WindowTooLarge(str(search), feed.total, WALL)
    _check_entries(feed, search)
    return Page(
        papers=feed.papers,
        unread=feed.unread,
        total=feed.total,
        following=search.following(feed.total),
        as_of=feed.updated,
    )


def _check_echo(feed: Feed, search: Search) -> None:
    """Hold what the title says was searched against what was sent: a slip in a query is rewritten, never refused."""
    sent = query(search)
    echo = _ECHO.fullmatch(folded(feed.title))
    if not echo:
        raise EchoDiffers(f"the feed is titled {feed.title[:80]!r} and names no query")
    # The service writes ranges of dates in quotes.
    if echo["query"] not in {folded(_RANGE.sub(r'submittedDate:"\1 TO \2"', sent)), folded(sent)} or echo["ids"]:
        raise EchoDiffers(f"arXiv searched for {echo['query'][:200]!r} instead of {sent[:200]!r}")
    asked, got = (search.start, search.size), (int(echo["start"]), int(echo["size"]))
    if got != asked or feed.start != search.start:
        raise EchoDiffers(f"arXiv answered with the page from {feed.start} ({got}) instead of {asked}")


def _check_entries(feed: Feed, search: Search) -> None:
    """Hold the entries against the page's place in the total, against each other and against the window."""
    received = [paper.arxiv_id for paper in feed.papers] + [record.arxiv_id for record in feed.unread]
    due = max(0, min(search.size, feed.total - search.start))
    if len(received) != due:
        raise ShortPage(f"the page holds {len(received):,} papers where {due:,} of {feed.total:,} must be")
    if len(set(received)) != len(received):
        raise RepeatedPage(f"{len(received) - len(set(received))} papers stand twice on one page")
    strays = [paper for paper in feed.papers if not search.window.holds(paper.submitted)]
    if strays:
        raise OutsideWindow(f"{strays[0].arxiv_id} of {strays[0].submitted} lies outside of {search.window}")


@dataclass(frozen=True, slots=True)
class ArxivApi:
    """The API as a source."""

    url: str
    name: str = "api"

    def parameters(self, asked: Search) -> Mapping[str, str]:
        """Return the parameters of the request."""
        return parameters(asked)

    def parse(self, body: bytes, asked: Search) -> Page[Search]:
        """Return the page that answers a search."""
        return parse(body, asked)
