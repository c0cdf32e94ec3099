"""One question to a source, asked until it is answered well or patience ends. The loop around transport and parser."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from llmsurvey.sources.base import Page, Source, Walk
from llmsurvey.sources.faults import Fault, WindowFault
from llmsurvey.sources.host_clock import Machine
from llmsurvey.sources.patience import ended, patience
from llmsurvey.sources.transport import Transport

Asked = TypeVar("Asked")
Read = TypeVar("Read")

Heard = Callable[[Fault, int], None]
"""Told of each fault, with the number of requests so far: for the ledger and for a person who waits."""


class Asker:
    """Asks a source through a transport, patiently.

    `heard` is told of every fault before it is asked again. The host's own silence after a refusal is kept by the
    transport; the pauses here come on top of its pace.
    """

    def __init__(self, transport: Transport, *, machine: Machine | None = None, heard: Heard | None = None) -> None:
        self.transport = transport
        self._machine = machine or Machine()
        self._heard = heard

    def page(self, source: Source[Asked], asked: Asked, walk: Walk[Asked] | None = None) -> Page[Asked]:
        """Return the page that answers a question, and that fits the walk it is a step of, if that is given.

        Raises `Lasting` (a Gap) or `NoAnswer` (a Stop) when patience ends; a `WindowFault` at once, since the window
        is to be asked again from its start and only the caller knows what that is; and any other Gap or Stop as it is.
        """

        def parse(body: bytes) -> Page[Asked]:
            page = source.parse(body, asked)
            if walk is not None:
                walk.take(page)
            return page

        return self.read(source.url, source.parameters(asked), parse)

    def read(self, url: str, parameters: Mapping[str, str], parse: Callable[[bytes], Read]) -> Read:
        """Return what `parse` makes of the answer to one request, with the same patience and the same faults."""
        attempt = 0
        while True:
            attempt += 1
            try:
                return parse(self.transport.fetch(url, parameters))
            except WindowFault:
                raise
            except Fault as fault:
                if self._heard:
                    self._heard(fault, attempt)
                pause = patience(fault).pause(attempt)
                if pause is None:
                    raise ended(fault, attempt) from fault
                self._machine.sleep(pause * self.transport.settings.pace(url).patience)
