"""Errors by consequence: what the caller does about a fault, and the exit code it ends in.

A message names the thing, the place and the next step. Library code raises these and never prints;
the command line turns them into text and an exit code in one place.
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """How the program ends; the numbers are a contract with cron jobs and scripts."""

    DONE = 0
    FAILURE = 1
    USAGE = 2
    GAPS = 3
    """Done, but something is missing and recorded as such."""
    UNREACHABLE = 4
    """arXiv refused or could not be reached."""
    LOCKED = 5
    """Another run holds the lock."""
    INTERRUPTED = 130


class SurveyError(Exception):
    """Base of all errors this program raises on purpose."""

    exit_code: ExitCode = ExitCode.FAILURE

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        """The next step for the person who reads this; may be empty."""

    def __str__(self) -> str:
        return f"{self.message}\n  {self.hint}" if self.hint else self.message


class Retry(SurveyError):  # noqa: N818 - named by what the caller does
    """A passing fault: the same request is sent again after a pause."""

    exit_code = ExitCode.UNREACHABLE


class Gap(SurveyError):  # noqa: N818 - named by what the caller does
    """Something is missing for good in this run: it is recorded, and the rest goes on."""

    exit_code = ExitCode.GAPS


class Stop(SurveyError):  # noqa: N818 - named by what the caller does
    """Nothing sensible can follow: the command ends here."""


class BadUsage(Stop):
    """What was asked for cannot be meant: an unknown name, an impossible date, a reversed range."""

    exit_code = ExitCode.USAGE


class CannotWrite(Stop):
    """A file or folder could not be written: no permission, no room, something else in its place."""


class LockHeld(Stop):
    """Another run of this program works on the same store."""

    exit_code = ExitCode.LOCKED


class Unreachable(Stop):
    """arXiv could not be reached, or refused to answer."""

    exit_code = ExitCode.UNREACHABLE
