"""Each kind of fault has its words and its exit code."""

import errno
import sqlite3

import pytest
import typer
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from llmsurvey.cli.faults import told
from llmsurvey.errors import BadUsage, ExitCode, Gap, LockHeld, Retry, Stop, Unreachable


@pytest.mark.parametrize(
    ("kind", "code"), [(Stop, 1), (BadUsage, 2), (Gap, 3), (Retry, 4), (Unreachable, 4), (LockHeld, 5)]
)
def test_an_error_of_the_program_keeps_its_exit_code(kind: type[Stop], code: int) -> None:
    """Each error by consequence ends in the documented code, with its hint."""
    fault = told(kind("the thing", hint="the next step"))
    assert (fault.text, fault.code) == ("the thing\n  the next step", code)


@pytest.mark.parametrize(
    ("said", "words", "code"),
    [
        ("database is locked", "another program is writing", ExitCode.LOCKED),
        ("database or disk is full", "the disk with the database is full", ExitCode.FAILURE),
        ("attempt to write a readonly database", "cannot be written", ExitCode.FAILURE),
        ("file is not a database", "is no SQLite database", ExitCode.FAILURE),
        ("database disk image is malformed", "is damaged", ExitCode.FAILURE),
        ("unable to open database file", "cannot be opened", ExitCode.FAILURE),
        ("no such table: papers", "the database refused: no such table: papers", ExitCode.FAILURE),
    ],
)
def test_a_database_error_is_told_without_its_sql(said: str, words: str, code: ExitCode) -> None:
    """SQLite's error means the same, bare or wrapped by SQLAlchemy."""
    bare = sqlite3.OperationalError(said)
    wrapped = DBAPIError.instance("SELECT secret", {}, bare, sqlite3.Error)
    for error in (bare, wrapped):
        fault = told(error)
        assert words in fault.text
        assert "secret" not in fault.text
        assert fault.code == code


def test_a_database_in_no_folder_cannot_be_opened() -> None:
    """The wrapped error of a real engine is recognised."""
    engine = create_engine("sqlite:////nonexistent/folder/x.db")
    with pytest.raises(Exception, match="unable to open") as raised, engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    assert told(raised.value).text.startswith("the database cannot be opened")


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        (errno.ENOSPC, "free some space"),
        (errno.EROFS, "a disk that can be written"),
        (errno.EACCES, "change its rights"),
        (errno.ENOENT, "check the path"),
        (errno.EIO, ""),
    ],
)
def test_an_error_of_the_system_names_the_file(number: int, hint: str) -> None:
    """What the system said, about which file, and the next step where there is one."""
    fault = told(OSError(number, "it failed", "/some/file"))
    assert fault.text.startswith("/some/file: it failed")
    assert hint in fault.text
    assert fault.code == 1


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (typer.Exit(3), 3),
        (SystemExit(4), 4),
        (SystemExit("text"), 1),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), 0),
    ],
)
def test_an_end_that_is_no_fault_says_nothing(error: BaseException, code: int) -> None:
    """An exit that a command asks for, and a reader that has seen enough, need no words."""
    assert (told(error).text, told(error).code) == ("", code)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), typer.Abort()])
def test_an_interrupt_is_130(error: BaseException) -> None:
    """Ctrl-C, also at a question, ends with 130."""
    assert told(error, verbose=True).code == 130


def test_a_lack_of_memory_is_no_riddle() -> None:
    """It is the machine's, and there is something to be done about it."""
    assert told(MemoryError()).text.startswith("there is not enough memory\n  ")
    assert told(MemoryError()).code == 1


def test_a_long_unexpected_text_is_cut() -> None:
    """A megabyte of message stays one line."""
    fault = told(RuntimeError("x\n" * 1_000_000))
    assert len(fault.text) < 700
    assert fault.text.count("\n") == 1
