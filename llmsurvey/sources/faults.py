"""What can go wrong between arXiv and this program: each fault has a name, and says thing, place and next step.

The base class says what the caller does (see `errors`): a `Retry` is asked again as often as `patience` allows, a `Gap`
is recorded and the rest goes on, a `Stop` ends the command. Most were observed; the comments say where they come from.
"""

from llmsurvey.errors import BadUsage, Gap, Retry, Unreachable

_LATER = "it is asked again; what stays missing is on the ledger, and `llmsurvey gaps` shows it"


class Fault(Retry):
    """A fault that may pass: of arXiv, or of the way to it."""

    next_step = _LATER

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message, hint=hint or self.next_step)


# The way to arXiv.


class NameFailure(Fault):
    """The host's name has no address: no network, or a slip in the address."""

    next_step = "look at the network connection, and at the addresses in `llmsurvey config show`"


class ProxyFailure(Fault):
    """The proxy between did not answer, or refused."""

    next_step = "look at HTTPS_PROXY and NO_PROXY in the environment"


class NoConnection(Fault):
    """The host has an address, and nothing there takes the connection."""

    next_step = "look at the network connection, and whether arXiv's status page names an outage"


class Dropped(Fault):
    """The connection ended before the answer did."""


class TlsFailure(Unreachable):
    """The certificate does not prove that the host is arXiv; asked again it would be the same."""

    def __init__(self, message: str) -> None:
        super().__init__(message, hint="look at the clock of this machine, and for a proxy that breaks TLS open")


class CaptivePortal(Fault):
    """Something else than arXiv answers: a log-in page of the network, or the address is another service's."""

    next_step = "log in to the network with a browser, or correct the address in `llmsurvey config show`"


class WrongHost(Fault):
    """The answer sends the program to another host, or from https down to http; it does not go there."""

    def __init__(self, origin: str, target: str) -> None:
        super().__init__(
            f"{origin} sends requests on to {target}, which is not followed",
            hint="if arXiv has moved, name its new address in the settings; else log in to the network",
        )


class WrongAddress(Fault):
    """The host is there and does not know the address, or does not let anybody in."""

    next_step = "correct arxiv_api_url or arxiv_oai_url; `llmsurvey config show` has their origin"


# The host as a whole: everything that asks it rests for a while.


class HostBusy(Fault):
    """The host wants silence: all requests of this machine rest, whoever makes them."""

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        """Seconds that the answer asked for; None where it did not."""


class RateLimited(HostBusy):
    """HTTP 429, or its text `Rate exceeded.` under another status."""


class Unavailable(HostBusy):
    """HTTP 502, 503 or 504: the network before arXiv gave up waiting."""


class Stalled(HostBusy):
    """No byte came for a long time, or all of them too slowly."""


class BudgetSpent(Unreachable):
    """All requests of this UTC day are used up."""

    def __init__(self, budget: int, host: str) -> None:
        super().__init__(
            f"the daily budget of {budget:,} requests to {host} is used up",
            hint="run again after midnight UTC, or raise daily_requests",
        )


# One request.


class ServerError(Fault):
    """HTTP 500 or an internal error in an answer: passing, or this query's own; asked a few times, then split."""


class PermanentRefusal(Gap):
    """arXiv says that the request itself is wrong; asked again it would be the same."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message, hint=hint or "the request is recorded as a gap: please report it with this text")


class BodyTooLarge(Fault):
    """The body has no end, or one that lies far beyond any real page."""


class BlankBody(Fault):
    """Nothing came, under status 200."""


class ErrorEntry(ServerError):  # noqa: N818 - named by what stands there
    """The API's error entry in place of papers, under whatever status."""


class TruncatedXml(Fault):
    """The text ends before its last tag."""


class BadXml(Fault):
    """The text ends well and is no XML, or not the kind that was asked for."""


class ForbiddenXml(Fault):
    """The text declares entities or a document type, which arXiv never does: they are not read."""


class EchoDiffers(Fault):
    """arXiv answered another question than the one that was put."""


class ShortPage(Fault):
    """The page holds another number of records than it must."""


class OutsideWindow(Fault):
    """A record lies outside of what was asked for."""


class RepeatedPage(Fault):
    """A page brings what an earlier one brought, or leads back to where it was."""


class WindowTooLarge(Gap):
    """A window has more papers than arXiv hands out for one query: it must be split."""

    def __init__(self, what: str, total: int, wall: int) -> None:
        super().__init__(
            f"{what} has {total:,} papers, and arXiv hands out {wall:,} for one query",
            hint="split the window in halves",
        )
        self.total = total


# One window, over its pages: it is walked from its start.


class WindowFault(Fault):
    """The pages of a window do not fit each other: the window is asked again from its first page."""

    next_step = "the window is asked again from its start"


class FalseZero(WindowFault):
    """Nothing, where something was before."""


class ShrinkingTotal(WindowFault):
    """The total fell between two pages of one window."""

    def __init__(self, before: int, now: int) -> None:
        super().__init__(f"the total fell from {before:,} to {now:,} between two pages")


class GrowingTotal(WindowFault):
    """The total rose between two pages of one window: new papers moved the offsets."""

    def __init__(self, before: int, now: int) -> None:
        super().__init__(f"the total rose from {before:,} to {now:,} between two pages")


class ExpiredToken(WindowFault):
    """arXiv does not take its own resumption token any more: the list goes on from the day in the token."""


class MovedList(WindowFault):
    """Records left the days of a list between two of its pages: the number to skip passes over others now."""

    next_step = "the list is asked again from the day where it stood"


class NoSuchSet(BadUsage):
    """OAI-PMH has no set of this name."""
