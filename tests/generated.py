"""What is generated in this repository, and how: `python -m tests.generated --write` writes it anew."""

import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from llmsurvey.cli.late import loaded
from llmsurvey.cli.table import COMMANDS, Command, Group
from llmsurvey.config import SETTINGS
from llmsurvey.store.schema import schema_sql
from tests.tour import tour

ROOT = Path(__file__).resolve().parent.parent
END = "<!-- end -->"


@dataclass(frozen=True, slots=True)
class Generated:
    """One generated file, or one block of a file that is otherwise written by hand."""

    file: str
    """Path from the root of the repository."""
    make: Callable[[], str]
    """Returns the text as it should be."""
    block: str = ""
    """Name in the marker `<!-- generated: NAME -->`; empty where the whole file is generated."""

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return ROOT / self.file

    def wanted(self) -> str:
        """Return the whole file as it should be."""
        if not self.block:
            return self.make()
        start = f"<!-- generated: {self.block} -->"
        before, found, rest = self.path.read_text(encoding="utf-8").partition(start)
        _, closed, after = rest.partition(END)
        if not (found and closed):
            raise ValueError(f"{self.file} lacks {start} … {END}")
        return f"{before}{start}\n\n{self.make().strip()}\n\n{END}{after}"

    def is_fresh(self) -> bool:
        """Tell whether the file is as it should be."""
        return self.path.is_file() and self.path.read_text(encoding="utf-8") == self.wanted()


def commands() -> str:
    """Make the command reference: a table under each heading."""
    return "\n\n".join(
        f"**{group}**\n\n| command | what |\n|--|--|\n" + "\n".join(_command_row(command) for command in of_group)
        for group in Group
        if (of_group := [command for command in COMMANDS if command.group is group])
    )


def settings() -> str:
    """Make the table of settings."""
    rows = ["| key in `llmsurvey.toml` | environment | default | what |", "|--|--|--|--|"]
    for setting in SETTINGS:
        variable = f"`{setting.variable}`" if setting.variable else ""
        rows.append(f"| `{setting.file_key}` | {variable} | {_default(setting.default)} | {setting.meaning} |")
    return "\n".join(rows)


def bench() -> str:
    """Take the table that the last `make bench` wrote."""
    return (ROOT / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8")


def layers() -> str:
    """Make the list of layers from the contract that the linter checks; modules within one line may not meet."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(each for each in project["tool"]["importlinter"]["contracts"] if each["type"] == "layers")
    rows = [
        layer.replace("(", "").replace(")", "").replace("__main__", "python -m llmsurvey")
        for layer in contract["layers"]
    ]
    return "```\n" + "\n".join(rows) + "\n```"


def _command_row(command: Command) -> str:
    usage = " ".join([command.name, *_parameters(command)]).replace("|", "\\|")
    return f"| `{usage}` | {command.line.rstrip('.')} |"


def _parameters(command: Command) -> Iterator[str]:
    """Write each parameter of a command as a usage line has it."""
    made: Any = loaded(command)
    for parameter in made.params:
        name = parameter.opts[0] if parameter.param_type_name == "option" else _metavar(parameter)
        if parameter.param_type_name == "option" and not parameter.is_flag:
            name = f"{name} {_metavar(parameter)}"
        elif parameter.param_type_name == "option":
            name = "|".join([name, *parameter.secondary_opts])
        name += "…" if parameter.nargs == -1 or getattr(parameter, "multiple", False) else ""
        yield name if parameter.required else f"[{name}]"


def _metavar(parameter: Any) -> str:
    """Return what stands for a parameter's value: what its help says, or its name in capitals."""
    return str(parameter.metavar or parameter.name.upper())


def _default(value: object) -> str:
    """Write a default for a person."""
    if isinstance(value, list):
        return ", ".join(_default(entry) for entry in value)
    if isinstance(value, dict):
        return f"{value['text']} ({value['since']})"
    return "" if value is None else str(value)


GENERATED: tuple[Generated, ...] = (
    Generated("README.md", commands, block="commands"),
    Generated("README.md", settings, block="settings"),
    Generated("README.md", tour, block="tour"),
    Generated("README.md", bench, block="bench"),
    Generated("CONTRIBUTING.md", layers, block="layers"),
    Generated("db/schema.sql", schema_sql),
)
"""Everything that is generated; a test holds each of them fresh."""


def main(arguments: Sequence[str]) -> int:
    """Write what is not fresh (`--write`), or name it."""
    stale = [generated for generated in GENERATED if not generated.is_fresh()]
    for generated in stale:
        if "--write" in arguments:
            generated.path.write_text(generated.wanted(), encoding="utf-8")
        sys.stdout.write(f"{generated.file} {generated.block}".rstrip() + "\n")
    return 0 if "--write" in arguments else int(bool(stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
