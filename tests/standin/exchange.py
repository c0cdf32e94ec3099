"""What passes between a client and the stand-in: a request, an answer, and how the answer's bytes are handed over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from urllib.parse import parse_qs

ATOM = "application/atom+xml; charset=utf-8"
OAI_XML = "text/xml"
"""Without a charset, as arXiv's OAI server says it: whoever trusts the header reads Latin-1."""
HTML = "text/html; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"


class Service(StrEnum):
    """Which of arXiv's services a path belongs to."""

    API = "api"
    OAI = "oai"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came in."""

    service: Service
    number: int
    """Counted over all services of this stand-in, from 1."""
    path: str
    query: str
    """The parameters as sent, still encoded: of the address, or of the form."""
    received: datetime
    """By the stand-in's clock."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""

    @property
    def parameters(self) -> dict[str, list[str]]:
        """The decoded parameters; each may stand more than once."""
        return parse_qs(self.query, keep_blank_values=True)

    def get(self, name: str, default: str = "") -> str:
        """Return the first value of a parameter."""
        return self.parameters.get(name, [default])[0]


class Delivery(StrEnum):
    """How the bytes of an answer go out."""

    WHOLE = "whole"
    DROPPED = "dropped"
    """The connection closes after the first half of the promised bytes, or before any byte where there is no body."""
    DRIPPED = "dripped"
    """A few bytes at a time, spread over `seconds`."""
    ENDLESS = "endless"
    """The body is repeated in chunks until the client leaves."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, and what to do before and while it is sent."""

    body: bytes = b""
    status: int = 200
    content_type: str = ATOM
    headers: tuple[tuple[str, str], ...] = ()
    outcome: str = "ok"
    """`ok`, the name of an error as the service has it, or the name of a fault."""
    wait_seconds: float = 0.0
    """Time that passes before the first byte."""
    delivery: Delivery = Delivery.WHOLE
    seconds: float = 0.0
    """For a dripped body: how long it takes."""
