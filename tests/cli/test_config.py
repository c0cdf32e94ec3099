"""`config show` tells value and origin, and keeps secrets."""

import json
from pathlib import Path

import pytest

from llmsurvey.cli.run import run
from llmsurvey.config import SETTINGS


def test_every_setting_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """Each setting has a line, and a key in JSON."""
    assert run(["config", "show"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == [setting.name for setting in SETTINGS]
    assert run(["config", "show", "--json"]) == 0
    assert list(json.loads(capsys.readouterr().out)) == [setting.name for setting in SETTINGS]


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_secrets_are_masked(
    form: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither the API key nor the database's password is shown; the host is."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LLMSURVEY_API_KEY", "hush")
    monkeypatch.setenv("LLMSURVEY_DATABASE_URL", "postgresql://me:hu@sh/hush@db.example.org/x?password=hush")
    assert run(["config", "show", *form]) == 0
    shown = capsys.readouterr().out
    assert "hush" not in shown
    assert "hu@sh" not in shown
    assert "db.example.org" in shown
