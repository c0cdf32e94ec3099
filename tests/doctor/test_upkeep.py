"""The doctor tells how the last run went, and sounds the alarm when the data is old."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from llmsurvey.config import load
from llmsurvey.doctor.finding import Status
from llmsurvey.doctor.upkeep import last_run, planned_run
from llmsurvey.schedule.machine import launch_here
from llmsurvey.status import Outcome, begun, ended
from llmsurvey.store.lock import held
from tests.schedule.conftest import FakeCron, cron, home
from tests.stored_papers import a_store

__all__ = ["cron", "home"]

NOW = datetime.now(UTC)


@pytest.mark.parametrize(
    ("code", "age", "expected"),
    [
        (0, 1, [Status.OK]),
        (3, 1, [Status.OK]),
        (4, 1, [Status.WARN]),
        (0, 50, [Status.FAIL, Status.OK]),
        (None, 1, [Status.WARN]),
    ],
)
def test_runs_are_judged(tmp_path: Path, code: int | None, age: int, expected: list[Status]) -> None:
    """A run that failed or was killed is a warning, old data a failure; what is wrong says what to do."""
    settings = load({"database_url": f"sqlite:///{tmp_path}/x.db"})
    file = tmp_path / "status.json"
    begun(file, NOW)
    if code is not None:
        day = (NOW - timedelta(days=age)).date()
        ended(file, NOW, Outcome(exit_code=code, fault="oh" if code == 4 else "", data_as_of=day))
    findings = list(last_run(settings))
    assert [finding.status for finding in findings] == expected
    assert all(finding.suggestion for finding in findings if finding.status is not Status.OK)


def test_a_run_at_work_is_no_warning(tmp_path: Path) -> None:
    """Whoever holds the lock of the store is not dead."""
    begun(tmp_path / "status.json", NOW)
    with held(a_store(tmp_path / "x.db", []), "survey"):
        (finding,) = last_run(load({"database_url": f"sqlite:///{tmp_path}/x.db"}))
    assert finding.status is Status.OK
    assert "is at work" in finding.explanation


def test_the_next_run_is_told(cron: FakeCron, home: Path) -> None:
    """It is read from the crontab as it stands; other timers are not seen, so that none is no warning."""
    settings = load({"database_url": f"sqlite:///{home}/x.db"})
    (none,) = planned_run(settings)
    assert (none.status, none.explanation) == (Status.OK, "none is planned in your crontab")
    launch = launch_here(home, None)
    cron.hold(f"30 21 1 1 * cd /x && env A=b nice x # llmsurvey monthly {launch.survey_id}\n".encode())
    (found,) = planned_run(settings)
    assert "-01-01 " in found.explanation


@pytest.mark.parametrize("content", [None, b"{"])
def test_no_record_or_a_damaged_one_is_a_warning(tmp_path: Path, content: bytes | None) -> None:
    """Without a record the doctor cannot say that all is well."""
    if content:
        (tmp_path / "status.json").write_bytes(content)
    (finding,) = last_run(load({"database_url": f"sqlite:///{tmp_path}/x.db"}))
    assert finding.status is Status.WARN
    assert finding.suggestion
