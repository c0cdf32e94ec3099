"""What holds for every command: the options that stand before it, and how much is said on standard error."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Annotated

import platformdirs
import typer

from llmsurvey import __version__
from llmsurvey.cli.late import LateGroup
from llmsurvey.cli.output import harmless, print_text
from llmsurvey.config import Settings, load
from llmsurvey.config.places import PROGRAM, sqlite_file
from llmsurvey.errors import BadUsage, SurveyError
from llmsurvey.logfile import UNATTENDED, attach, note

log = logging.getLogger("llmsurvey")

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
"""The option of every query command."""


@dataclass(frozen=True, slots=True)
class Call:
    """The options before the command."""

    database: str | None = None
    """`--database`, unchecked."""

    @staticmethod
    def of(context: typer.Context) -> "Call":
        """Return the call that a command belongs to."""
        call = context.find_object(Call)
        return call if isinstance(call, Call) else Call()

    @property
    def flags(self) -> dict[str, object]:
        """The settings that this call sets."""
        return {"database_url": self.database}

    def settings(self) -> Settings:
        """Load the settings with the flags of this call, and say what was passed over."""
        settings = load(self.flags)
        for remark in settings.remarks:
            log.warning(remark)
        return settings


class PlainLines(logging.Formatter):
    """Log records as lines for a person; only warnings and errors are named as such."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record without control characters."""
        prefix = f"{record.levelname.lower()}: " if record.levelno >= logging.WARNING else ""
        return prefix + harmless(super().format(record))


def application() -> typer.Typer:
    """Build the program: the options of every command, and the table of commands behind them."""
    app = typer.Typer(cls=LateGroup, add_completion=False, rich_markup_mode=None, no_args_is_help=True)
    app.callback()(_before_the_command)
    return app


def _version(asked: bool) -> None:
    if asked:
        print_text(f"llmsurvey {__version__}")
        raise typer.Exit


def _before_the_command(
    context: typer.Context,
    *,
    verbose: Annotated[bool, typer.Option("--verbose", help="Say more, and show the traceback of a fault.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing but warnings and errors.")] = False,
    database: Annotated[
        str | None, typer.Option("--database", metavar="URL", help="Use this database: sqlite:///FILE.")
    ] = None,
    version: Annotated[  # noqa: ARG001 - its callback answers
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Keep a living literature survey: papers harvested by phrase, counted exactly, figures redrawn from data.

    Data goes to standard output, everything else to standard error. The options here may stand before or behind
    the command.
    """
    if verbose and quiet:
        raise BadUsage("--verbose and --quiet contradict each other", hint="leave one of them out")
    _listen(logging.DEBUG if verbose else logging.WARNING if quiet else logging.INFO)
    _keep_log(database)
    context.obj = Call(database)


def _listen(level: int) -> None:
    """Send what the library logs to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PlainLines())
    for old in log.handlers:
        old.close()
    log.handlers = [handler]
    log.setLevel(level)


def _keep_log(database: str | None) -> None:
    """Keep a log file of a run that nobody watches: in the user's state folder, or else beside the database."""
    plan = os.environ.get(UNATTENDED)
    if plan:
        attach(log, chain(_state_folder(), _database_folder(database)))
        note(log, f"llmsurvey {__version__} begins, by the plan {plan!r}")


def _state_folder() -> Iterator[Path]:
    folder = platformdirs.user_state_path(PROGRAM, appauthor=False)
    if folder.is_absolute():
        yield folder


def _database_folder(database: str | None) -> Iterator[Path]:
    """Yield the folder of the database; asked only where the state folder fails, since it reads the settings."""
    with suppress(SurveyError):
        file = sqlite_file(load({"database_url": database}).database_url)
        if file:
            yield file.absolute().parent
