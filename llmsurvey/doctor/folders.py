"""Checks of the folders that the program writes into: the right to write, and the space."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from llmsurvey.config import Settings
from llmsurvey.config.places import sqlite_file
from llmsurvey.doctor.finding import Finding, Status

_ENOUGH_BYTES = 1024**3
"""Room for a store of matching papers, its backup before an upgrade, and the reports."""
_LEAST_BYTES = 100 * 1024**2
"""Below this a harvest of one phrase or a report may not fit."""


def database_folder(settings: Settings) -> Iterator[Finding]:
    """Check the folder of an SQLite database; another server looks after its own."""
    file = sqlite_file(settings.database_url)
    if file:
        yield from _written_into("database folder", file.absolute().parent, "database_url")


def reports_folder(settings: Settings) -> Iterator[Finding]:
    """Check the folder of the reports."""
    yield from _written_into("reports folder", settings.reports.absolute(), "reports")


def _written_into(name: str, folder: Path, setting: str) -> Iterator[Finding]:
    """Write a file of no name into a folder, or into the nearest one above that exists, and look at the space."""
    there = next(place for place in (folder, *folder.parents) if os.path.lexists(place))
    suggestion = f"choose another place with {setting} in llmsurvey.toml"
    try:
        with tempfile.TemporaryFile(dir=there) as probe:
            probe.write(b"llmsurvey")
        free = shutil.disk_usage(there).free
    except OSError as error:
        yield Finding(name, Status.FAIL, f"{folder} cannot be written: {error.strerror}", suggestion)
        return
    status = Status.OK if free >= _ENOUGH_BYTES else Status.WARN if free >= _LEAST_BYTES else Status.FAIL
    made = "" if there == folder else ", is made when it is needed"
    yield Finding(
        name,
        status,
        f"{folder} can be written{made}; {free / 1024**3:.1f} GiB are free",
        "" if status is Status.OK else f"free some space, or {suggestion}",
    )
