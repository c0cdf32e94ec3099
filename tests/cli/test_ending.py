"""A program that is told to end does so in order."""

import os
import signal

import pytest

from llmsurvey.cli.ending import terminated_in_order


def test_a_command_that_is_terminated_ends_as_after_an_interrupt() -> None:
    """What it began is cleared away on the way out; afterwards the signal means what it meant."""
    cleared = list[bool]()

    def command() -> None:
        with terminated_in_order():
            try:
                os.kill(os.getpid(), signal.SIGTERM)
                signal.pause()
            finally:
                cleared.append(True)

    with pytest.raises(KeyboardInterrupt):
        command()
    assert cleared
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_a_termination_that_was_to_be_ignored_is() -> None:
    """Who started the program so wanted that."""
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with terminated_in_order():
            os.kill(os.getpid(), signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)
