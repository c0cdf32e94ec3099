"""Sifting blocks in other processes: in order, a bounded number ahead, and gone when this process is gone.

Each worker hangs on one pipe. If the parent is killed, the pipe closes and the worker ends; nothing is left behind.
"""

import gc
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import Queue
from threading import Thread
from typing import Self

from llmsurvey.errors import Stop
from llmsurvey.harvest.sift import Sieve, Sifted, Wanted
from llmsurvey.sources.packing import DamagedFile
from llmsurvey.sources.snapshot_file import Span

_AHEAD = 2
"""Blocks a worker may have waiting: enough that it never idles, few enough that memory stays flat."""


def sifted(blocks: Iterable[bytes | Span], wanted: Wanted, workers: int) -> Generator[Sifted, None, None]:
    """Yield what each block holds, in the order of the blocks, with `workers` processes (0: in this one).

    A `DamagedFile` that the blocks end in is raised behind what the blocks before it hold.
    """
    if workers == 0:
        yield from map(Sieve(wanted), map(_text, blocks))
        return
    with ExitStack() as stack:
        pipes = [stack.enter_context(_Worker(wanted)) for _ in range(workers)]
        waiting: deque[_Worker] = deque()
        damage: DamagedFile | None = None
        try:
            for number, block in enumerate(blocks):
                worker = pipes[number % workers]
                if len(waiting) == _AHEAD * workers:
                    yield waiting.popleft().result()
                worker.give(block)
                waiting.append(worker)
        except DamagedFile as error:
            damage = error
        while waiting:
            yield waiting.popleft().result()
        if damage:
            raise damage


class _Worker:
    """One process behind one pipe."""

    def __init__(self, wanted: Wanted) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(target=_work, args=(theirs, wanted), daemon=True)
        self._process.start()
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pipe.close()
        self._process.terminate()
        self._process.join()
        self._process.close()

    def give(self, block: bytes | Span) -> None:
        with _alive():
            self._pipe.send(block)

    def result(self) -> Sifted:
        with _alive():
            answer = self._pipe.recv()
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


def _text(block: bytes | Span) -> bytes:
    return block.read() if isinstance(block, Span) else block


def _work(pipe: Connection, wanted: Wanted) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    gc.disable()  # nothing here refers to itself, and looking for it would cost a fifth of the time
    sieve = Sieve(wanted)
    # Blocks are taken off the pipe by a thread of their own: parent and worker would else wait for each other,
    # each with more to send than the pipe holds.
    blocks: Queue[bytes | Span | None] = Queue()
    Thread(target=_receive, args=(pipe, blocks), daemon=True).start()
    with suppress(OSError):  # the parent is gone, and with it the wish for answers
        while (block := blocks.get()) is not None:
            pipe.send(sieve(_text(block)))


def _receive(pipe: Connection, blocks: "Queue[bytes | Span | None]") -> None:
    with suppress(EOFError, OSError):
        while True:
            blocks.put(pipe.recv())
    blocks.put(None)
