"""The store of a call: papers that come in meet the models they present."""

import json
from pathlib import Path

import pytest

from llmsurvey.cli.run import run
from tests.records import line, snapshot

GPT_4 = "2303.08774"


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLMSURVEY_DATABASE_URL", f"sqlite:///{tmp_path / 'own.db'}")


def brought(tmp_path: Path) -> int:
    """Import the paper of a model."""
    file = snapshot(tmp_path / "papers.jsonl", [line(GPT_4, day="2023-03-15")])
    return run(["import", str(file), "--keep", "all"])


def test_a_paper_that_is_imported_names_its_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a further command."""
    assert brought(tmp_path) == 0
    capsys.readouterr()
    assert run(["papers", "show", GPT_4, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["models"] == ["GPT-4"]


def test_broken_facts_stop_no_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are told, and the papers are in."""
    (tmp_path / "mine.toml").write_text("[[model]]\n", encoding="utf-8")
    monkeypatch.setenv("LLMSURVEY_OVERLAYS", str(tmp_path / "mine.toml"))
    assert brought(tmp_path) == 0
    assert "mine.toml" in capsys.readouterr().err
