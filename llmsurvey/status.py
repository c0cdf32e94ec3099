"""How the last run went, in `status.json` beside the database: written by the main job, read by doctor and schedule."""

import os
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import platformdirs

from llmsurvey import __version__
from llmsurvey.config.places import PROGRAM, sqlite_file
from llmsurvey.errors import CannotWrite, ExitCode, Stop

NAME = "status.json"
ALARM_DAYS = 40
"""Data older than this is an alarm: a monthly run that was missed and not made up for."""
_LARGEST_BYTES = 65_536
_LONGEST_FAULT = 2_000
CAME_TO_ITS_END = {ExitCode.DONE, ExitCode.GAPS}
_UNENDED = {
    True: " and is at work",
    False: " and was killed before its end",
    None: " and has not ended: it is at work, or was killed",
}

Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the runs so far."""

    version: str = __version__
    """The program that wrote this."""
    last_attempt: Moment | None = None
    """When the last run began, in UTC."""
    last_exit: int | None = None
    """How it ended; None: it is still at work, or was killed."""
    last_end: Moment | None = None
    """When the last run ended, in UTC."""
    last_fault: str = ""
    """What it said when it failed, or why arXiv could not be asked for all."""
    last_success: Moment | None = None
    """When a run last did all its work, with or without gaps, in UTC."""
    data_as_of: date | None = None
    """Latest date in the data, as of the last run that came to its end."""
    data_age_days: int | None = None
    """Age of the data when this was written; ask `age` for today's."""
    next_run: Moment | None = None
    """When the next run is planned, as of the last run or change of the plans; None: no plan was known."""

    @property
    def failed(self) -> bool:
        """Tell whether the last run ended before its work was done."""
        return self.last_exit is not None and (self.last_exit not in CAME_TO_ITS_END or bool(self.last_fault))

    def age(self, today: date) -> int | None:
        """Return the age of the data in days; None where its date is not known."""
        return (today - self.data_as_of).days if self.data_as_of else None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """How a run ended."""

    exit_code: int
    fault: str = ""
    """What it says of its failure, or of what it could not ask for."""
    data_as_of: date | None = None
    """Latest date in the data; None: as before."""
    next_run: datetime | None = None
    """When the next run is planned; None: as before, where that still lies ahead."""


def status_file(database_url: str) -> Path | None:
    """Return where the status of a store lies: beside its file, or (a server) in the user's state folder."""
    database = sqlite_file(database_url)
    folder = database.absolute().parent if database else platformdirs.user_state_path(PROGRAM, appauthor=False)
    return folder / NAME if folder.is_absolute() else None


def read_status(file: Path) -> Status:
    """Return what is known; nothing where there is no file; `Stop` where it is damaged or cannot be read."""
    try:
        with file.open("rb") as content:
            return msgspec.json.decode(content.read(_LARGEST_BYTES), type=Status)
    except (FileNotFoundError, NotADirectoryError):
        return Status()
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise Stop(f"{file} cannot be read: {reason}", hint="remove it; the next run writes it anew") from error


def begun(file: Path, now: datetime) -> Status:
    """Note that a run begins; called behind the store's lock. `CannotWrite` where it cannot be noted."""
    status = msgspec.structs.replace(
        _known(file), version=__version__, last_attempt=now, last_exit=None, last_end=None, last_fault=""
    )
    return _write(file, _aged(status, now))


def ended(file: Path, now: datetime, outcome: Outcome) -> Status:
    """Note how the run that has begun ended. `CannotWrite` where it cannot be noted."""
    before = _known(file)
    success = outcome.exit_code in CAME_TO_ITS_END and not outcome.fault
    still_planned = before.next_run if before.next_run and before.next_run > now else None
    status = msgspec.structs.replace(
        before,
        version=__version__,
        last_attempt=before.last_attempt or now,
        last_exit=int(outcome.exit_code),
        last_end=now,
        last_fault=outcome.fault[:_LONGEST_FAULT],
        last_success=now if success else before.last_success,
        data_as_of=outcome.data_as_of or before.data_as_of,
        next_run=outcome.next_run or still_planned,
    )
    return _write(file, _aged(status, now))


def planned(file: Path, next_run: datetime | None) -> Status:
    """Note the next run after plans were installed or removed. `CannotWrite` where it cannot be noted."""
    return _write(file, msgspec.structs.replace(_known(file), next_run=next_run))


def alarm(status: Status, today: date) -> str:
    """Say what is wrong with the upkeep in one sentence; empty where nothing is."""
    age = status.age(today)
    if age is not None and age > ALARM_DAYS:
        return f"the data is {age} days old (as of {status.data_as_of}), more than {ALARM_DAYS}"
    if age is None and status.last_success and (silent := (today - status.last_success.date()).days) > ALARM_DAYS:
        return f"the last run that came to its end was {silent} days ago, more than {ALARM_DAYS}"
    return ""


def in_words(status: Status, today: date, *, at_work: bool | None = None) -> str:
    """Say in one line how the last run went and how old the data is.

    `at_work` tells whether a run holds the store's lock now; None: nobody knows.
    """
    if status.last_attempt is None:
        return "no run is on record"
    run = f"the last run began {_clock(status.last_attempt)}"
    if status.last_exit is None:
        run += _UNENDED[at_work]
    elif status.failed and status.last_exit in CAME_TO_ITS_END:
        run += f" and ended {_clock(status.last_end)}, but could not ask arXiv for all"
        run += f"; the last one that could ended {_clock(status.last_success)}" if status.last_success else ""
    elif status.last_exit == ExitCode.GAPS:
        run += f" and ended {_clock(status.last_end)}; gaps remain"
    elif status.failed:
        run += f" and failed (exit {status.last_exit})"
        run += f", the last one that did not ended {_clock(status.last_success)}" if status.last_success else ""
    else:
        run += f" and ended well {_clock(status.last_end)}"
    age = status.age(today)
    return run if age is None else f"{run}; the data is {age} days old (as of {status.data_as_of})"


def _clock(moment: datetime | None) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if moment else "at a time not known"


def _known(file: Path) -> Status:
    """Return what is known; a damaged file is written anew."""
    try:
        return read_status(file)
    except Stop:
        return Status()


def _aged(status: Status, now: datetime) -> Status:
    return msgspec.structs.replace(status, data_age_days=status.age(now.astimezone(UTC).date()))


def _write(file: Path, status: Status) -> Status:
    """Put the whole file in its place at once: a kill or a full disk leaves the older one."""
    draft = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as content:
            content.write(msgspec.json.format(msgspec.json.encode(status), indent=2) + b"\n")
            content.flush()
            os.fsync(content.fileno())
        draft.replace(file)
    except OSError as error:
        raise CannotWrite(
            f"cannot write {file}: {error.strerror or error}", hint="make room, or give write access to its folder"
        ) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return status
