"""A progress bar is for a person at a terminal."""

import io
import logging

import pytest

from llmsurvey.cli.progress import progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def bar_on(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, level: int = logging.INFO) -> str:
    """Return what a bar writes to a standard error."""
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(logging.getLogger("llmsurvey"), "level", level)
    logging.getLogger("llmsurvey").manager._clear_cache()  # type: ignore[attr-defined]
    with progress("reading", total=10, unit="records") as advance:
        advance(10)
    return stream.getvalue()


def test_a_terminal_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Label and share stand on the terminal."""
    shown = bar_on(Terminal(), monkeypatch)
    assert "reading" in shown
    assert "100%" in shown


def test_no_colour_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under NO_COLOR the bar has no colours."""
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in bar_on(Terminal(), monkeypatch)


def test_nothing_is_shown_off_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log file gets no bar."""
    assert bar_on(io.StringIO(), monkeypatch) == ""


def test_nothing_is_shown_under_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """`--quiet` hides the bar."""
    assert bar_on(Terminal(), monkeypatch, logging.WARNING) == ""
