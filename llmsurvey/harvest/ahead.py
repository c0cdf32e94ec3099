"""Drawing from an iterable in a thread of its own, so that unpacking and handing out do not wait for each other."""

from collections.abc import Generator, Iterable
from contextlib import suppress
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Generic, TypeVar

from llmsurvey.errors import Stop

_Item = TypeVar("_Item")
_LOOK_UP_SECONDS = 0.1
"""How often a thread looks whether somebody still asks, and who asks whether the thread still lives."""


def ahead(items: Iterable[_Item], most: int) -> Generator[_Item, None, None]:
    """Yield what `items` yields, of which up to `most` are drawn ahead; what it raises is raised here, in its place."""
    drawn = _Drawn[_Item](most)
    thread = Thread(target=drawn.draw, args=(items,), daemon=True)
    thread.start()
    try:
        while (item := drawn.next_of(thread)) is not None:
            yield item[0]
    except BaseException:
        drawn.enough.set()
        with suppress(KeyboardInterrupt):  # a second Ctrl-C, which nobody could answer where this is thrown away
            thread.join()
        raise
    thread.join()


class _Drawn(Generic[_Item]):
    """What was drawn and not asked for yet."""

    def __init__(self, most: int) -> None:
        self._queue: Queue[tuple[_Item] | BaseException | None] = Queue(most)
        self.enough = Event()
        """Set when nobody asks any more."""

    def draw(self, items: Iterable[_Item]) -> None:
        try:
            for item in items:
                self._put((item,))
                if self.enough.is_set():
                    return
        except BaseException as fault:  # noqa: BLE001 - it is raised on the other side
            self._put(fault)
        else:
            self._put(None)

    def _put(self, found: tuple[_Item] | BaseException | None) -> None:
        while not self.enough.is_set():
            with suppress(Full):
                self._queue.put(found, timeout=_LOOK_UP_SECONDS)
                return

    def next_of(self, thread: Thread) -> tuple[_Item] | None:
        """Return the next one in a tuple, None at the end; a fault of the thread that draws is raised."""
        try:
            found = taken(self._queue, thread)
        except EOFError as error:
            raise Stop(
                "the thread that reads the snapshot ended unexpectedly",
                hint="the machine may be short of memory; run the same again, what was stored stays",
            ) from error
        if isinstance(found, BaseException):
            raise found
        return found


def taken(queue: Queue[_Item], filler: Thread) -> _Item:
    """Take the next item off a queue; `EOFError` where the thread that fills it has died, as one may without memory."""
    while True:
        lives = filler.is_alive()
        with suppress(Empty):
            return queue.get(block=lives, timeout=_LOOK_UP_SECONDS)
        if not lives:
            raise EOFError
