"""Runs on record: how the main job and the harvest ended, for `doctor` and `schedule status`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path

from llmsurvey.cli.call import log
from llmsurvey.errors import CannotWrite, ExitCode, LockHeld, Stop, SurveyError
from llmsurvey.schedule.machine import launch_here
from llmsurvey.schedule.upkeep import next_run
from llmsurvey.status import Outcome, begun, ended, status_file


class Record:
    """A run, from the moment it holds the store's lock."""

    def __init__(self, file: Path | None) -> None:
        self.exit_code = ExitCode.DONE
        self.data_as_of: date | None = None
        self._file = file

    def begin(self) -> None:
        """Note that the run begins; called behind the lock, so that a run that is refused leaves no trace."""
        self.note(lambda file: begun(file, _now()))

    def note(self, write: Callable[[Path], object]) -> None:
        """Write to the file; one that cannot be written is said and stops nothing."""
        if self._file is None:
            return
        try:
            write(self._file)
        except CannotWrite as error:
            log.warning("%s", error)


@contextmanager
def on_record(database_url: str) -> Iterator[Record]:
    """Note in status.json how a run ends; one that finds the lock held by another is not noted."""
    record = Record(status_file(database_url))
    try:
        yield record
    except LockHeld:
        raise
    except BaseException as error:
        code = error.exit_code if isinstance(error, SurveyError) else _code(error)
        outcome = Outcome(exit_code=int(code), fault=str(error), next_run=_next_run(database_url))
        record.note(lambda file: ended(file, _now(), outcome))
        raise
    done = Outcome(exit_code=int(record.exit_code), data_as_of=record.data_as_of, next_run=_next_run(database_url))
    record.note(lambda file: ended(file, _now(), done))


def _code(error: BaseException) -> ExitCode:
    return ExitCode.INTERRUPTED if isinstance(error, KeyboardInterrupt) else ExitCode.FAILURE


def _next_run(database_url: str) -> datetime | None:
    with suppress(Stop, OSError):
        return next_run(launch_here(Path.cwd(), database_url).survey_id, _now())
    return None


def _now() -> datetime:
    return datetime.now(UTC)
