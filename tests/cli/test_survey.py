"""`survey` says what the job could not do, tells by its exit code how it ended, and leaves both on record."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from llmsurvey import job
from llmsurvey.cli.run import run
from llmsurvey.errors import ExitCode
from llmsurvey.job import Outcome
from llmsurvey.status import read_status
from llmsurvey.store.lock import held
from tests.schedule.conftest import home
from tests.stored_papers import a_store

__all__ = ["home"]

DONE = Outcome(Path("reports/2026-11-27/survey.md"), ("3 of 3 windows complete",), data_date=date(9999, 1, 1))
Ending = Callable[[Outcome], None]


@pytest.fixture
def ending(home: Path, monkeypatch: pytest.MonkeyPatch) -> Ending:
    """Let the job end as a test wants, in a folder of its own and without a crontab."""
    monkeypatch.setenv("PATH", str(home))
    monkeypatch.setenv("LLMSURVEY_DATABASE_URL", f"sqlite:///{home}/x.db")

    def end(outcome: Outcome) -> None:
        def job_run(*_: object, started: Callable[[], None], **__: Any) -> Outcome:
            started()
            return outcome

        monkeypatch.setattr(job, "run", job_run)

    return end


def test_a_quiet_run_is_silent_when_all_is_well(ending: Ending, capsys: pytest.CaptureFixture[str]) -> None:
    """Only the path of the report is printed, which cron throws away."""
    ending(DONE)
    assert run(["survey", "--quiet"]) == 0
    assert capsys.readouterr() == ("reports/2026-11-27/survey.md\n", "")
    assert run(["survey"]) == 0
    assert capsys.readouterr().err == "3 of 3 windows complete\n"


def test_a_quiet_run_without_arxiv_says_so_in_a_line(
    ending: Ending, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The job is done, so that it ends with 0; the record holds why it is no success."""
    ending(replace(DONE, trouble="arXiv could not be asked: it has no address"))
    assert run(["survey", "--quiet"]) == 0
    assert capsys.readouterr().err == "warning: arXiv could not be asked: it has no address\n"
    status = read_status(home / "status.json")
    assert (status.last_fault, status.last_success) == ("arXiv could not be asked: it has no address", None)


def test_gaps_of_the_run_are_said_and_end_with_3(
    ending: Ending, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who is called by an exit code also learns where to look."""
    ending(replace(DONE, gaps=2))
    assert run(["survey", "--quiet"]) == ExitCode.GAPS
    assert "`llmsurvey gaps` tells why" in capsys.readouterr().err
    assert read_status(home / "status.json").last_exit == ExitCode.GAPS


def test_old_data_is_an_alarm(ending: Ending, capsys: pytest.CaptureFixture[str]) -> None:
    """A run that ends well on data of last year says how old they are."""
    ending(replace(DONE, data_date=date(2018, 12, 31)))
    assert run(["survey", "--quiet"]) == 0
    assert "days old (as of 2018-12-31)" in capsys.readouterr().err


def test_a_second_run_ends_at_once(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says who works on the store, and leaves that run's record alone."""
    monkeypatch.setenv("LLMSURVEY_DATABASE_URL", f"sqlite:///{home}/x.db")
    with held(a_store(home / "x.db", []), "harvest"):
        assert run(["survey", "--offline", "--quiet"]) == ExitCode.LOCKED
    assert "another run works on" in capsys.readouterr().err
    assert not (home / "status.json").exists()
