"""The network stage of the main job: what is missing is fetched, and where arXiv is out of reach that is soon clear."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from llmsurvey.config import NO_CONTACT, Settings
from llmsurvey.errors import Unreachable
from llmsurvey.harvest.intake import system_clock
from llmsurvey.harvest.order import Order, plan_of
from llmsurvey.harvest.runner import Progress, harvest
from llmsurvey.sources.asking import Asker
from llmsurvey.sources.faults import (
    CaptivePortal,
    Fault,
    HostBusy,
    NameFailure,
    NoConnection,
    ProxyFailure,
    TlsFailure,
    WrongAddress,
    WrongHost,
)
from llmsurvey.sources.patience import NoAnswer
from llmsurvey.sources.transport import Limits, Transport
from llmsurvey.store.database import Database

_CONNECTING_SECONDS = 5.0
_REFUSALS = 3
"""Refusals in a row that the main job sits out; `llmsurvey harvest` has more patience."""

_NO_NETWORK = (NameFailure, NoConnection, ProxyFailure, CaptivePortal)
_NOT_REACHED = (*_NO_NETWORK, TlsFailure, WrongHost, WrongAddress)
"""Without arXiv the job is done with what is here; where arXiv was there and gave not all, gaps remain."""

Showing = Callable[[int], AbstractContextManager[Progress]]
"""Opens what shows the progress of so many requests."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the network stage has to say."""

    remarks: tuple[str, ...] = ()
    """In a line each, for a person who watches."""
    gaps: int = 0
    """Windows of which this run could not bring all, though arXiv was there."""
    trouble: str = ""
    """In a line, why arXiv could not be asked for all; empty where it was."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What the network stage needs, but for the database."""

    settings: Settings
    showing: Showing
    waiting: Callable[[str, float], None] | None = None
    """Told the host and the seconds before a long wait."""
    now: Callable[[], datetime] = system_clock

    def __call__(self, database: Database) -> Fetched:
        """Fetch what is missing; arXiv's refusal is told, and ends nothing but this stage."""
        plan = plan_of(database, self.settings, Order(), self.now())
        if not plan.windows:
            return Fetched()
        limits = Limits(connect=_CONNECTING_SECONDS)
        with (
            Transport(self.settings, limits=limits, waiting=self.waiting) as transport,
            self.showing(plan.requests) as progress,
        ):
            asker = Asker(transport, heard=partial(_impatient, transport))
            done = harvest(database, self.settings, plan, asker, progress=progress, now=self.now)
        remarks = ([] if self.settings.contact else [NO_CONTACT]) + ([done.in_words] if done.windows else [])
        remarks += done.doubts
        if done.stopped is None:
            return Fetched(tuple(remarks), len(done.gaps))
        gaps = len(done.gaps) + (0 if _is_away(done.stopped) else done.unasked)
        return Fetched(tuple(remarks), gaps, _unasked(done.stopped, done.unasked))


def _is_away(stopped: Unreachable) -> bool:
    """Tell whether arXiv was not reached at all, as without a network."""
    return isinstance(stopped.fault if isinstance(stopped, NoAnswer) else stopped, _NOT_REACHED)


def _unasked(stopped: Unreachable, windows: int) -> str:
    """Say in a line what could not be brought, and why."""
    reason = " ".join(stopped.message.split())
    left = "1 window was" if windows == 1 else f"{windows:,} windows were"
    return f"arXiv could not be asked: {reason}; {left} not asked for, and the report rests on what the store holds"


def _impatient(transport: Transport, fault: Fault, attempt: int) -> None:
    """End the stage at once where the first request shows that there is no network, and soon where arXiv refuses."""
    unreachable = transport.sent == 1 and isinstance(fault, _NO_NETWORK)
    if unreachable or (isinstance(fault, HostBusy) and attempt >= _REFUSALS):
        raise NoAnswer(fault, attempt)
