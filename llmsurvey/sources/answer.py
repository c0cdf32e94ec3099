"""One answer of a host as it came, and what its status and kind say before anybody reads its text. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from llmsurvey.errors import SurveyError
from llmsurvey.paper import folded
from llmsurvey.sources.faults import (
    CaptivePortal,
    Fault,
    HostBusy,
    PermanentRefusal,
    ProxyFailure,
    RateLimited,
    ServerError,
    Unavailable,
    WrongAddress,
    WrongHost,
)

_REDIRECTS = {301, 302, 303, 307, 308}
_BUSY: Mapping[int, type[HostBusy]] = {429: RateLimited, 502: Unavailable, 503: Unavailable, 504: Unavailable}
"""arXiv wants silence, or the network before it gave up waiting; 503 came with `Retry-After: 0`."""
_BETWEEN: Mapping[int, type[Fault]] = {
    **dict.fromkeys((401, 403, 404, 405, 410), WrongAddress),
    407: ProxyFailure,
    511: CaptivePortal,
}
"""The address, or what lies between here and arXiv, is not as it should be; 511 is a network's log-in page."""
_SAID = tuple(
    re.compile(rb"<%s[^>]*>(.*?)</%s>" % (tag, tag), re.IGNORECASE | re.DOTALL) for tag in (b"summary", b"h1", b"title")
)
"""Where an error says what it is, the most telling place first."""
_RATE_EXCEEDED = b"rate exceeded"
_MARKUP = re.compile(r"<[^>]*>")
_LONGEST_QUOTE = 200
_LONGEST_ERROR = 20_000
"""Bytes in which an error is looked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body of one answer."""

    url: str
    """What was asked for, without parameters."""
    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes

    @property
    def is_redirect(self) -> bool:
        """Whether it names another address."""
        return self.status in _REDIRECTS and "location" in self.headers

    def retry_after(self, now: datetime) -> float | None:
        """Return the seconds that the answer asks to wait; None where it does not, or says nothing sensible."""
        text = self.headers.get("retry-after", "").strip()
        if text.isascii() and text.isdecimal():
            return float(text[:9])
        try:
            moment = parsedate_to_datetime(text)
        except (TypeError, ValueError, IndexError, OverflowError):
            return None
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
        return max(0.0, (moment - now).total_seconds())

    def said(self) -> str:
        """Return in a line what an error's text says: its summary, heading or title, or how it begins."""
        start = self.body[:_LONGEST_ERROR]
        found = next(filter(None, (place.search(start) for place in _SAID)), None)
        text = (found[1] if found else start[:1_000]).decode("utf-8", "replace")
        return folded(unescape(_MARKUP.sub(" ", text)))[:_LONGEST_QUOTE]


def checked(answer: Answer, now: datetime) -> bytes:
    """Return the body of an answer that may be read; what it is instead is raised by its name.

    An empty body under 200 passes: what is missing there, only its reader can say.
    """
    if answer.status == HTTPStatus.OK:
        fault: SurveyError | None = _not_arxiv(answer)
    else:
        fault = _refusal(answer, now)
    if fault:
        raise fault
    return answer.body


def _not_arxiv(answer: Answer) -> Fault | None:
    """Return the fault of a 200 whose body is no XML."""
    start = answer.body[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n")[:100].lower()
    if start.startswith(_RATE_EXCEEDED):
        return RateLimited(f"{_place(answer)} answered `Rate exceeded.` under status 200")
    if (start and not start.startswith(b"<")) or start.startswith((b"<!doctype html", b"<html")):
        kind = answer.headers.get("content-type", "an unknown kind")
        return CaptivePortal(f"{_place(answer)} answered with {kind}, not with arXiv's XML: {answer.said()!r}")
    return None


def _refusal(answer: Answer, now: datetime) -> SurveyError:
    """Return the fault of any other status."""
    try:
        phrase = f" {HTTPStatus(answer.status).phrase}"
    except ValueError:
        phrase = ""
    said = answer.said()
    text = f"{_place(answer)} answered {answer.status}{phrase}{f': {said}' if said else ''}"
    if answer.status in _BUSY:
        return _BUSY[answer.status](text, retry_after=answer.retry_after(now))
    if answer.status in _BETWEEN:
        return _BETWEEN[answer.status](text)
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ServerError(text)
    return PermanentRefusal(text) if answer.status >= HTTPStatus.BAD_REQUEST else CaptivePortal(text)


def redirected(answer: Answer) -> str:
    """Return where a redirect leads, without its parameters.

    The same host alone is followed, from http to https or within one of them. A passing redirect elsewhere is a log-in
    page's way (`CaptivePortal`), a lasting one a host that has moved (`WrongHost`).
    """
    target = urljoin(answer.url, answer.headers["location"])
    old, new = urlsplit(answer.url), urlsplit(target)
    upgraded = (old.scheme, new.scheme) == ("http", "https")
    if new.hostname == old.hostname and (upgraded or (new.scheme, new.netloc) == (old.scheme, old.netloc)):
        return f"{new.scheme}://{new.netloc}{new.path}"
    if answer.status in {301, 308} or new.hostname == old.hostname:
        raise WrongHost(_place(answer), f"{new.scheme}://{new.netloc}")
    raise CaptivePortal(f"{_place(answer)} sends requests on to {new.scheme}://{new.netloc}, which is not arXiv")


def _place(answer: Answer) -> str:
    return urlsplit(answer.url).hostname or answer.url
