"""`db` says where the database is and whether it is whole, and brings it up to date."""

import json
from pathlib import Path

import pytest

from llmsurvey.cli.run import run
from llmsurvey.errors import ExitCode
from tests.stored_papers import a_paper, a_store


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Name a database that does not exist yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LLMSURVEY_DATABASE_URL", f"sqlite:///{tmp_path}/new/s.db")
    return tmp_path / "new" / "s.db"


def test_the_path_is_told_and_nothing_made(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`db path` prints the file alone, for scripts."""
    assert run(["db", "path"]) == 0
    assert capsys.readouterr().out == f"{file}\n"
    assert not file.parent.exists()


def test_a_missing_database_has_no_fault(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before the first import there is nothing to check, and nothing is made."""
    assert run(["db", "check", "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == []
    assert "no database" in said.err
    assert not file.parent.exists()


def test_an_upgrade_says_what_it_did(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A new database is made, one of today is left alone, a waiting index is extended."""
    assert run(["db", "upgrade"]) == 0
    assert "made" in capsys.readouterr().out
    assert run(["db", "upgrade"]) == 0
    assert "up to date" in capsys.readouterr().out
    a_store(file, [a_paper()], indexed=False)
    assert run(["db", "upgrade"]) == 0
    assert "1 papers were taken into the full-text index" in capsys.readouterr().out


def test_a_fault_is_a_failure_with_its_next_step(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong is a line with the command that mends it, and exit code 1."""
    file.parent.mkdir()
    a_store(file, [a_paper()], indexed=False)
    assert run(["db", "check"]) == ExitCode.FAILURE
    assert "`llmsurvey db upgrade`" in capsys.readouterr().out
    assert run(["db", "upgrade"]) == 0
    assert run(["db", "check"]) == 0


def test_a_foreign_file_is_refused(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no database is neither checked nor changed."""
    file.parent.mkdir()
    file.write_text("not a database, but long enough to be taken for one " * 10, encoding="utf-8")
    for command in ("check", "upgrade"):
        assert run(["db", command]) == ExitCode.FAILURE
        assert "is not an SQLite database" in capsys.readouterr().err
