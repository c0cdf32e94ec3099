"""The log file takes what it can, and never stops a run."""

import logging
import os
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from llmsurvey import logfile
from llmsurvey.cli.run import run
from llmsurvey.logfile import NAME, UNATTENDED, LogFile, attach, note


@pytest.fixture
def told() -> StringIO:
    """Return what the terminal is told."""
    return StringIO()


@pytest.fixture
def logger(told: StringIO) -> Iterator[logging.Logger]:
    """Make a quiet logger with a terminal."""
    made = logging.Logger("test", logging.WARNING)  # noqa: LOG001 - one that no other test sees
    made.addHandler(logging.StreamHandler(told))
    yield made
    for handler in made.handlers:
        handler.close()


def test_the_file_hears_more_than_the_terminal(logger: logging.Logger, told: StringIO, tmp_path: Path) -> None:
    """A quiet run says nothing, and logs what it does, one line a record."""
    file = attach(logger, [tmp_path / "new" / "folder"])
    logger.info("page %d\nof \x1b[31mmany", 1)
    logger.debug("not this")
    note(logger, "for the file alone")
    assert file == tmp_path / "new" / "folder" / NAME
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO \[\d+\] page 1 \| of \\x1b\[31mmany", lines[0])
    assert told.getvalue() == ""


def test_it_rotates(logger: logging.Logger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file stays small, and only so many older ones are kept."""
    monkeypatch.setattr(logfile, "_LARGEST_BYTES", 500)
    attach(logger, [tmp_path])
    for number in range(100):
        logger.info("line %d", number)
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert len(sizes) == 5
    assert max(sizes) <= 500


def test_the_next_folder_is_taken(logger: logging.Logger, told: StringIO, tmp_path: Path) -> None:
    """Where the first folder takes no file, the second does, silently."""
    (tmp_path / "file").touch()
    os.mkfifo(tmp_path / NAME)
    (tmp_path / "b" / NAME).mkdir(parents=True)
    assert attach(logger, [tmp_path / "file", tmp_path, tmp_path / "b", tmp_path / "c"]) == tmp_path / "c" / NAME
    assert told.getvalue() == ""


@pytest.mark.parametrize("folders", [["file"], ["file", "file"], []])
def test_no_place_is_said_once(logger: logging.Logger, told: StringIO, tmp_path: Path, folders: list[str]) -> None:
    """Without a place the run goes on, after one line."""
    (tmp_path / "file").touch()
    assert attach(logger, [tmp_path / name for name in folders]) is None
    logger.info("goes on")
    note(logger, "goes on")
    assert told.getvalue().count("\n") == 1
    assert "the run goes on without one" in told.getvalue()


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="this system has no /dev/full")
def test_a_full_disk_is_said_once(logger: logging.Logger, told: StringIO, tmp_path: Path) -> None:
    """When the disk fills up, one line says so, and the file is let go of."""
    attach(logger, [tmp_path])
    (handler,) = (each for each in logger.handlers if isinstance(each, LogFile))
    handler.close()
    handler.stream = Path("/dev/full").open("w", encoding="utf-8")  # noqa: SIM115 - the handler closes it
    for _ in range(3):
        logger.info("a page")
    assert told.getvalue().count("\n") == 1
    assert "cannot be written" in told.getvalue()


def test_only_unattended_runs_keep_a_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mark of a plan makes a run log its begin, its fault and its end."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.delenv(UNATTENDED, raising=False)
    assert run(["config", "show"]) == 0
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv(UNATTENDED, "weekly")
    assert run(["config", "show"]) == 0
    assert run(["config", "shwo"]) == 2
    log = (tmp_path / "llmsurvey" / NAME).read_text(encoding="utf-8")
    assert log.count("begins, by the plan 'weekly'") == 2
    assert "ended with 0" in log
    assert "ERROR" in log
    assert "did you mean `config show`?" in log


def test_the_database_folder_is_the_second_choice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the state folder cannot be written, the log lies beside the database; else one line is said."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    monkeypatch.setenv(UNATTENDED, "weekly")
    assert run(["config", "show", "--quiet", "--database", f"sqlite:///{tmp_path}/db/x.db"]) == 0
    assert (tmp_path / "db" / NAME).exists()
    assert capsys.readouterr().err == ""
    assert run(["config", "show", "--quiet", "--database", f"sqlite:///{tmp_path}/file/x.db"]) == 0
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "no log file can be written" in err
