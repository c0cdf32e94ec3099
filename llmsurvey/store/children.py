"""Other processes, each at the end of a pipe: deaf to Ctrl-C, which is their parent's to answer, and gone with it.

If the parent is killed, the pipe closes and the child ends; nothing is left behind.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

_HUGE_PAGES = "glibc.malloc.hugetlb=1"
"""Asks glibc (2.35 and later; others do not look at it) for memory in pages of two megabytes."""

_held = set[Connection]()
"""The ends of pipes that this process holds. A copy of it would hold them too, so that no child would see one close."""


def may_be_copied() -> bool:
    """Tell whether a copy of this process is as good as a new one: a tenth of a second sooner, as all is loaded.

    Only where one thread runs, since in the copy nobody would open the locks that another one holds, and on Linux,
    since the libraries of other systems may have threads of their own.
    """
    return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1


class Child:
    """A process that does `work(pipe, *arguments)`; a copy of this one, or a new one, to which arguments are sent.

    With `huge_pages` a new one has its memory in large pages where the system has such: less time for work that goes
    to and fro in very much of it.
    """

    def __init__(
        self, work: Callable[..., None], *arguments: object, copied: bool = False, huge_pages: bool = False
    ) -> None:
        context: Any = get_context("fork" if copied else "spawn")
        self.pipe, theirs = context.Pipe()
        _held.add(self.pipe)
        self.process = context.Process(target=_begin, args=(work, theirs, arguments), daemon=True)
        if not copied:
            resource_tracker.ensure_running()  # it comes with the first new process, and would undo the mask
        with _uninterrupted(), _tuned(_HUGE_PAGES) if huge_pages else nullcontext():
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
def _tuned(tunable: str) -> Iterator[None]:
    """Let processes that are started meanwhile begin with a setting of glibc, unless the user has made it otherwise."""
    before = os.environ.get("GLIBC_TUNABLES")
    os.environ["GLIBC_TUNABLES"] = f"{tunable}:{before}" if before else tunable  # the last one holds
    try:
        yield
    finally:
        if before is None:
            del os.environ["GLIBC_TUNABLES"]
        else:
            os.environ["GLIBC_TUNABLES"] = before


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
