"""Other processes, each at the end of a pipe: deaf to Ctrl-C, which is their parent's to answer, and gone with it.

If the parent is killed, the pipe closes and the child ends; nothing is left behind.
"""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

_held = set[Connection]()
"""The ends of pipes that this process holds. A copy of it would hold them too, so that no child would see one close."""


def may_be_copied() -> bool:
    """Tell whether a copy of this process is as good as a new one: a tenth of a second sooner, as all is loaded.

    Only where one thread runs, since in the copy nobody would open the locks that another one holds, and on Linux,
    since the libraries of other systems may have threads of their own.
    """
    return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1


class Child:
    """A process that does `work(pipe, *arguments)`; a copy of this one, or a new one, to which arguments are sent."""

    def __init__(self, work: Callable[..., None], *arguments: object, copied: bool = False) -> None:
        context: Any = get_context("fork" if copied else "spawn")
        self.pipe, theirs = context.Pipe()
        _held.add(self.pipe)
        self.process = context.Process(target=_begin, args=(work, theirs, arguments), daemon=True)
        if not copied:
            resource_tracker.ensure_running()  # it comes with the first new process, and would undo the mask
        with _uninterrupted():
            self.process.start()
        theirs.close()

    def close(self) -> None:
        """End it."""
        _held.discard(self.pipe)
        self.pipe.close()
        self.process.terminate()
        self.process.join()
        self.process.close()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Start a process undisturbed: what would interrupt this one is answered a moment later.

    One that still loads would answer Ctrl-C, which goes to all processes of a terminal, with a traceback, as well as
    a parent that is gone. The first thing a child does is to be deaf.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})  # who is started inherits it
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(work: Callable[..., None], pipe: Connection, arguments: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    for end in _held:
        end.close()
    with suppress(MemoryError):  # the parent, who is at the other end of the pipe, tells it, or does without
        work(pipe, *arguments)
