"""Every command of the table can be called, explains itself, and stands in README."""

from pathlib import Path

import pytest

from llmsurvey.cli.run import run
from llmsurvey.cli.table import COMMANDS, Command

ROOT = Path(__file__).resolve().parents[2]
every_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)


@every_command
def test_a_command_has_help(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` of each command imports it and tells what it does."""
    assert run([*command.words, "--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"Usage: llmsurvey {command.name}")
    assert len(said.split("Options:")[0].splitlines()) > 2


@every_command
def test_a_command_is_described_in_one_line(command: Command) -> None:
    """The line of the overview is one sentence that fits a terminal."""
    assert command.line.endswith(".")
    assert "\n" not in command.line
    assert len(command.line) <= 90


@every_command
def test_a_command_stands_in_the_readme(command: Command) -> None:
    """README's command reference names each command."""
    assert f"| `{command.name}" in (ROOT / "README.md").read_text(encoding="utf-8")


@every_command
def test_a_command_stands_in_the_overview(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    """`llmsurvey --help` lists each command by its full name."""
    assert run(["--help"]) == 0
    assert f"  {command.name} " in capsys.readouterr().out


def test_no_command_hides_another() -> None:
    """Names are unique, and none is also the first word of a longer one."""
    names = [command.words for command in COMMANDS]
    assert len(set(names)) == len(names)
    assert not any(a != b and b[: len(a)] == a for a in names for b in names)
