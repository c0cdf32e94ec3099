"""Errors say what the caller does, and which exit code they end in."""

import pickle

import pytest

from llmsurvey import errors
from llmsurvey.errors import BadUsage, ExitCode, Gap, LockHeld, Retry, Stop, SurveyError, Unreachable


@pytest.mark.parametrize(
    ("kind", "code"),
    [(SurveyError, 1), (Stop, 1), (BadUsage, 2), (Gap, 3), (Retry, 4), (Unreachable, 4), (LockHeld, 5)],
)
def test_each_consequence_has_its_exit_code(kind: type[SurveyError], code: int) -> None:
    """The exit codes are the contract with cron jobs and scripts."""
    assert kind("x").exit_code == code


def test_every_error_of_the_module_has_a_consequence() -> None:
    """Whatever is raised on purpose is a retry, a gap or a stop."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, SurveyError)]
    assert all(issubclass(kind, (Retry, Gap, Stop)) for kind in kinds if kind is not SurveyError)


def test_success_and_interruption_have_the_customary_codes() -> None:
    """0 is done, 130 is what a shell expects after Ctrl-C."""
    assert (ExitCode.DONE, ExitCode.INTERRUPTED) == (0, 130)


def test_an_error_prints_the_fault_and_the_next_step() -> None:
    """The hint stands on a line of its own, and leaves none where it is empty."""
    assert str(BadUsage("no such month", hint="write YYYY-MM")) == "no such month\n  write YYYY-MM"
    assert str(BadUsage("no such month")) == "no such month"


def test_an_error_survives_the_way_between_processes() -> None:
    """What a worker process raises arrives with message, hint and kind."""
    error = pickle.loads(pickle.dumps(LockHeld("held", hint="wait")))  # noqa: S301 - our own bytes
    assert type(error) is LockHeld
    assert (error.message, error.hint, error.exit_code) == ("held", "wait", 5)
