"""The run over a plan: window after window, each to its end or to a named gap, until all is asked or arXiv is gone."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from llmsurvey.config import Settings
from llmsurvey.errors import Gap, Unreachable
from llmsurvey.harvest.api_windows import ApiWindows
from llmsurvey.harvest.intake import Intake, in_words, system_clock
from llmsurvey.harvest.oai_lists import OaiLists
from llmsurvey.harvest.plan import Plan, Planned
from llmsurvey.harvest.zero import empty_list, sudden_ends, unlikely_zero
from llmsurvey.sources.arxiv_api import ArxivApi
from llmsurvey.sources.arxiv_oai import ArxivOai
from llmsurvey.sources.asking import Asker
from llmsurvey.sources.faults import FalseZero, WindowFault
from llmsurvey.sources.patience import Lasting, NoAnswer
from llmsurvey.store import ledger
from llmsurvey.store.database import Database
from llmsurvey.store.ledger import Entry
from llmsurvey.store.papers import Upserted

_ILL = 3
"""Windows in a row that arXiv fails on, however often they are asked: then it is arXiv that is ill."""

Progress = Callable[[float], None]
"""Called with the requests answered since it was last called."""


@dataclass(frozen=True, slots=True)
class Harvested:
    """What a run brought."""

    windows: tuple[Entry, ...]
    """The lines of the ledger that it asked for, as they stand now."""
    requests: int
    stored: Upserted
    unasked: int = 0
    """Windows of the plan that were not come to."""
    stopped: Unreachable | None = None
    """Why the run ended early; what was done before is kept."""
    doubts: tuple[str, ...] = ()
    """What was taken for true and is worth a warning, in a line each."""

    @property
    def gaps(self) -> tuple[Entry, ...]:
        """The windows of which something is missing."""
        return tuple(entry for entry in self.windows if not entry.is_whole)

    @property
    def in_words(self) -> str:
        """What the run brought, in one line."""
        if not self.windows and not self.stopped:
            return "Nothing is to be asked: all that can be known is on the ledger."
        whole, stored = len(self.windows) - len(self.gaps), self.stored
        return (
            f"{whole:,} of {len(self.windows) + self.unasked:,} windows complete, {self.requests:,} requests; "
            f"{stored.added:,} papers new, {stored.changed:,} changed, {stored.same:,} as they were"
        )


class Windows(Protocol):
    """How the windows of one source are asked."""

    def walk(self, planned: Planned) -> Entry:
        """Ask for a window until all of it is in; a `Gap` where it cannot be had."""

    def parts(self, planned: Planned, gap: Gap) -> list[Planned] | None:
        """Return what a window is split into because of a fault; None: splitting does not help."""


def harvest(  # noqa: PLR0913 - the two worlds that meet here, and what tests turn
    database: Database,
    settings: Settings,
    plan: Plan,
    asker: Asker,
    *,
    progress: Progress | None = None,
    now: Callable[[], datetime] = system_clock,
) -> Harvested:
    """Ask for every window of a plan. The caller holds the store's lock.

    Raises `Stop` where the store cannot be written, or what was asked for does not exist.
    """
    intake = Intake(database, lambda: asker.transport.sent, now)
    advance = progress or (lambda _requests: None)
    sources: dict[str, Windows] = {
        "api": ApiWindows(ArxivApi(settings.arxiv_api_url), asker, intake, advance),
        "oai": OaiLists(ArxivOai(settings.arxiv_oai_url), asker, intake, advance),
    }
    return _Run(sources, intake, plan.windows).to_the_end(asker)


class _Run:
    """One plan being asked."""

    def __init__(self, sources: dict[str, Windows], intake: Intake, windows: Sequence[Planned]) -> None:
        self._sources, self._intake, self._waiting = sources, intake, deque(windows)
        self._done: list[Entry] = []
        self._doubts: list[str] = []
        self._failures = 0

    def to_the_end(self, asker: Asker) -> Harvested:
        before, stopped = asker.transport.sent, None
        try:
            while self._waiting:
                self._ask(self._waiting[0])
        except Unreachable as unreachable:
            stopped = unreachable
        doubts = self._doubt_zeros()
        self._intake.end()
        sent = asker.transport.sent - before
        return Harvested(tuple(self._done), sent, self._intake.stored, len(self._waiting), stopped, doubts)

    def _ask(self, planned: Planned) -> None:
        source = self._sources[planned.entry.source]
        try:
            done = source.walk(planned)
        except Unreachable as unreachable:
            self._intake.unanswered(planned.entry, in_words(unreachable))
            raise
        except Gap as gap:
            self._waiting.popleft()
            parts = source.parts(planned, gap)
            if parts is None:
                self._record(planned, gap)
            else:
                self._waiting.extendleft(reversed(parts))
        else:
            self._waiting.popleft()
            self._done.append(done)
            self._failures = 0
            if doubt := empty_list(done, planned.papers or 0):
                self._doubts.append(doubt)

    def _doubt_zeros(self) -> tuple[str, ...]:
        """Turn months of which arXiv said, against all odds, that they have nothing into gaps; return lesser doubts."""
        with self._intake.database.reading() as connection:
            known = ledger.entries(connection, ledger.API)
        today = self._intake.now().date()
        for place, entry in enumerate(self._done):
            if doubt := unlikely_zero(entry, known, today):
                self._done[place] = self._intake.gap(entry, in_words(FalseZero(doubt)))
        return (*self._doubts, *sudden_ends(self._done, known, today))

    def _record(self, planned: Planned, gap: Gap) -> None:
        """Put a gap on the ledger; the third one in a row that is arXiv's own ends the run."""
        self._done.append(self._intake.gap(planned.entry, in_words(gap)))
        if isinstance(gap, Lasting) and not isinstance(gap.fault, WindowFault):
            self._failures += 1
            if self._failures >= _ILL:
                raise NoAnswer(gap.fault, gap.attempts)
