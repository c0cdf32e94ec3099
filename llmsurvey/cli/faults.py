"""What a person reads when a command fails, and the exit code: every fault in one table. Nothing is printed here."""

import errno
import traceback
from dataclasses import dataclass

import typer

from llmsurvey.errors import ExitCode, SurveyError

_DATABASE_FAULTS: tuple[tuple[str, str, str, ExitCode], ...] = (
    ("locked", "another program is writing to the database", "wait for it to end, then run again", ExitCode.LOCKED),
    ("disk is full", "the disk with the database is full", "free some space, then run again", ExitCode.FAILURE),
    ("readonly", "the database cannot be written", "`llmsurvey doctor` says who may write there", ExitCode.FAILURE),
    ("not a database", "the database file is no SQLite database", "see `llmsurvey config show`", ExitCode.FAILURE),
    ("malformed", "the database file is damaged", "put a backup in its place", ExitCode.FAILURE),
    ("unable to open", "the database cannot be opened", "`llmsurvey doctor` looks into its folder", ExitCode.FAILURE),
)
"""Part of the driver's text, what it means, the next step, the exit code. SQLite's texts: sqlite.org/rescode.html."""

_FILE_HINTS = {
    errno.ENOSPC: "free some space, then run the same command again",
    errno.EDQUOT: "free some space, then run the same command again",
    errno.EROFS: "choose a folder on a disk that can be written",
    errno.EACCES: "choose a folder that you may use, or change its rights",
    errno.EPERM: "choose a folder that you may use, or change its rights",
    errno.ENOENT: "check the path",
    errno.ENOTDIR: "check the path",
    errno.EISDIR: "name a file",
}

_LONGEST_LINE = 500
"""Characters of an unexpected fault's text that are shown."""


@dataclass(frozen=True, slots=True)
class Told:
    """A fault in words; empty where there is nothing to say."""

    text: str
    code: int


def told(error: BaseException, *, verbose: bool = False) -> Told:
    """Put any exception into words."""
    if isinstance(error, typer.Exit):
        return Told("", error.exit_code)
    if isinstance(error, SystemExit):
        return Told("", error.code if isinstance(error.code, int) else ExitCode.FAILURE)
    if isinstance(error, BrokenPipeError):  # the reader has seen enough: `| head`
        return Told("", ExitCode.DONE)
    plain = _plainly(error)
    if verbose and plain.code not in {ExitCode.USAGE, ExitCode.INTERRUPTED}:
        return Told("".join(traceback.format_exception(error)) + plain.text, plain.code)
    return plain


def _plainly(error: BaseException) -> Told:
    """Put an exception into words, without a traceback."""
    if isinstance(error, SurveyError):
        return Told(str(error), error.exit_code)
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        return Told("interrupted; what was finished is kept", ExitCode.INTERRUPTED)
    if callable(getattr(error, "format_message", None)):  # click's usage errors, wherever typer keeps them
        return _usage(error)
    if any(base.__name__ == "DatabaseError" for base in type(error).__mro__):
        return _database(error)
    if isinstance(error, OSError) and error.strerror:
        return _file(error)
    return _other(error)


def _other(error: BaseException) -> Told:
    """Put into words what is no fault of a file, a database or the user."""
    if isinstance(error, MemoryError):
        return Told("there is not enough memory\n  end other programs, then run the same again", ExitCode.FAILURE)
    kind = type(error).__name__
    line = " ".join(str(error).split())[:_LONGEST_LINE]
    return Told(
        f"unexpected {kind}{f': {line}' if line else ''}\n  this should not happen; --verbose shows where it did",
        ExitCode.FAILURE,
    )


def _usage(error: BaseException) -> Told:
    """Put a wrong command line into words; a call without a command is answered with the help text."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return Told(str(error), ExitCode.USAGE)
    near = getattr(error, "possibilities", None) or ()
    message = str(getattr(error, "message", error) if near else getattr(error, "format_message", error.__str__)())
    message = message.replace(": Value error, ", ": ", 1)  # the words of a library inside typer, not of ours
    command = getattr(getattr(error, "ctx", None), "command_path", "llmsurvey")
    hint = f"did you mean {' or '.join(sorted(near))}?" if near else f"`{command} --help` tells how it is called"
    return Told(f"{message.rstrip('.')}\n  {hint}", ExitCode.USAGE)


def _database(error: BaseException) -> Told:
    """Put a database driver's error into words, without its SQL; SQLAlchemy keeps the driver's in `orig`."""
    said = " ".join(str(getattr(error, "orig", None) or error).split())[:_LONGEST_LINE]
    for part, meaning, step, code in _DATABASE_FAULTS:
        if part in said.lower():
            return Told(f"{meaning} ({said})\n  {step}", code)
    return Told(f"the database refused: {said}\n  `llmsurvey doctor` looks into it", ExitCode.FAILURE)


def _file(error: OSError) -> Told:
    """Put an error of the operating system into words."""
    place = f"{error.filename}: " if error.filename else ""
    hint = _FILE_HINTS.get(error.errno or 0)
    return Told(f"{place}{error.strerror}{f'{chr(10)}  {hint}' if hint else ''}", ExitCode.FAILURE)
