"""Starting other processes: whole, and deaf to Ctrl-C, which is their parent's to answer."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker


@contextmanager
def starting() -> Iterator[None]:
    """Start processes undisturbed: what would interrupt this one is answered a moment later.

    One that still loads would answer Ctrl-C, which goes to all processes of a terminal, with a traceback, as well as
    a parent that is gone. The first thing a process does must be `deaf`.
    """
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # it comes with the first process, and would undo the mask
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})  # who is started inherits it
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def deaf() -> None:
    """Ignore Ctrl-C in this process from now on, and let the parent end it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
