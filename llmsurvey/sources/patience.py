"""How often a fault is met with another try, after how long, and what it means when it stays. Pure.

The silence after a `HostBusy` is not here: the host's clock keeps it, for every program of this machine.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from llmsurvey.errors import Gap, SurveyError, Unreachable
from llmsurvey.sources import faults
from llmsurvey.sources.faults import Fault


class Lasting(Gap):
    """A fault stayed through all tries: the request is a gap, and the rest goes on."""

    def __init__(self, fault: Fault, attempts: int) -> None:
        super().__init__(f"{fault.message} ({_tries(attempts)})", hint=fault.hint)
        self.fault, self.attempts = fault, attempts


class NoAnswer(Unreachable):
    """arXiv could not be reached through all tries: to ask for anything else would end the same."""

    def __init__(self, fault: Fault, attempts: int) -> None:
        super().__init__(f"{fault.message} ({_tries(attempts)})", hint=fault.hint)
        self.fault, self.attempts = fault, attempts


def _tries(attempts: int) -> str:
    return "asked once" if attempts == 1 else f"asked {attempts} times"


@dataclass(frozen=True, slots=True)
class Patience:
    """How one kind of fault is borne."""

    attempts: int
    """Requests in all, the first one among them."""
    wait: float
    """Seconds before the second request, doubled before each further one."""
    ends: type[Lasting | NoAnswer] = Lasting

    def pause(self, attempt: int) -> float | None:
        """Return the seconds to wait behind the given attempt, counted from 1; None: it was the last one."""
        return self.wait * 2.0 ** (attempt - 1) if attempt < self.attempts else None


PATIENCE: Mapping[type[Fault], Patience] = MappingProxyType(
    {
        Fault: Patience(4, 5),
        # Without a network there is much else to do, so it is noticed soon.
        faults.NameFailure: Patience(2, 2, NoAnswer),
        faults.NoConnection: Patience(3, 5, NoAnswer),
        faults.ProxyFailure: Patience(2, 5, NoAnswer),
        faults.CaptivePortal: Patience(2, 5, NoAnswer),
        # One stray answer of the network before arXiv is not yet a wrong address.
        faults.WrongHost: Patience(2, 5, NoAnswer),
        faults.WrongAddress: Patience(2, 5, NoAnswer),
        # Some minutes of silence each: 1, 2, 4, 8, 10, 10 of them by default. Refusals were seen to last an hour.
        faults.HostBusy: Patience(7, 0, NoAnswer),
        # A 500 can be the query's own, and then never passes.
        faults.ServerError: Patience(3, 10),
        # The network before OAI-PMH repeats an error until midnight: much patience gains nothing.
        faults.FalseZero: Patience(2, 10),
        faults.BodyTooLarge: Patience(2, 10),
        faults.ForbiddenXml: Patience(2, 10),
    }
)
"""By fault; one that is not named is borne as its nearest base class is."""


def patience(fault: Fault, table: Mapping[type[Fault], Patience] = PATIENCE) -> Patience:
    """Return how a fault is borne."""
    return next(table[kind] for kind in type(fault).__mro__ if kind in table)


def ended(fault: Fault, attempts: int, table: Mapping[type[Fault], Patience] = PATIENCE) -> SurveyError:
    """Return what a fault becomes that stayed."""
    return patience(fault, table).ends(fault, attempts)
