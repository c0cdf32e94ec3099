"""The frame of every command: the one place where an error becomes text and an exit code."""

import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper

import typer

from llmsurvey.cli.call import application, log
from llmsurvey.cli.faults import told
from llmsurvey.cli.output import harmless
from llmsurvey.errors import ExitCode
from llmsurvey.logfile import detach, note

PROGRAM = "llmsurvey"
_FLAGS = ("--verbose", "--quiet", "--version")
_WITH_VALUE = "--database"


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; nothing is raised."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # a closed one is told when it is written to
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    front, rest = hoisted(arguments)
    try:
        command = typer.main.get_command(application())
        with command.make_context(PROGRAM, [*front, *rest]) as context:
            command.invoke(context)
        if sys.stdout:
            sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001 - the one place where every error ends
        fault = told(error, verbose="--verbose" in front)
        _say(fault.text)
        note(log, f"ended with {int(fault.code)}: {fault.text}", logging.ERROR if fault.code else logging.INFO)
        _let_go(sys.stdout)
        return fault.code
    else:
        note(log, "ended with 0")
        return ExitCode.DONE
    finally:
        detach(log)


def hoisted(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part the options of every command, wherever they stand before `--`, from the rest."""
    front: list[str] = []
    rest: list[str] = []
    left = iter(arguments)
    for argument in left:
        if argument in _FLAGS or argument.startswith(f"{_WITH_VALUE}="):
            front.append(argument)
        elif argument == _WITH_VALUE:
            front += [argument, *[value for value in [next(left, None)] if value is not None]]
        elif argument == "--":
            rest += [argument, *left]
        else:
            rest.append(argument)
    return front, rest


def _say(text: str) -> None:
    """Write to standard error, where there is one that still takes it."""
    if text and sys.stderr:
        with suppress(OSError, ValueError):
            sys.stderr.write(f"{text}\n" if text.startswith("Usage:") else f"{PROGRAM}: {harmless(text)}\n")
            sys.stderr.flush()


def _let_go(stream: object) -> None:
    """Write out what is left; where nobody takes it, point the stream nowhere so that Python's exit stays silent."""
    if not isinstance(stream, TextIOWrapper):
        return
    try:
        stream.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            if nowhere != stream.fileno():  # the lowest number that is free may be the stream's own
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)
