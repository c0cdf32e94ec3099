"""arXiv's export API: parameters in, feed out, with its limits and its errors. No sockets."""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from llmsurvey.paper import is_arxiv_id
from tests.standin.atom import ERRORS, Page, error_feed, feed
from tests.standin.corpus import Corpus
from tests.standin.exchange import HTML, Answer, Request
from tests.standin.grammar import BadQuery, Node, parsed
from tests.standin.matching import EngineError, found
from tests.standin.rewriting import adapted

WALL = 10_000
"""`start` and `max_results` may not add up to more."""
_CHOKES_AT = 10_000
"""So many entries in one page and the service times out."""
_MANUAL = "https://arxiv.org/help/api/user-manual#sort"
_SORTS = ("relevance", "lastUpdatedDate", "submittedDate")
_ORDERS = ("ascending", "descending")
_INTERNAL = (
    "The server encountered an internal error and was unable to complete your request. "
    "Either the server is overloaded or there is an error in the application."
)
_VERSIONED = re.compile(r"(.+?)(?:v(\d+))?")


class Refused(Exception):  # noqa: N818 - named by what happened
    """A request the API answers with an error entry."""

    def __init__(self, message: str, *, link: str = ERRORS, status: int = 400) -> None:
        super().__init__(message)
        self.message, self.link, self.status = message, link, status


@dataclass(frozen=True, slots=True)
class Asked:
    """A request after its parameters were checked."""

    adapted: str
    node: Node | None
    ids: tuple[tuple[str, int | None], ...]
    id_list: str
    start: int
    max_results: int
    sort_by: str
    ascending: bool


def answer(request: Request, corpus: Corpus, now: datetime, *, skipped_by: int = 0) -> Answer:
    """Answer a request; `skipped_by` shifts the entries, and only them, for the fault of a repeated page."""
    try:
        asked = checked(request)
        with corpus.lock:
            hits = _hits(asked, corpus)
            first = max(0, asked.start + skipped_by)
            entries = [(corpus.records[number], version) for number, version in hits[first : first + asked.max_results]]
        nested = "" if asked.node is None else str(asked.node)
    except (EngineError, RecursionError):  # a query nested too deep breaks the real parser as well
        return refusal(Refused(_INTERNAL, status=500), now)
    except Refused as refused:
        return refusal(refused, now)
    if asked.max_results >= _CHOKES_AT:
        return first_byte_timeout()
    page = Page(asked.adapted, nested, asked.id_list, asked.start, asked.max_results, len(hits), entries)
    return Answer(feed(page, now))


def refusal(refused: Refused, now: datetime) -> Answer:
    """Answer with an error entry."""
    slug = refused.link.removeprefix(ERRORS).lstrip("#") or refused.message.split(":")[0]
    return Answer(error_feed(refused.message, now, refused.link), refused.status, outcome=f"{refused.status} {slug}")


def internal_error(now: datetime) -> Answer:
    """Answer as the service does when something broke inside it."""
    return refusal(Refused(_INTERNAL, status=500), now)


def first_byte_timeout() -> Answer:
    """Answer as the network before the service does when that took too long."""
    body = b"<html><head><title>503 first byte timeout</title></head><body>first byte timeout</body></html>"
    return Answer(body, 503, HTML, (("Retry-After", "0"),), outcome="503 first byte timeout")


def checked(request: Request) -> Asked:
    """Check the parameters in the service's own order; the first fault is the answer."""
    parameters = {name: values[0] for name, values in request.parameters.items()}
    ids = _ids(parameters.get("id_list", ""))
    max_results = _count(parameters, "max_results", 10)
    start = _count(parameters, "start", 0)
    sort_by = _one_of(parameters, "sortBy", _SORTS, "relevance")
    order = _one_of(parameters, "sortOrder", _ORDERS, "descending")
    sent = parameters.get("search_query", "")
    query = sent if parameters.get("raw") == "1" else adapted(sent)
    if not query and not ids:
        raise Refused("Either a search_query or id_list must be specified for the classic API.")
    try:
        node = parsed(query) if query else None
    except BadQuery as bad:
        raise Refused(str(bad)) from bad
    if max_results == 0 or start + max_results > WALL:
        raise EngineError("division by zero" if max_results == 0 else "outside the allowed range")
    id_list = parameters.get("id_list", "")
    return Asked(query, node, ids, id_list, start, max_results, sort_by, ascending=order == "ascending")


def _ids(id_list: str) -> tuple[tuple[str, int | None], ...]:
    ids = []
    for name in id_list.split(",") if id_list else ():
        parts = _VERSIONED.fullmatch(name)
        if not parts or not is_arxiv_id(parts[1]):
            raise Refused(f"incorrect id format for {name}", link=f"{ERRORS}#incorrect_id_format_for_{name}")
        ids.append((parts[1], int(parts[2]) if parts[2] else None))
    return tuple(ids)


def _count(parameters: Mapping[str, str], name: str, default: int) -> int:
    try:
        number = int(parameters.get(name, default))
    except ValueError as bad:
        raise Refused(f"{name} must be an integer", link=f"{ERRORS}#{name}_must_be_an_integer") from bad
    if number < 0:
        raise Refused(f"{name} must be non-negative", link=f"{ERRORS}#{name}_must_be_non-negative")
    return number


def _one_of(parameters: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str) -> str:
    value = parameters.get(name, default)
    if value not in allowed:
        raise Refused(f"{name} must be in: {', '.join(allowed)}", link=_MANUAL)
    return value


def _hits(asked: Asked, corpus: Corpus) -> list[tuple[int, int]]:
    """Return paper numbers with versions, in the order asked for; what does not exist is not there."""
    if asked.ids:
        hits = _by_id(asked, corpus)
    else:
        numbers = found(asked.node, corpus) if asked.node is not None else set()
        hits = [(number, len(corpus.records[number].versions)) for number in numbers]

    def rank(hit: tuple[int, int]) -> tuple[float, int]:
        record = corpus.records[hit[0]]
        mark = zlib.crc32(record.arxiv_id.encode())
        if asked.sort_by == "relevance":
            return mark, hit[1]
        moment = record.submitted if asked.sort_by == "submittedDate" else record.versions[hit[1] - 1].created
        return moment.timestamp(), mark

    return sorted(hits, key=rank, reverse=not asked.ascending)


def _by_id(asked: Asked, corpus: Corpus) -> list[tuple[int, int]]:
    hits = set()
    for arxiv_id, version in asked.ids:
        number = corpus.numbers.get(arxiv_id)
        if number is not None:
            latest = len(corpus.records[number].versions)
            if version is None or 1 <= version <= latest:
                hits.add((number, version or latest))
    if asked.node is not None:
        kept = found(asked.node, corpus, {number for number, _ in hits})
        hits = {hit for hit in hits if hit[0] in kept}
    return list(hits)
