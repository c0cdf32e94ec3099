"""`doctor` prints what it found, each with the next step, and ends with 1 where some command will fail."""

import json
from pathlib import Path

import pytest

from llmsurvey.cli import doctor
from llmsurvey.cli.run import run
from llmsurvey.doctor import Finding, Status
from llmsurvey.errors import ExitCode

GOOD = Finding("python", Status.OK, "CPython 3.11.7 on Linux")
OLD = Finding("upkeep", Status.FAIL, "the data is 41 days old", "run `llmsurvey survey`")


@pytest.mark.parametrize(("findings", "code"), [([GOOD], ExitCode.DONE), ([GOOD, OLD], ExitCode.FAILURE)])
def test_findings_are_told_with_their_next_step(
    findings: list[Finding], code: ExitCode, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A failure is one for scripts as well."""
    monkeypatch.setattr(doctor, "examine", lambda _flags: findings)
    assert run(["doctor"]) == code
    said = capsys.readouterr().out
    assert all(each.explanation in said and each.suggestion in said for each in findings)


def test_the_real_examination_is_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every check of the table reports, on a machine without a store and without a crontab."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run(["doctor", "--json", "--database", f"sqlite:///{tmp_path}/x.db"]) == 0
    told = {each["name"]: each["status"] for each in json.loads(capsys.readouterr().out)}
    assert {"python", "database folder", "database", "upkeep", "next run"} <= set(told)
    assert "fail" not in told.values()
