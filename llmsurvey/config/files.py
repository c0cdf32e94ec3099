"""One file of settings: its values checked, and all that is wrong with it told at once."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from stat import S_ISREG

from llmsurvey.config.kinds import Unfit
from llmsurvey.config.table import SETTINGS


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """What one file sets, and what is wrong with it."""

    path: Path
    values: dict[str, object] = field(default_factory=dict)
    """Checked values by the name of the setting."""
    problems: tuple[str, ...] = ()
    """Each with file, line where it is known, key and next step."""
    unreadable: str = ""
    """Why the file could not be read at all; empty where it was, or where there is none."""


def read_settings(path: Path) -> SettingsFile:
    """Read a file; one that is not there sets nothing."""
    try:
        if not S_ISREG(path.stat().st_mode):
            return SettingsFile(path, unreadable="it is no regular file")
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return SettingsFile(path)
    except OSError as error:
        return SettingsFile(path, unreadable=error.strerror or str(error))
    try:
        text = content.decode("utf-8-sig")
        document = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return SettingsFile(path, problems=(f"{path}, line {line}: not UTF-8; save the file as UTF-8",))
    except (ValueError, RecursionError) as error:
        return SettingsFile(path, problems=(f"{path}: not TOML: {error}; text values stand in quotes",))
    return _checked(path, text, document)


def _checked(path: Path, text: str, document: dict[str, object]) -> SettingsFile:
    """Check every key, and go on behind a wrong one."""
    known = {setting.file_key: setting for setting in SETTINGS}
    values: dict[str, object] = {}
    problems: list[str] = []
    for key, value in document.items():
        setting = known.get(key)
        if setting is None:
            problems.append(f"{path}{_line(text, key, value)}: unknown key {key!r}; {_suggestion(key, known)}")
            continue
        try:
            values[setting.name] = _from_folder(path.parent, setting.read(value))
        except Unfit as error:
            problems.append(f"{path}{_line(text, key, value, error.place)}: {key} {error}")
    return SettingsFile(path, values, tuple(problems))


def _from_folder(folder: Path, value: object) -> object:
    """Take a relative path from the folder of the file that names it."""
    if isinstance(value, Path):
        return folder / value
    if isinstance(value, tuple):
        return tuple(_from_folder(folder, entry) for entry in value)
    return value


def _line(text: str, key: str, value: object, place: int = 1) -> str:
    """Tell the line of a key, which the TOML reader does not; of a list of tables, the line of the one at `place`."""
    head = r"\[+\s*" if isinstance(value, dict | list) else ""
    shape = re.compile(rf"\s*(?:{head})?[\"']?{re.escape(key)}[\"']?\s*(?:[=.\]]|$)")
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if shape.match(line)]
    return f", line {lines[min(place, len(lines)) - 1]}" if lines else ""


def _suggestion(key: str, known: Iterable[str]) -> str:
    """Name the key that was probably meant, or all there are."""
    near = get_close_matches(key, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(known)}"
