"""Runs on record: what status.json says of a run, and that it stops nothing."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from llmsurvey.cli.recorded import on_record
from llmsurvey.errors import ExitCode, LockHeld, Unreachable
from llmsurvey.status import read_status


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address of a store, with no crontab to be found."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return f"sqlite:///{tmp_path}/survey.db"


def test_a_run_that_ends_well_is_a_success(url: str, tmp_path: Path) -> None:
    """Its end, its exit code and the date of the data are on record."""
    with on_record(url) as record:
        record.begin()
        record.data_as_of = date(2023, 6, 30)
    status = read_status(tmp_path / "status.json")
    assert (status.last_exit, status.data_as_of, status.last_success) == (0, date(2023, 6, 30), status.last_end)


def test_a_run_that_fails_says_why(url: str, tmp_path: Path) -> None:
    """Its text and exit code stay; a run that came to no end has no newer data to show."""
    with suppress(Unreachable), on_record(url) as record:
        record.data_as_of = date(2023, 6, 30)
        raise Unreachable("arXiv has no address")
    status = read_status(tmp_path / "status.json")
    assert (status.last_exit, status.last_fault) == (ExitCode.UNREACHABLE, "arXiv has no address")
    assert (status.last_success, status.data_as_of) == (None, None)


def test_the_error_of_a_run_goes_on(url: str) -> None:
    """Being on record changes nothing about how a command ends."""
    with pytest.raises(Unreachable), on_record(url):
        raise Unreachable("arXiv has no address")


def test_a_run_that_could_not_ask_is_no_success(url: str, tmp_path: Path) -> None:
    """Its exit code is that of the job, which is done; why it could not ask stays."""
    with on_record(url) as record:
        record.begin()
        record.fault = "arXiv has no address"
    status = read_status(tmp_path / "status.json")
    assert (status.last_exit, status.last_fault, status.last_success) == (0, "arXiv has no address", None)


def test_old_data_is_an_alarm_of_every_run(url: str, caplog: pytest.LogCaptureFixture) -> None:
    """Nobody asks the doctor of a survey that keeps itself, so the run says it."""
    with on_record(url) as record:
        record.begin()
        record.data_as_of = date(2023, 6, 30)
    assert "days old (as of 2023-06-30)" in caplog.text


def test_a_run_that_loses_its_turn_at_arxiv_has_ended(url: str, tmp_path: Path) -> None:
    """A lock that another program holds later on is an end like any other."""
    with suppress(LockHeld), on_record(url) as record:
        record.begin()
        raise LockHeld("another program has been asking for half an hour")
    assert read_status(tmp_path / "status.json").last_exit == ExitCode.LOCKED


def test_a_run_that_finds_the_lock_held_leaves_no_trace(url: str, tmp_path: Path) -> None:
    """The record belongs to the run that works."""
    with pytest.raises(LockHeld), on_record(url):
        raise LockHeld("another run works")
    assert not (tmp_path / "status.json").exists()


def test_a_run_that_is_killed_has_begun_and_not_ended(url: str, tmp_path: Path) -> None:
    """Whoever reads the record before the end sees a run at work."""
    with on_record(url) as record:
        record.begin()
        assert read_status(tmp_path / "status.json").last_exit is None


def test_a_record_that_cannot_be_written_stops_nothing(
    url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is said, and the run goes on."""
    (tmp_path / "status.json").mkdir()
    with on_record(url) as record:
        record.begin()
    assert "status.json" in caplog.text
