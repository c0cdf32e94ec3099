"""The stand-in without its sockets: which service answers a request, what the network in front of it remembers."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Final

from tests.standin import api, oai
from tests.standin.corpus import Corpus
from tests.standin.exchange import HTML, Answer, Request, Service

REQUEST_LINE_LIMIT: Final = 4_094
"""Bytes of the request line that arXiv's web server still reads."""
_MOVED = {
    "/oai2": "/secure/oai2",
    "/secure/oai2": "/oai",
    "/plain/api/query": "/api/query",
}
"""Old and insecure addresses: `/oai2` goes to `/oai` in two steps, `/plain/…` stands for http:// without s."""

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)


class Site:
    """Both services over one corpus, at a time that the clock tells."""

    def __init__(self, corpus: Corpus, clock: Clock = system_clock, sizes: oai.Sizes | None = None) -> None:
        self.corpus = corpus
        self.clock = clock
        self.sizes = sizes or oai.Sizes()
        self.leaving = threading.Event()
        """Set when the stand-in closes: whoever waits, stops waiting."""
        self.stall_seconds = 0.0
        """How long the next request waits; a 429 sets it."""
        self.last_list: Answer | None = None
        """The last list page of OAI-PMH, for the fault that sends it again."""
        self._errors: dict[str, tuple[date, Answer]] = {}

    def taken_stall(self) -> float:
        """Return how long this request waits because of the one before it."""
        seconds, self.stall_seconds = self.stall_seconds, 0.0
        return seconds

    def answer(self, request: Request) -> Answer:
        """Answer a request honestly."""
        path = request.path.rstrip("/")
        if _MOVED.get(path):
            return moved(_MOVED[path], request)
        if request.service is Service.API:
            return api.answer(request, self.corpus, self.clock())
        if request.service is Service.OAI:
            return self._oai(request)
        return Answer(b"<html><body><h1>404 Not Found</h1></body></html>\n", 404, HTML, outcome="404")

    def _oai(self, request: Request) -> Answer:
        """Answer from the network's memory where it has an error for the same query: errors stick until midnight."""
        now = self.clock()
        known = self._errors.get(request.query)
        if known and known[0] == now.date():
            return known[1]
        answer = oai.answer(request, self.corpus, now, self.sizes)
        if answer.outcome != "ok":
            self.stick(request, answer)
        elif request.get("verb").startswith("ListRecords"):
            self.last_list = answer
        return answer

    def stick(self, request: Request, answer: Answer) -> None:
        """Remember an error for this query until midnight in UTC."""
        self._errors[request.query] = (self.clock().date(), answer)

    def no_records(self) -> Answer:
        """Return the answer of an empty OAI list."""
        return oai.error_answer(oai.ProtocolError("noRecordsMatch"), self.clock())


def moved(path: str, request: Request) -> Answer:
    """Send a client elsewhere, with an empty body as arXiv does it."""
    location = f"{path}?{request.query}" if request.query else path
    return Answer(b"", 301, HTML, (("Location", location),), outcome="301")


def service_of(path: str) -> Service:
    """Return which service a path belongs to, old addresses included."""
    path = path.rstrip("/")
    if path.endswith("/api/query"):
        return Service.API
    return Service.OAI if path.endswith(("/oai", "/oai2")) else Service.OTHER


def too_long(length: int) -> Answer:
    """Refuse a request line of so many bytes, as arXiv's web server does: in HTML."""
    text = f"Request Line is too large ({length} &gt; {REQUEST_LINE_LIMIT})"
    body = f"<html><head><title>Bad Request</title></head><body><h1>Bad Request</h1>{text}</body></html>\n"
    return Answer(body.encode(), 400, HTML, outcome="400 request line")
