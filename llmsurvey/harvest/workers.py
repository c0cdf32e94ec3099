"""Sifting blocks in other processes: in order, and a bounded number ahead."""

import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import cycle
from multiprocessing.connection import Connection
from queue import Queue
from threading import Thread
from typing import Self

from llmsurvey.errors import Stop
from llmsurvey.harvest.ahead import taken
from llmsurvey.harvest.sift import Sieve, Sifted, Wanted
from llmsurvey.knowledge.undisturbed import undisturbed
from llmsurvey.sources.snapshot_file import Span, likely_length
from llmsurvey.sources.snapshot_input import DamagedFile, SnapshotInput
from llmsurvey.store.children import Child, may_be_copied

_WORTH_A_PROCESS = 48 << 20
"""Bytes of text from which other processes repay their start."""
_MOST = 3
"""Processes; the one that stores what they find could not keep up with more."""
_AHEAD = 2
"""Blocks a worker may have waiting: enough that it never idles, few enough that memory stays flat."""


def is_worth_a_process(source: SnapshotInput) -> bool:
    """Tell whether a file is so long, and the machine such, that other processes repay their start."""
    return (os.cpu_count() or 1) > 1 and (source.path is None or likely_length(source) >= _WORTH_A_PROCESS)


def crew_for(sources: Iterable[SnapshotInput], *, copied: bool = False) -> "Crew":
    """Return processes for files whose matches are kept: as many as these are worth, none for short ones."""
    return Crew(min(os.cpu_count() or 1, _MOST) if any(map(is_worth_a_process, sources)) else 0, copied=copied)


def crew_ahead(sources: Iterable[SnapshotInput]) -> "Crew":
    """Return the same at the beginning of a command, before anything is opened."""
    return crew_for(sources, copied=may_be_copied())


class Crew:
    """Some processes that sift: new ones, or copies of this one."""

    def __init__(self, size: int, *, copied: bool = False) -> None:
        self.size = size
        self.at_hand = True
        """Whether it was not dismissed yet."""
        with ExitStack() as stack:
            self._workers = [stack.enter_context(_Worker(copied=copied)) for _ in range(size)]
            self._dismissed = stack.pop_all()

    def sifted(self, blocks: Iterable[bytes | Span], wanted: Wanted) -> Generator[Sifted, None, None]:
        """Yield what each block holds, in the order of the blocks; without any process it is worked out here.

        A `DamagedFile` that the blocks end in is raised behind what the blocks before it hold. A crew of which
        not all answers were taken cannot be asked again.
        """
        if not self._workers:
            yield from _sifted_here(blocks, wanted)
            return
        for worker in self._workers:
            worker.give(wanted)
        waiting: deque[_Worker] = deque()
        damage: DamagedFile | None = None
        try:
            for block, worker in zip(blocks, cycle(self._workers), strict=False):
                if len(waiting) == _AHEAD * len(self._workers):
                    yield waiting.popleft().result()
                worker.give(block)
                waiting.append(worker)
        except DamagedFile as error:
            damage = error
        while waiting:
            yield waiting.popleft().result()
        if damage:
            raise damage

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes; their memory is free."""
        self.at_hand = False
        self._dismissed.close()


def _sifted_here(blocks: Iterable[bytes | Span], wanted: Wanted) -> Generator[Sifted, None, None]:
    sieve = Sieve(wanted)
    for block in blocks:
        with undisturbed():
            sifted = sieve(block)
        yield sifted


class _Worker:
    """One process behind one pipe."""

    def __init__(self, *, copied: bool) -> None:
        self._child = Child(_work, copied=copied)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._child.close()

    def give(self, task: Wanted | bytes | Span) -> None:
        with _alive():
            self._child.pipe.send(task)

    def result(self) -> Sifted:
        with _alive():
            answer = self._child.pipe.recv()
        if not isinstance(answer, Sifted):
            raise TypeError(f"a worker answered {answer!r}")
        return answer


@contextmanager
def _alive() -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError) as error:
        raise Stop(
            "a process that reads the snapshot ended unexpectedly",
            hint="the machine may be short of memory; run the same again, what was stored stays",
        ) from error


def _work(pipe: Connection) -> None:
    # Blocks are taken off the pipe by a thread of their own: parent and worker would else wait for each other,
    # each with more to send than the pipe holds.
    tasks: Queue[Wanted | bytes | Span | None] = Queue()
    receiver = Thread(target=_receive, args=(pipe, tasks), daemon=True)
    receiver.start()
    with suppress(OSError, EOFError), undisturbed():  # the parent is gone, or sees that this process is
        while (task := taken(tasks, receiver)) is not None:
            if isinstance(task, Wanted):
                sieve = Sieve(task)
            else:
                pipe.send(sieve(task))


def _receive(pipe: Connection, tasks: "Queue[Wanted | bytes | Span | None]") -> None:
    with suppress(EOFError, OSError, MemoryError):  # the parent sees the end of this process, and tells it
        while True:
            tasks.put(pipe.recv())
    tasks.put(None)
