"""Stores to try things on, and what they hold, apart from wall-clock times."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from llmsurvey.harvest.importing import Imported, Importer
from llmsurvey.sources.digest import Digest
from llmsurvey.store import census
from llmsurvey.store.database import Database
from llmsurvey.store.survey import StoredSurvey
from llmsurvey.store.upgrade import opened
from llmsurvey.survey import TrackedPhrase
from tests.records import TRACKED

_WALL_CLOCK = {"snapshots": {"started", "finished"}, "changes": {"recorded"}}


def store(folder: Path, name: str = "survey.db") -> Database:
    """Open a store in a folder."""
    return opened(str(folder / name))


def read(
    database: Database,
    *files: Path | str,
    keep: str = "matched",
    tracked: tuple[TrackedPhrase, ...] = TRACKED,
    digest: Digest | None = None,
) -> Imported:
    """Import files and return what became of the last one; `digest` is one that was begun ahead."""
    importer = Importer(database, tracked, keep, Path(database.place).parent / "rejects", digest=digest)
    return [importer(str(file)) for file in files][-1]


def survey(database: Database, tracked: tuple[TrackedPhrase, ...] = TRACKED) -> StoredSurvey:
    """Return the survey over a store."""
    return StoredSurvey(database, tracked)


def contents(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that a store holds: every table, and every term of the full-text index, without wall-clock times."""
    with closing(sqlite3.connect(str(database.path))) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            if not name.startswith("papers_fts")
        ]
        found = {name: _rows(connection, name) for name in names}
        connection.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, papers_fts, instance)")
        found["terms"] = sorted(connection.execute("SELECT term, doc, col, offset FROM temp.terms"))
    return found


def tables(database: Database, *names: str) -> list[list[tuple[Any, ...]]]:
    """Return the rows of some tables, without row numbers; of the census every paper ever read."""
    with closing(sqlite3.connect(str(database.path))) as connection:
        return [
            everyone(database) if name == "census" else _rows(connection, name, leaving_out={"id"}) for name in names
        ]


def everyone(database: Database) -> list[tuple[Any, ...]]:
    """Return every paper ever read, stored or not: identifier, month, category, versions."""
    with database.reading() as connection:
        return sorted(census.everyone(connection))


def _rows(connection: sqlite3.Connection, table: str, leaving_out: set[str] | None = None) -> list[tuple[Any, ...]]:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    wanted = [name for name in columns if name not in _WALL_CLOCK.get(table, set()) | (leaving_out or set())]
    listed = ", ".join(f'"{name}"' for name in wanted)
    return sorted(connection.execute(f"SELECT {listed} FROM {table}"), key=repr)


def untouched(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with its bytes."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
