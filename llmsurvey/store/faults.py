"""What a database says when it fails, in words for the person who runs the survey."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from llmsurvey.errors import LockHeld, Stop

_KNOWN: tuple[tuple[str, type[Stop], str, str], ...] = (
    (
        "database is locked",
        LockHeld,
        "is in use by another program",
        "wait until it is done (`llmsurvey doctor` shows runs), then try again; nothing was changed",
    ),
    ("database or disk is full", Stop, "could not grow: the disk is full", "free some space and run the same again"),
    ("disk I/O error", Stop, "could not be read or written (disk I/O error)", "check the disk and its free space"),
    ("readonly database", Stop, "is read-only", "give write access to the file and its folder, or name another one"),
    ("file is not a database", Stop, "is not an SQLite database", "name another file with --database"),
    ("file is encrypted", Stop, "is not an SQLite database", "name another file with --database"),
    (
        "malformed",
        Stop,
        "is damaged",
        "`llmsurvey db check` tells where; restore the newest backup beside it, or import again into a new file",
    ),
    ("unable to open database", Stop, "cannot be opened", "check that its folder exists and may be written to"),
    ("no such table", Stop, "lacks a table of this program", "run `llmsurvey db upgrade`, or name another file"),
)


@contextmanager
def in_words(place: str) -> Iterator[None]:
    """Turn the errors of a database driver into `Stop`s that name the database and the next step."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        said = str(error.orig if isinstance(error, DBAPIError) else error)
        for part, kind, what, hint in _KNOWN:
            if part in said:
                raise kind(f"the database {place} {what}", hint=hint) from error
        raise Stop(f"the database {place} failed: {said}", hint="`llmsurvey db check` examines it") from error
