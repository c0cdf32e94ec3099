"""Commands as processes of their own: wall time and peak memory, medians of several runs."""

import os
import statistics
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_LOOK_EVERY_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Command:
    """A command, and what is done before each run of it."""

    words: Sequence[str]
    before: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """What a command took."""

    seconds: float
    megabytes: float
    """Peak resident memory of all its processes together, as far as the system tells; else of the largest."""


def measured(words: Sequence[str], *, runs: int = 3, before: Sequence[str] = ()) -> Measured:
    """Run a command several times, each time after `before`, and return the medians. A failure is an error."""
    return side_by_side(Command(words, before), runs=runs)[0]


def side_by_side(*commands: Command, runs: int = 3) -> list[Measured]:
    """Run commands in turn, several times, and return the medians of each: what slows one run slows its neighbour."""
    rounds = [[_once(command) for command in commands] for _ in range(runs)]
    return [
        Measured(statistics.median(one.seconds for one in each), statistics.median(one.megabytes for one in each))
        for each in zip(*rounds, strict=True)
    ]


def _once(command: Command) -> Measured:
    if command.before:
        subprocess.run(command.before, check=True)
    began = time.perf_counter()
    process = subprocess.Popen(command.words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    together, ended, status, usage = 0.0, 0, 0, None
    while not ended:
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        if not ended:
            together = max(together, _resident(process.pid))
            time.sleep(min(_LOOK_EVERY_SECONDS, (time.perf_counter() - began) / 50))
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 3):
        raise subprocess.CalledProcessError(process.returncode, command.words)
    return Measured(seconds, max(together, usage.ru_maxrss / 1024 if usage else 0.0))


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
