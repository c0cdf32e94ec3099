"""Runs on record: how the main job and the harvest ended, for `doctor` and `schedule status`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from llmsurvey.cli.call import log
from llmsurvey.errors import CannotWrite, ExitCode, LockHeld, SurveyError
from llmsurvey.schedule.upkeep import next_run
from llmsurvey.status import Outcome, Status, alarm, begun, ended, status_file


class Record:
    """A run, from the moment it holds the store's lock."""

    def __init__(self, file: Path | None) -> None:
        self.exit_code = ExitCode.DONE
        self.data_as_of: date | None = None
        self.fault = ""
        """Why arXiv could not be asked for all, where the run goes on without."""
        self.begun = False
        self._file = file

    def begin(self) -> None:
        """Note that the run begins; called behind the lock, so that a run that is refused leaves no trace."""
        self.begun = True
        self._note(lambda file: begun(file, _now()))

    def end(self) -> None:
        """Note that the run came to its end."""
        self._end(self.exit_code, self.fault, self.data_as_of)

    def failed(self, error: BaseException) -> None:
        """Note why the run came to no end; what it brought until then makes the data no newer."""
        self._end(_code(error), str(error), None)

    def _end(self, exit_code: ExitCode, fault: str, data_as_of: date | None) -> None:
        """Write it down, and sound the alarm where the data is old: nobody may ever ask the doctor."""
        now = _now()
        outcome = Outcome(exit_code=int(exit_code), fault=fault, data_as_of=data_as_of, next_run=next_run(now))
        status = self._note(lambda file: ended(file, now, outcome))
        if status and (old := alarm(status, now.date())):
            log.warning("%s: `llmsurvey schedule status` tells how the last run went", old)

    def _note(self, write: Callable[[Path], Status]) -> Status | None:
        """Write to the file; one that cannot be written is said and stops nothing."""
        if self._file is None:
            return None
        try:
            return write(self._file)
        except CannotWrite as error:
            log.warning("%s", error)
            return None


@contextmanager
def on_record(database_url: str) -> Iterator[Record]:
    """Note in status.json how a run ends; one that finds the lock held by another is not noted."""
    record = Record(status_file(database_url))
    try:
        yield record
    except BaseException as error:
        if record.begun or not isinstance(error, LockHeld):
            record.failed(error)
        raise
    record.end()


def _code(error: BaseException) -> ExitCode:
    if isinstance(error, SurveyError):
        return error.exit_code
    return ExitCode.INTERRUPTED if isinstance(error, KeyboardInterrupt) else ExitCode.FAILURE


def _now() -> datetime:
    return datetime.now(UTC)
