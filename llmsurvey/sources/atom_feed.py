"""The API's Atom feed: bytes in, papers out, an error entry as the fault it is. Pure.

It reads the feeds of today and those from before 2025-11, which wrap their texts and order their elements otherwise.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree

from llmsurvey.paper import Paper, folded, identifies
from llmsurvey.sources.arxiv_snapshot import UNKNOWN_CATEGORY
from llmsurvey.sources.base import Unread
from llmsurvey.sources.faults import BadXml, ErrorEntry
from llmsurvey.sources.feed_xml import root
from llmsurvey.sources.withdrawal import is_withdrawn

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
_ENTRY = f"{_ATOM}entry"
_CATEGORIES = (f"{_ARXIV}primary_category", f"{_ATOM}category")
_ABS = re.compile(r"https?://arxiv\.org/abs/(?P<id>.+?)v(?P<version>[1-9][0-9]{0,4})")
_ERRORS = re.compile(r"https?://arxiv\.org/api/errors\b")


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed as it came; whether it answers the question that was put, its reader must check."""

    title: str
    """Echoes the query as the service understood it."""
    updated: datetime
    """When the service made the answer."""
    total: int
    start: int
    papers: tuple[Paper, ...]
    unread: tuple[Unread, ...]


def read_feed(body: bytes) -> Feed:
    """Read a feed.

    Raises `BlankBody`, `TruncatedXml`, `BadXml`, `ForbiddenXml`, `RateLimited` where the bytes are no feed, and
    `ErrorEntry` where the feed is an error.
    """
    feed = root(body, f"{_ATOM}feed")
    entries = feed.findall(_ENTRY)
    for entry in entries:
        _refuse_errors(entry)
    papers: list[Paper] = []
    unread: list[Unread] = []
    for entry in entries:
        try:
            papers.append(_paper(entry))
        except ValueError as error:
            unread.append(Unread(folded(entry.findtext(f"{_ATOM}id") or "")[:80], str(error)))
    return Feed(
        title=feed.findtext(f"{_ATOM}title") or "",
        updated=_updated(feed),
        total=_number(feed, "totalResults"),
        start=_number(feed, "startIndex"),
        papers=tuple(papers),
        unread=tuple(unread),
    )


def _refuse_errors(entry: etree._Element) -> None:
    """Raise what an error entry says; its id tells it. Where the request was wrong, the status tells that before."""
    if not _ERRORS.match((entry.findtext(f"{_ATOM}id") or "").strip()):
        return
    said = folded(entry.findtext(f"{_ATOM}summary") or "no reason")
    raise ErrorEntry(f"arXiv answers with an error entry: {said}")


def _updated(feed: etree._Element) -> datetime:
    try:
        return _moment(feed.findtext(f"{_ATOM}updated"))
    except ValueError as error:
        raise BadXml(f"the feed does not say when it was made: {error}") from error


def _number(feed: etree._Element, name: str) -> int:
    text = (feed.findtext(f"{_SEARCH}{name}") or "").strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 12):  # noqa: PLR2004 - no total has as many digits
        raise BadXml(f"the feed's {name} is {text[:40]!r}, not a number")
    return int(text)


def _paper(entry: etree._Element) -> Paper:
    """Read one entry in a single pass; ValueError says what is wrong with it."""
    texts: dict[str, str] = {}
    authors: list[str] = []
    terms: dict[str, list[str]] = {name: [] for name in _CATEGORIES}
    for element in entry:
        tag = str(element.tag)
        if tag in terms:
            terms[tag].append(element.get("term") or "")
        elif tag == f"{_ATOM}author":
            authors.append(folded(element.findtext(f"{_ATOM}name") or ""))
        elif element.text:
            texts.setdefault(tag, element.text)
    arxiv_id, version = _identifier(texts.get(f"{_ATOM}id", ""))
    title, abstract = (folded(texts.get(f"{_ATOM}{name}", "")) for name in ("title", "summary"))
    if not title:
        raise ValueError("no title")
    submitted = _moment(texts.get(f"{_ATOM}published"))
    comment, journal_ref, doi = (
        folded(texts.get(f"{_ARXIV}{name}", "")) or None for name in ("comment", "journal_ref", "doi")
    )
    categories = dict.fromkeys(term for name in _CATEGORIES for term in terms[name] if term)
    return Paper(
        arxiv_id=arxiv_id,
        title=title,
        abstract=abstract,
        authors=tuple(name for name in authors if name),
        categories=tuple(categories) or (UNKNOWN_CATEGORY,),
        submitted=submitted,
        updated=max(submitted, _moment(texts.get(f"{_ATOM}updated"))),
        versions=version,
        comment=comment,
        journal_ref=journal_ref,
        doi=doi,
        withdrawn=is_withdrawn(comment, abstract),
    )


def _identifier(text: str) -> tuple[str, int]:
    address = _ABS.fullmatch(text.strip())
    if not address or not identifies(address["id"]):
        raise ValueError(f"{text[:60]!r} names no paper")
    return address["id"], int(address["version"])


def _moment(text: str | None) -> datetime:
    moment = datetime.fromisoformat((text or "").strip())
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} knows no time zone")
    return moment.astimezone(UTC)
