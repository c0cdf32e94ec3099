"""Commands that are imported when they are called: the table of commands as a tree of typer groups."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from difflib import get_close_matches
from importlib import import_module
from typing import Any, Protocol

import typer
from typer.core import TyperCommand, TyperGroup

from llmsurvey.cli.table import COMMANDS, Command, Group
from llmsurvey.errors import BadUsage


class Formatter(Protocol):
    """The part of click's help formatter that is used here."""

    def section(self, name: str) -> AbstractContextManager[None]:
        """Open a section with a heading."""

    def write_dl(self, rows: Sequence[tuple[str, str]]) -> None:
        """Write two columns."""


class LateGroup(TyperGroup):
    """The commands of the table whose names begin with `prefix`. The root group has no prefix."""

    prefix: tuple[str, ...] = ()

    @property
    def below(self) -> tuple[Command, ...]:
        """The commands in this group and in the groups inside it."""
        depth = len(self.prefix)
        return tuple(command for command in COMMANDS if command.words[:depth] == self.prefix)

    def list_commands(self, ctx: object) -> list[str]:  # noqa: ARG002 - click's signature
        """Name what may stand next on the command line."""
        return list(dict.fromkeys(command.words[len(self.prefix)] for command in self.below))

    def get_command(self, ctx: object, cmd_name: str) -> TyperCommand | TyperGroup | None:  # noqa: ARG002 - the same
        """Import and return one command, or the group of that name."""
        words = (*self.prefix, cmd_name)
        for command in self.below:
            if command.words == words:
                return loaded(command)
            if command.words[: len(words)] == words:
                return _group(words)
        return None

    def resolve_command(self, ctx: object, args: list[str]) -> tuple[str, TyperCommand | TyperGroup, list[str]]:
        """Find the command that is called; a mistyped one is answered with those that are near."""
        command = self.get_command(ctx, args[0])
        if command is None:
            called = " ".join((*self.prefix, args[0]))
            raise BadUsage(f"there is no command {called!r}", hint=_suggestion(called, self.prefix))
        return args[0], command, args[1:]

    def format_commands(self, ctx: object, formatter: Formatter) -> None:  # noqa: ARG002 - click's signature
        """Write the commands under their headings, without importing one."""
        for group in Group:
            rows = [(command.name, command.line) for command in self.below if command.group is group]
            if rows:
                with formatter.section(group.value):
                    formatter.write_dl(rows)


def loaded(command: Command) -> TyperCommand | TyperGroup:
    """Import a command's function and make a typer command of it."""
    module, function = command.function.split(":")
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(command.words[-1])(getattr(import_module(module), function))
    made: Any = typer.main.get_command(app)
    found: TyperCommand | TyperGroup = made
    return found


def _group(words: tuple[str, ...]) -> LateGroup:
    group = LateGroup(
        name=words[-1], help=f"The {' '.join(words)} commands.", no_args_is_help=True, rich_markup_mode=None
    )
    group.prefix = words
    return group


def _suggestion(called: str, prefix: tuple[str, ...]) -> str:
    """Name the commands that were probably meant: those of the same group first, then any."""
    siblings = [command for command in COMMANDS if prefix and command.words[: len(prefix)] == prefix]
    near = _near(called.removeprefix(" ".join(prefix)).strip(), {command.words[-1]: command for command in siblings})
    near = near or _near(called, {name: command for command in COMMANDS for name in (command.name, *command.words)})
    if near:
        return f"did you mean {' or '.join(f'`{name}`' for name in near)}?"
    return f"`{' '.join(('llmsurvey', *prefix, '--help'))}` lists the commands"


def _near(called: str, spellings: dict[str, Command]) -> list[str]:
    """Name the commands whose spelling is near what was typed, the nearest first."""
    return list(dict.fromkeys(spellings[name].name for name in get_close_matches(called, spellings, n=3)))
