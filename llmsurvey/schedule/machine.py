"""What a plan needs to know of this machine: its clock's zone, its identity, and how the program is started on it."""

import os
import socket
import sys
from collections.abc import Mapping
from datetime import UTC, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import llmsurvey
from llmsurvey.errors import Stop
from llmsurvey.schedule.launch import Launch, carried

_ZONE_FILE = Path("/etc/localtime")
"""The zone of the machine, which cron keeps to whatever TZ says in a terminal."""
_ID_FILES = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


def machine_zone(file: Path = _ZONE_FILE) -> tzinfo:
    """Return the machine's time zone; UTC where it states none."""
    try:
        with file.open("rb") as rules:
            return ZoneInfo.from_file(rules, "local time")
    except (OSError, ValueError):
        return UTC


def machine_id() -> str:
    """Return what tells this machine from others: its id, or else its name."""
    for file in _ID_FILES:
        try:
            found = file.read_text(encoding="ascii", errors="replace").strip()
        except OSError:
            continue
        if found:
            return found
    return socket.gethostname()


def launch_here(folder: Path, database: str | None, environment: Mapping[str, str] = os.environ) -> Launch:
    """Return how the program as it runs now is started again, from `folder`, with the settings of `environment`.

    `database` is the `--database` of this call, which goes before the environment.
    """
    given = {**environment, "LLMSURVEY_DATABASE_URL": database} if database else dict(environment)
    if not sys.executable:
        raise Stop("Python does not know its own path, so that no plan can name it", hint="start it by its full path")
    interpreter = Path(sys.executable).absolute()  # not resolved: the link's place tells the virtual environment
    return carried(given, program=(str(interpreter), *_entrance()), folder=folder)


def _entrance() -> tuple[str, ...]:
    """Return what Python is told to run: the launcher of a checkout, or the installed package."""
    root = Path(llmsurvey.__file__).resolve().parent.parent
    if (root / "pyproject.toml").is_file() and (root / "cli.py").is_file():
        return (str(root / "cli.py"),)
    return ("-P", "-m", "llmsurvey")
