"""Drawing from an iterable in a thread of its own, so that unpacking and handing out do not wait for each other."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from queue import Full, Queue
from threading import Event, Thread
from typing import Generic, TypeVar

_Item = TypeVar("_Item")
_LOOK_UP_SECONDS = 0.1
"""How often the thread looks whether somebody still asks."""


def ahead(items: Iterable[_Item], most: int) -> Generator[_Item, None, None]:
    """Yield what `items` yields, of which up to `most` are drawn ahead; what it raises is raised here, in its place."""
    drawn = _Drawn[_Item](most)
    thread = Thread(target=drawn.draw, args=(items,), daemon=True)
    thread.start()
    try:
        yield from drawn
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

    def __iter__(self) -> Iterator[_Item]:
        while (found := self._queue.get()) is not None:
            if isinstance(found, BaseException):
                raise found
            yield found[0]
