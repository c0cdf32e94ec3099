"""One command as a process of its own: wall time and peak memory, the median of several runs."""

import os
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """What a command took."""

    seconds: float
    megabytes: float
    """Peak resident memory of the largest of its processes."""


def measured(command: Sequence[str], *, runs: int = 3, before: Sequence[str] = ()) -> Measured:
    """Run a command several times, each time after `before`, and return the medians. A failure is an error."""
    found = [_once(command, before) for _ in range(runs)]
    return Measured(
        statistics.median(each.seconds for each in found), statistics.median(each.megabytes for each in found)
    )


def _once(command: Sequence[str], before: Sequence[str]) -> Measured:
    if before:
        subprocess.run(before, check=True)
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 3):
        raise subprocess.CalledProcessError(process.returncode, command)
    return Measured(seconds, usage.ru_maxrss / 1024)
