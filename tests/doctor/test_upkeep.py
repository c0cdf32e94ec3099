"""The doctor tells how the last run went, and sounds the alarm when the data is old."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from llmsurvey.config import load
from llmsurvey.doctor.finding import Status
from llmsurvey.doctor.upkeep import last_run
from llmsurvey.status import Outcome, begun, ended

NOW = datetime.now(UTC)


@pytest.mark.parametrize(
    ("code", "age", "expected"),
    [
        (0, 1, [Status.OK]),
        (3, 1, [Status.OK]),
        (4, 1, [Status.WARN]),
        (0, 50, [Status.FAIL, Status.OK]),
        (None, 1, [Status.OK]),
    ],
)
def test_runs_are_judged(tmp_path: Path, code: int | None, age: int, expected: list[Status]) -> None:
    """A failed run is a warning, old data a failure; what is wrong says what to do."""
    settings = load({"database_url": f"sqlite:///{tmp_path}/x.db"})
    file = tmp_path / "status.json"
    begun(file, NOW)
    if code is not None:
        ended(file, NOW, Outcome(exit_code=code, fault="oh", data_as_of=(NOW - timedelta(days=age)).date()))
    findings = list(last_run(settings))
    assert [finding.status for finding in findings] == expected
    assert all(finding.suggestion for finding in findings if finding.status is not Status.OK)


@pytest.mark.parametrize("content", [None, b"{"])
def test_no_record_or_a_damaged_one_is_a_warning(tmp_path: Path, content: bytes | None) -> None:
    """Without a record the doctor cannot say that all is well."""
    if content:
        (tmp_path / "status.json").write_bytes(content)
    (finding,) = last_run(load({"database_url": f"sqlite:///{tmp_path}/x.db"}))
    assert finding.status is Status.WARN
    assert finding.suggestion
