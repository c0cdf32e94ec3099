"""The clock that all programs of this user on this machine share for one host: a lock, and a small file.

The lock belongs to a process and falls with it, however it ends. The file tells when the host was last asked, until
when it rests, and how many requests the day has seen. Nothing in it is trusted: a clock that was set back, a file that
cannot be read, a time in the future make a request wait once more, never for long and never not at all.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec
import platformdirs
from filelock import FileLock, Timeout

from llmsurvey.config import Pace
from llmsurvey.config.places import PROGRAM
from llmsurvey.errors import CannotWrite, LockHeld
from llmsurvey.sources.faults import BudgetSpent

LONGEST_COOLDOWN: Final = 600.0
"""Seconds of silence that doubling does not go beyond."""
LONGEST_RETRY_AFTER: Final = 3_600.0
"""Seconds that a host's own wish is heeded to; a day or a date far off is taken for a slip."""
JITTER: Final = 0.25
"""Part of a cooldown that chance may add, so that machines that were refused together do not come back together."""
_LONGEST_TURN: Final = 1_800.0
"""Seconds to wait for another process's turn, which ends on its own within some minutes."""
_SLICE: Final = 5.0
"""Longest sleep at once: a laptop that wakes after a night looks at its clock again."""
_SHORTEST: Final = 0.001


class HostRecord(msgspec.Struct):
    """What the file holds. Times are seconds of the Unix epoch by the wall clock."""

    asked: float = 0.0
    """When the host was last asked."""
    rests: float = 0.0
    """Seconds of silence since `rested`; 0: the host does not rest."""
    rested: float = 0.0
    """When the silence began."""
    refusals: int = 0
    """Refusals in a row."""
    day: str = ""
    """The UTC day that `requests` counts, ISO."""
    requests: int = 0


@dataclass(frozen=True, slots=True)
class Machine:
    """What the clock needs of the world around it; tests bring their own."""

    now: Callable[[], float] = time.time
    steady: Callable[[], float] = time.monotonic
    """Seconds that nobody sets back, of this process alone."""
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = lambda: int.from_bytes(os.urandom(4)) / 2**32
    """A number from 0 up to 1."""


def state_folder() -> Path:
    """Return the user's folder for what programs remember between runs, or one in the temporary folder."""
    folder = platformdirs.user_state_path(PROGRAM, appauthor=False)
    for candidate in (folder, Path(tempfile.gettempdir()) / f"{PROGRAM}-{os.getuid() if hasattr(os, 'getuid') else 0}"):
        if candidate.is_absolute() and _usable(candidate):
            return candidate
    raise CannotWrite(
        f"the time of the last request can be kept nowhere: neither in {folder} nor in {tempfile.gettempdir()}",
        hint="give write access to one of them, or set XDG_STATE_HOME to a folder of yours",
    )


def _usable(folder: Path) -> bool:
    """Tell whether a folder is there, is ours, and can be written: a full disk still makes files, but holds nothing."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        own = not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()
        with tempfile.TemporaryFile(dir=folder, buffering=0) as probe:
            probe.write(msgspec.json.encode(HostRecord()))
            return own and folder.is_dir() and not folder.is_symlink()
    except OSError:
        return False


class HostClock:
    """The clock of one host in a folder; `turn` is the only way to ask that host."""

    def __init__(self, folder: Path, host: str, machine: Machine) -> None:
        self.host, self.machine = host, machine
        self._file = folder / f"{host.replace(':', '-')}.json"
        self._lock = FileLock(folder / f"{host.replace(':', '-')}.lock")
        self._asked_steady: float | None = None

    @contextmanager
    def turn(self, pace: Pace, budget: int) -> Iterator[None]:
        """Wait until the host may be asked, then hold it: no other request goes out before the `with` ends.

        Raises `BudgetSpent` at once where the day's requests are used up, `LockHeld` where another process does not
        let go, `CannotWrite` where the file cannot be written: without it nobody would know of this request.
        """
        with self._held():
            self._check_budget(budget)
            self._wait(pace)
            self._note_request()
            yield

    def answered(self) -> None:
        """Note that the answer has begun: the pause to the next request counts from here, not from the sending."""
        record = self._read()
        record.asked = self.machine.now()
        self._asked_steady = self.machine.steady()
        self._write(record)

    def satisfied(self) -> None:
        """Note that the host answers as it should: the next refusal starts with the shortest silence."""
        record = self._read()
        if record.refusals or record.rests:
            record.refusals, record.rests = 0, 0.0
            self._write(record)

    def refused(self, pace: Pace, retry_after: float | None = None) -> float:
        """Let the host rest for all processes; return the seconds.

        The silence doubles with each refusal in a row. A host may ask for more, never for less: `Retry-After: 0` was
        seen next to days of refusals.
        """
        record = self._read()
        longest = max(LONGEST_COOLDOWN, pace.cooldown)
        # Beyond twenty doublings any silence is the longest one; a garbled count must not overflow.
        cooldown = min(pace.cooldown * 2.0 ** min(record.refusals, 20), longest)
        wished = min(retry_after or 0.0, LONGEST_RETRY_AFTER)
        record.rests = max(cooldown, wished) * (1 + JITTER * self.machine.chance())
        record.rested = record.asked = self.machine.now()
        record.refusals = min(record.refusals + 1, 1_000)
        self._asked_steady = self.machine.steady()
        self._write(record)
        return record.rests

    def remaining(self, pace: Pace) -> float:
        """Return the seconds until the host may be asked, by what the file says now.

        A time in the future means that the clock was set back: then the wait begins anew, once. A silence longer than
        any there can be is no silence, but a garbled file.
        """
        now, record = self.machine.now(), self._read()
        longest = max(LONGEST_COOLDOWN, pace.cooldown, LONGEST_RETRY_AFTER) * (1 + JITTER)
        pause = min(record.asked, now) + pace.delay - now
        rest = min(record.rested, now) + (record.rests if record.rests <= longest else 0.0) - now
        own = 0.0 if self._asked_steady is None else self._asked_steady + pace.delay - self.machine.steady()
        return max(0.0, pause, rest, own)

    def requests_today(self) -> int:
        """Return how many requests the host got on this UTC day."""
        record = self._read()
        return record.requests if record.day == self._day(record) else 0

    @contextmanager
    def _held(self) -> Iterator[None]:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock.acquire(timeout=_LONGEST_TURN, poll_interval=0.02)
        except Timeout:
            raise LockHeld(
                f"another program of yours has been asking {self.host} for half an hour",
                hint="look for a llmsurvey that hangs, and end it",
            ) from None
        except OSError as error:
            raise self._unwritable(error) from error
        except NotImplementedError as error:  # what filelock says of network folders without locks
            raise CannotWrite(
                f"{self._file.parent} is on a disk without locks", hint="set XDG_STATE_HOME to a folder on a local disk"
            ) from error
        try:
            self._write(self._read())  # from here on a garbled file is a good one
            yield
        finally:
            self._lock.release()

    def _wait(self, pace: Pace) -> None:
        """Sleep in slices, each with a look at the clock; Ctrl-C ends a sleep.

        A clock set back meanwhile cannot make the wait longer than it was, and one pause.
        """
        slept, longest = 0.0, self.remaining(pace) + pace.delay
        while (left := self.remaining(pace)) > 0 and slept < longest:
            step = max(min(left, _SLICE), _SHORTEST)
            self.machine.sleep(step)
            slept += step

    def _check_budget(self, budget: int) -> None:
        if self.requests_today() >= budget:
            raise BudgetSpent(budget, self.host)

    def _note_request(self) -> None:
        record = self._read()
        day = self._day(record)
        record.requests = record.requests + 1 if record.day == day else 1
        record.day = day
        record.asked = self.machine.now()
        self._asked_steady = self.machine.steady()
        self._write(record)

    def _day(self, record: HostRecord) -> str:
        """Return the UTC day to count for: today, or the record's where a clock set back makes that tomorrow."""
        today = datetime.fromtimestamp(self.machine.now(), UTC).date()
        ahead = {(today + timedelta(days=days)).isoformat() for days in (1, 2)}
        return record.day if record.day in ahead else today.isoformat()

    def _read(self) -> HostRecord:
        """Return the record; one that cannot be read stands for a host that was asked just now."""
        try:
            record = msgspec.json.decode(self._file.read_bytes(), type=HostRecord)
        except FileNotFoundError:
            return HostRecord()
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return HostRecord(asked=self.machine.now())
        if min(record.asked, record.rests, record.rested, record.refusals, record.requests) < 0:
            return HostRecord(asked=self.machine.now())
        return record

    def _write(self, record: HostRecord) -> None:
        """Put the record in the file's place as a whole, so that a process killed here leaves the old one."""
        beside = self._file.with_suffix(".new")
        try:
            beside.write_bytes(msgspec.json.encode(record))
            beside.replace(self._file)
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> CannotWrite:
        return CannotWrite(
            f"the time of the last request cannot be kept in {self._file.parent}: {error.strerror}",
            hint="give write access to this folder, or free some space",
        )
