"""`status.json` tells how the last run went, whatever happened to it."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from llmsurvey import __version__
from llmsurvey.errors import CannotWrite, ExitCode, Stop
from llmsurvey.status import (
    ALARM_DAYS,
    Outcome,
    Status,
    alarm,
    begun,
    ended,
    in_words,
    planned,
    read_status,
    status_file,
)

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a place in a folder that is not there yet."""
    return tmp_path / "db" / "status.json"


def test_it_lies_beside_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server's status lies in the user's state folder."""
    assert status_file(f"sqlite:///{tmp_path}/x%25.db") == tmp_path / "status.json"
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert status_file("postgresql://host/x") == tmp_path / "llmsurvey" / "status.json"


def test_a_run_leaves_its_success(file: Path) -> None:
    """Times, exit, age of the data, next run and version are there for other programs."""
    begun(file, NOON)
    ended(file, LATER, Outcome(exit_code=0, data_as_of=date(2026, 5, 1), next_run=LATER + timedelta(days=7)))
    assert json.loads(file.read_bytes()) == {
        "version": __version__,
        "last_attempt": "2026-05-04T12:00:00Z",
        "last_exit": 0,
        "last_end": "2026-05-04T13:00:00Z",
        "last_fault": "",
        "last_success": "2026-05-04T13:00:00Z",
        "data_as_of": "2026-05-01",
        "data_age_days": 3,
        "next_run": "2026-05-11T13:00:00Z",
    }
    assert list(file.parent.iterdir()) == [file]


def test_a_failure_keeps_what_was_known(file: Path) -> None:
    """A failed run moves neither the last success nor the date of the data."""
    begun(file, NOON)
    ended(file, NOON, Outcome(exit_code=3, data_as_of=date(2026, 5, 1)))
    begun(file, LATER)
    status = ended(file, LATER, Outcome(exit_code=4, fault="away"))
    assert (status.last_success, status.data_as_of, status.last_fault) == (NOON, date(2026, 5, 1), "away")
    assert status.failed
    assert read_status(file) == status


def test_a_killed_run_is_seen(file: Path) -> None:
    """A run that began and never ended has no exit."""
    begun(file, NOON)
    status = read_status(file)
    assert (status.last_attempt, status.last_exit, status.failed) == (NOON, None, False)
    assert "has not ended" in in_words(status, NOON.date())


def test_a_killed_run_is_told_from_one_at_work(file: Path) -> None:
    """The lock of the store knows which of the two it is."""
    status = begun(file, NOON)
    assert in_words(status, NOON.date(), at_work=True).endswith("and is at work")
    assert in_words(status, NOON.date(), at_work=False).endswith("and was killed before its end")


def test_a_run_without_arxiv_is_no_success(file: Path) -> None:
    """It came to its end, and what it could not ask for stays on record; the last success is an older one."""
    begun(file, NOON)
    ended(file, NOON, Outcome(exit_code=0))
    begun(file, LATER)
    status = ended(file, LATER, Outcome(exit_code=0, fault="arXiv has no address"))
    assert (status.failed, status.last_success, status.last_fault) == (True, NOON, "arXiv has no address")
    assert "could not ask arXiv for all" in in_words(status, NOON.date())


def test_a_plan_that_is_past_is_planned_no_more(file: Path) -> None:
    """Where the crontab names no next run, an old one stays as long as it lies ahead."""
    planned(file, LATER)
    assert ended(file, NOON, Outcome(exit_code=0)).next_run == LATER
    assert ended(file, LATER, Outcome(exit_code=0)).next_run is None


def test_no_file_is_no_run(file: Path) -> None:
    """Before the first run nothing is known."""
    assert read_status(file) == Status()
    assert in_words(Status(), NOON.date()) == "no run is on record"


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff", b'{"last_exit": "x"}', b'{"last_attempt": "2026-05-04T12:00:00"}']
)
def test_a_damaged_file_is_told_and_written_anew(file: Path, content: bytes) -> None:
    """Reading it is an error with a next step; the next run goes on."""
    file.parent.mkdir()
    file.write_bytes(content)
    with pytest.raises(Stop, match="cannot be read"):
        read_status(file)
    assert begun(file, NOON) == read_status(file)


def test_keys_of_a_newer_program_are_passed_over(file: Path) -> None:
    """What is not known does not hide what is."""
    file.parent.mkdir()
    file.write_text('{"last_exit": 0, "moon": "full"}', encoding="utf-8")
    assert read_status(file).last_exit == 0


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The caller decides whether that ends the run."""
    (tmp_path / "file").touch()
    with pytest.raises(CannotWrite, match="status"):
        begun(tmp_path / "file" / "status.json", NOON)


def test_removed_plans_have_no_next_run(file: Path) -> None:
    """`planned` changes the next run alone."""
    begun(file, NOON)
    planned(file, LATER)
    assert read_status(file).next_run == LATER
    planned(file, None)
    assert (read_status(file).next_run, read_status(file).last_attempt) == (None, NOON)


@pytest.mark.parametrize(
    ("status", "alarmed"),
    [
        (Status(), False),
        (Status(data_as_of=NOON.date() - timedelta(days=ALARM_DAYS)), False),
        (Status(data_as_of=NOON.date() - timedelta(days=ALARM_DAYS + 1)), True),
        (Status(data_as_of=NOON.date() + timedelta(days=1)), False),
        (Status(last_success=NOON - timedelta(days=ALARM_DAYS + 1)), True),
        (Status(last_success=NOON), False),
    ],
)
def test_old_data_is_an_alarm(status: Status, alarmed: bool) -> None:
    """More than forty days without new data are too many; a clock set back is none."""
    assert bool(alarm(status, NOON.date())) is alarmed


@pytest.mark.parametrize(
    ("code", "said"), [(ExitCode.DONE, "ended well"), (ExitCode.GAPS, "gaps remain"), (ExitCode.UNREACHABLE, "exit 4")]
)
def test_a_run_is_put_into_words(file: Path, code: ExitCode, said: str) -> None:
    """Each end has its words."""
    begun(file, NOON)
    status = ended(file, LATER, Outcome(exit_code=code, data_as_of=date(2026, 5, 1)))
    assert said in in_words(status, NOON.date())
    assert "3 days old" in in_words(status, NOON.date())
