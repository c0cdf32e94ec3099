"""The loopback arXiv that tests hold in a `with`: papers, a plan of faults, two addresses, and a log."""

import threading
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from types import TracebackType
from typing import Any, Self

from tests.standin.corpus import Corpus, at_noon
from tests.standin.exchange import Answer, Request
from tests.standin.fault_kinds import Scene, struck
from tests.standin.faults import Fault, Plan
from tests.standin.oai import IDENTIFIERS_A_PAGE, RECORDS_A_PAGE, Sizes
from tests.standin.record import Record
from tests.standin.server import LoopbackServer, Seen
from tests.standin.site import Clock, Site, system_clock


class StandIn:
    """A loopback arXiv over some papers, as a context manager.

    `faults` is a plan or a list of faults; `clock` tells the time in UTC, or `today` stops it at noon of a day;
    `page_size` is the number of OAI-PMH records a page; port 0 takes a free one.
    """

    def __init__(  # noqa: PLR0913 - it has as many knobs as the service has states
        self,
        papers: Iterable[Record] | Corpus = (),
        *,
        faults: Plan | Iterable[Fault] = (),
        clock: Clock = system_clock,
        today: date | None = None,
        page_size: int = RECORDS_A_PAGE,
        identifiers_page_size: int = IDENTIFIERS_A_PAGE,
        port: int = 0,
    ) -> None:
        self.corpus = papers if isinstance(papers, Corpus) else Corpus(papers)
        self.plan = faults if isinstance(faults, Plan) else Plan(faults)
        self.site = Site(self.corpus, _stopped(today) if today else clock, Sizes(page_size, identifiers_page_size))
        self._server = LoopbackServer(port, self.site, self._met)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """The address of the server, without a path."""
        return self._server.url

    @property
    def api_url(self) -> str:
        """The address of the export API."""
        return f"{self.url}/api/query"

    @property
    def oai_url(self) -> str:
        """The address of OAI-PMH."""
        return f"{self.url}/oai"

    @property
    def requests(self) -> list[Seen]:
        """Every request since the start, oldest first."""
        return self._server.log

    @property
    def most_at_once(self) -> int:
        """The largest number of requests that were being answered at one time."""
        return self._server.most_at_once

    def add(self, record: Record) -> None:
        """Add a paper, or put a later state of it in its place."""
        self.corpus.add(record)

    def revise(self, arxiv_id: str, created: datetime, **changes: Any) -> Record:
        """Give a paper one more version; `changes` are fields of `Record`, the datestamp among them."""
        return self.corpus.revise(arxiv_id, created, **changes)

    def withdraw(self, arxiv_id: str, created: datetime) -> Record:
        """Withdraw a paper by one more version."""
        return self.corpus.withdraw(arxiv_id, created)

    def start(self) -> Self:
        """Begin to answer."""
        self._thread.start()
        return self

    def close(self) -> None:
        """Stop answering, end what is still open, and free the port."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _met(self, request: Request) -> Answer:
        """Return the answer to a request: the plan's fault or the honest one, late where a 429 came before."""
        late = self.site.taken_stall()
        fault = self.plan.choose(request)
        answer = struck(fault.name, Scene(request, self.site, fault)) if fault else self.site.answer(request)
        return replace(answer, wait_seconds=answer.wait_seconds + late)


def _stopped(day: date) -> Clock:
    noon = at_noon(day)
    return lambda: noon
