"""The one place that opens a socket: paced, patient with nobody, and sure of whom it talks to.

It sends one request and returns the bytes or raises a fault by its name; whether to ask again is `asking`'s affair.
"""

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Final, Self
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import (
    DecodeError,
    HTTPError,
    LocationParseError,
    NameResolutionError,
    NewConnectionError,
    ReadTimeoutError,
)
from urllib3.exceptions import SSLError as Urllib3SslError

from llmsurvey import __version__
from llmsurvey.config import Pace, Settings
from llmsurvey.config.settings import is_loopback
from llmsurvey.errors import SurveyError
from llmsurvey.paper import folded
from llmsurvey.sources.answer import Answer, checked, redirected
from llmsurvey.sources.faults import (
    BadXml,
    BodyTooLarge,
    Dropped,
    HostBusy,
    NameFailure,
    NoConnection,
    ProxyFailure,
    Stalled,
    TlsFailure,
    WrongAddress,
)
from llmsurvey.sources.host_clock import HostClock, Machine, state_folder

_MOST_REDIRECTS: Final = 4
"""arXiv's own chain (/oai2, /secure/oai2, /oai, https) has three."""
_CHUNK: Final = 1 << 16
_LONGEST_REASON: Final = 200


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost."""

    connect: float = 20.0
    """Seconds until a connection stands."""
    read: float = 90.0
    """Seconds without a byte. A connection after a 429 was seen to stall for 45."""
    whole: float = 300.0
    """Seconds for the whole answer, however steadily it drips."""
    body: int = 64 << 20
    """Bytes of the unpacked body; a full page of any service has less than five million."""


class Transport:
    """Requests to arXiv, or to a loopback host, at the pace of `settings`; a context manager that ends in `close`.

    `folder` holds the clock that all programs of this user share (`state_folder()` by default). `waiting` is told
    the seconds before a wait that a person might wonder about.
    """

    def __init__(
        self,
        settings: Settings,
        folder: Path | None = None,
        *,
        limits: Limits | None = None,
        machine: Machine | None = None,
        waiting: Callable[[str, float], None] | None = None,
    ) -> None:
        self.settings = settings
        self.limits = limits or Limits()
        self.sent = 0
        """Requests of this transport so far."""
        self._folder = folder
        self._machine = machine or Machine()
        self._waiting = waiting
        self._session = _session(settings)
        self._clocks: dict[str, HostClock] = {}
        self._moved: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connection."""
        self._session.close()

    def fetch(self, url: str, parameters: Mapping[str, str]) -> bytes:
        """Send one GET request when it is due, and return the body.

        Redirects within the host are followed, each at the same pace, and remembered. Raises the faults of the way
        and of the host (`llmsurvey.sources.faults`), `BudgetSpent`, `LockHeld`, `CannotWrite`, and `BadUsage` where
        the settings are too fast for the host.
        """
        pace = self.settings.pace(url)
        clock = self.clock(url)
        address = self._moved.get(url, url)
        for _ in range(_MOST_REDIRECTS + 1):
            answer = self._paced(address, parameters, clock, pace)
            if not answer.is_redirect:
                return answer.body
            address = redirected(answer)
            if answer.status in {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}:
                self._moved[url] = address
        raise WrongAddress(f"{url} leads in a circle")

    def clock(self, url: str) -> HostClock:
        """Return the shared clock of a URL's host; all of arXiv is one host, as its terms of use count."""
        host = clock_name(url)
        if host not in self._clocks:
            self._folder = self._folder or state_folder()
            self._clocks[host] = HostClock(self._folder, host, self._machine)
        return self._clocks[host]

    def _paced(self, address: str, parameters: Mapping[str, str], clock: HostClock, pace: Pace) -> Answer:
        """Send when it is due, and let the host rest where its answer wants that."""
        wait = clock.remaining(pace)
        if self._waiting and wait > pace.delay:
            self._waiting(clock.host, wait)
        with clock.turn(pace, self.settings.daily_requests):
            try:
                answer = self._sent(address, parameters, clock)
                if not answer.is_redirect:
                    checked(answer, self._now())
            except HostBusy as busy:
                clock.refused(pace, busy.retry_after)
                raise
            clock.satisfied()
            return answer

    def _sent(self, address: str, parameters: Mapping[str, str], clock: HostClock) -> Answer:
        self.sent += 1
        local = is_loopback(address)
        host = urlsplit(address).hostname or address
        began = self._machine.steady()
        try:
            with closing(
                self._session.get(
                    address,
                    params=dict(parameters),
                    headers=self._secret(address),
                    timeout=(self.limits.connect, self.limits.read),
                    allow_redirects=False,
                    stream=True,
                    # A proxy of the environment is for the world outside.
                    proxies={"http": "", "https": "", "all": ""} if local else None,
                )
            ) as response:
                clock.answered()
                headers = {name.lower(): value for name, value in response.headers.items()}
                return Answer(address, response.status_code, headers, self._body(response, host, began))
        except (requests.RequestException, HTTPError, OSError, UnicodeError) as error:
            raise named(error, host) from error

    def _body(self, response: requests.Response, host: str, began: float) -> bytes:
        """Read the body as it comes, so that neither a drip nor a flood outlasts its limit."""
        body = bytearray()
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            body += chunk
            if len(body) > self.limits.body:
                raise BodyTooLarge(f"{host} sent more than {self.limits.body:,} bytes")
            if self._machine.steady() - began > self.limits.whole:
                raise Stalled(f"{host} had not sent its answer within {self.limits.whole:g} seconds")
        return bytes(body)

    def _secret(self, address: str) -> dict[str, str]:
        """Return the header with the API key, which never goes out in the clear."""
        safe = is_loopback(address) or urlsplit(address).scheme == "https"
        return {"Authorization": f"Bearer {self.settings.api_key}"} if self.settings.api_key and safe else {}

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._machine.now(), UTC)


def user_agent(contact: str | None) -> str:
    """Return who we say we are; where nobody gave a contact, that is what it says."""
    return f"llmsurvey/{__version__} ({f'+{contact}' if contact else 'no contact given'})"


def clock_name(url: str) -> str:
    """Return whose clock a URL is asked by: all of arXiv's hosts share one, a loopback host has one a port."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host == "arxiv.org" or host.endswith(".arxiv.org"):
        return "arxiv.org"
    return f"{host}:{parts.port}" if is_loopback(url) else host


def _session(settings: Settings) -> requests.Session:
    """Return a session of one connection a host that retries nothing and takes no password from elsewhere."""
    session = requests.Session()
    session.headers["User-Agent"] = user_agent(settings.contact)
    session.headers["Accept"] = "application/atom+xml, text/xml, application/xml"
    session.auth = lambda request: request  # a .netrc would put its own Authorization there
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(pool_connections=2, pool_maxsize=1, max_retries=0))
    return session


def named(error: Exception, host: str) -> SurveyError:
    """Return the fault that an exception of the network libraries stands for."""
    chain = list(_causes(error))
    words = f": {_reason(chain)}"
    for kinds, fault, text in _NAMES:
        if any(isinstance(cause, kinds) for cause in chain):
            return fault(text.format(host=host) + words)
    if "TLS" in str(error):  # how requests says that the file of certificates is missing
        return TlsFailure(f"{host} cannot be asked over TLS{words}")
    return Dropped(f"the connection to {host} ended before the answer did{words}")


_NAMES: tuple[tuple[tuple[type[BaseException], ...], Callable[[str], SurveyError], str], ...] = (
    (
        (requests.exceptions.ProxyError, requests.exceptions.InvalidSchema),
        ProxyFailure,
        "the way to {host} by a proxy failed",
    ),
    ((ssl.SSLEOFError, ssl.SSLZeroReturnError), Dropped, "the connection to {host} ended while it was being made"),
    (
        (requests.exceptions.SSLError, ssl.SSLError, Urllib3SslError),
        TlsFailure,
        "{host} cannot prove that it is {host}",
    ),
    (
        (NameResolutionError, LocationParseError, UnicodeError, requests.exceptions.InvalidURL),
        NameFailure,
        "{host} has no address",
    ),
    ((requests.ReadTimeout, ReadTimeoutError), Stalled, "{host} sent nothing for a long time"),
    ((requests.ConnectTimeout, NewConnectionError), NoConnection, "{host} takes no connection"),
    ((DecodeError,), BadXml, "{host} sent a packed answer that is damaged"),
)
"""What the libraries raise, from the surest sign to the weakest: a proxy's refusal holds a connection's inside."""


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and all that it was made of; the libraries hide the true cause in several places."""
    seen: set[int] = set()
    left: list[object] = [error]
    while left:
        cause = left.pop(0)
        if isinstance(cause, BaseException) and id(cause) not in seen:
            seen.add(id(cause))
            yield cause
            left += [cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args]


def _reason(chain: list[BaseException]) -> str:
    """Return the innermost cause in words, in one line."""
    said = [cause.strerror or str(cause) if isinstance(cause, OSError) else str(cause) for cause in chain]
    return folded(next((text for text in reversed(said) if text), type(chain[0]).__name__))[:_LONGEST_REASON]
