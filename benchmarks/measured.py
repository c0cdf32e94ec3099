"""Commands as processes of their own: wall time, the median of several runs, and peak memory."""

import os
import statistics
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_LOOK_EVERY_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Command:
    """A command, and what is done before each run of it."""

    words: Sequence[str]
    before: Sequence[str] = ()


def seconds(*commands: Command, runs: int = 3) -> list[float]:
    """Run commands in turn, several times, and return the median wall time of each.

    What slows one run slows its neighbour. Nobody looks on meanwhile: that wants a share of the machine.
    """
    rounds = [[_once(command) for command in commands] for _ in range(runs)]
    return [statistics.median(each) for each in zip(*rounds, strict=True)]


def _once(command: Command) -> float:
    with _started(command) as (process, began):
        process.wait()
        return time.perf_counter() - began


def megabytes(command: Command) -> float:
    """Run a command once and return the peak resident memory of all its processes together, where the system tells."""
    together = 0.0
    with _started(command) as (process, _):
        while process.poll() is None:
            together = max(together, _resident(process.pid))
            time.sleep(_LOOK_EVERY_SECONDS)
    return together


@contextmanager
def _started(command: Command) -> "Iterator[tuple[subprocess.Popen[bytes], float]]":
    """Start a command when the disk has nothing left to do, and tell when that was; its failure is an error."""
    if command.before:
        subprocess.run(command.before, check=True)
    os.sync()
    began = time.perf_counter()
    process = subprocess.Popen(command.words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield process, began
    if process.returncode not in (0, 3):
        raise subprocess.CalledProcessError(process.returncode, command.words)


def _resident(process: int) -> float:
    """Return the megabytes that a process and those it started hold now; 0 where the system does not tell."""
    held = 0.0
    with suppress(OSError, ValueError, IndexError):  # it has ended meanwhile, or there is no /proc
        held = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * _PAGE / 1e6
        for task in Path(f"/proc/{process}/task").iterdir():
            children = (task / "children").read_text(encoding="ascii").split()
            held += sum(_resident(int(child)) for child in children)
    return held


_PAGE = os.sysconf("SC_PAGE_SIZE")
