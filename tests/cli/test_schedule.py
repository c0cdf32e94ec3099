"""`schedule` prints plans, and installs them in the crontab of the user who asks."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from llmsurvey.cli.run import run
from llmsurvey.errors import ExitCode
from llmsurvey.status import Outcome, begun, ended
from tests.schedule.conftest import FakeCron, cron, home

__all__ = ["cron", "home"]


@pytest.mark.parametrize(
    ("form", "sign"),
    [
        ([], "* * cd "),
        (["--cron"], "# llmsurvey weekly "),
        (["--systemd"], "OnCalendar="),
        (["--github"], "runs-on: ubuntu-latest"),
    ],
)
def test_plans_are_shown_without_a_crontab_program(
    form: list[str], sign: str, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each form is printed, with full paths, and with nothing secret."""
    monkeypatch.setenv("PATH", str(home))
    monkeypatch.setenv("LLMSURVEY_API_KEY", "hush")
    assert run(["schedule", "show", *form]) == 0
    shown = capsys.readouterr().out
    assert sign in shown
    assert "hush" not in shown
    assert "LLMSURVEY_API_KEY" in shown


def test_two_forms_at_once_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """One form is printed at a time."""
    assert run(["schedule", "show", "--cron", "--github"]) == ExitCode.USAGE
    assert "choose one" in capsys.readouterr().err


def test_the_plans_are_installed_once_and_removed_whole(cron: FakeCron, capsys: pytest.CaptureFixture[str]) -> None:
    """A second install writes nothing, and after `remove` the crontab is what it was."""
    before = b"MAILTO=me\r\n0 0 * * * caf\xe9"
    cron.hold(before)
    assert run(["schedule", "install"]) == 0
    first = cron.tab
    assert first.startswith(before)
    assert first.count(b"# llmsurvey ") == 2
    assert run(["schedule", "install"]) == 0
    assert (cron.tab, cron.writes) == (first, 1)
    assert run(["schedule", "remove"]) == 0
    assert run(["schedule", "remove"]) == 0
    assert (cron.tab, cron.writes) == (before, 2)
    out, err = capsys.readouterr()
    assert out == ""
    assert "already" in err
    assert "no contact is set" in err


def test_status_tells_plans_and_runs(cron: FakeCron, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is installed, when it runs next, how the last run went, and the alarm of old data."""
    database = ["--database", f"sqlite:///{home}/x.db"]
    file = home / "status.json"
    long_ago = datetime(2024, 1, 5, 12, tzinfo=UTC)
    begun(file, long_ago)
    ended(file, long_ago, Outcome(exit_code=4, fault="arXiv is away", data_as_of=long_ago.date()))
    assert run(["schedule", "install", *database]) == 0
    capsys.readouterr()
    assert run(["schedule", "status", "--json", *database]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(plan["plan"], plan["active"]) for plan in told["plans"]] == [("monthly", True), ("weekly", True)]
    assert told["last_run"]["last_exit"] == 4
    assert told["last_run"]["at_work"] is False
    assert told["last_run"]["next_run"] == min(plan["next_run"] for plan in told["plans"])
    assert "days old" in told["alarm"]
    assert json.loads(file.read_bytes())["next_run"] is not None
    assert run(["schedule", "status", *database]) == 0
    out = capsys.readouterr().out
    assert "arXiv is away" in out
    assert "failed (exit 4)" in out
    assert cron.writes == 1


def test_another_folder_has_plans_of_its_own(
    cron: FakeCron, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two surveys share a crontab, and neither removes the other's plans."""
    assert run(["schedule", "install"]) == 0
    mine = cron.tab
    (home / "other").mkdir()
    monkeypatch.chdir(home / "other")
    assert run(["schedule", "install"]) == 0
    assert cron.tab.startswith(mine)
    assert run(["schedule", "status"]) == 0
    assert f"another survey is kept in {home}\n" in capsys.readouterr().out
    assert run(["schedule", "remove"]) == 0
    assert cron.tab == mine


def test_a_password_is_not_installed(
    cron: FakeCron, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A database whose address is secret must be named elsewhere; a key is withheld with a warning."""
    monkeypatch.setenv("LLMSURVEY_API_KEY", "hush")
    assert run(["schedule", "install", "--database", "postgresql://me:hush@host/x"]) == ExitCode.FAILURE
    assert run(["schedule", "install"]) == 0
    assert b"hush" not in cron.tab
    err = capsys.readouterr().err
    assert "database_url into llmsurvey.toml" in err
    assert "LLMSURVEY_API_KEY holds a secret" in err
    assert "hush" not in err


def test_no_crontab_program_is_a_clear_error(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`install` names the alternative; `status` still tells what it can."""
    monkeypatch.setenv("PATH", str(home))
    assert run(["schedule", "install"]) == ExitCode.FAILURE
    assert "schedule show --systemd" in capsys.readouterr().err
    assert run(["schedule", "status"]) == 0
    assert "no crontab program" in capsys.readouterr().out


def test_a_zone_of_the_crontab_is_told(cron: FakeCron, capsys: pytest.CaptureFixture[str]) -> None:
    """Where CRON_TZ may shift the hours, it is said."""
    cron.hold(b"CRON_TZ=Asia/Tokyo\n")
    assert run(["schedule", "install"]) == 0
    assert "CRON_TZ" in capsys.readouterr().err


def test_a_damaged_record_is_told(cron: FakeCron, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A status.json that is no JSON does not hide the plans."""
    (home / "status.json").write_bytes(b"{")
    assert run(["schedule", "status", "--database", f"sqlite:///{home}/x.db"]) == 0
    out, err = capsys.readouterr()
    assert "not installed" in out
    assert "status.json cannot be read" in err
    assert not (cron.folder / "tab").exists()
