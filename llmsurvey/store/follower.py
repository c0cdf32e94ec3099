"""Building the full-text index of a first fill in a second process, while the first one still stores papers.

The index is two thirds of the work of a fill that keeps everything. The follower reads the rows as they are
committed, builds the index in a file of its own beside the database, and hands that over in one transaction at the
end. If either process is killed, the file is litter and the index is extended row by row later: nothing is lost.
"""

import signal
import sqlite3
from contextlib import closing, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from llmsurvey.store import index
from llmsurvey.store.database import BUSY_SECONDS, Database
from llmsurvey.store.faults import in_words

_ROWS_AT_ONCE = 5_000
_IDLE_SECONDS = 0.05
_SHADOWS = ("data", "idx", "docsize")


class Follower:
    """A second process that indexes what the first one stores. Use it only on a store whose index is empty."""

    def __init__(self, database: Database, path: Path) -> None:
        self._database, self._path = database, path
        self._built = _file_beside(path)
        clear_away(path)
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_follow, args=(theirs, path, self._built), daemon=True)
        self._process.start()
        theirs.close()

    def adopt(self, last_row: int) -> bool:
        """Wait until the index reaches `last_row` and take it over; False where the follower has failed."""
        try:
            self._pipe.send(last_row)
            done = bool(self._pipe.recv() == last_row)
        except (EOFError, OSError):
            return False
        if done:
            with (
                in_words(self._database.place),
                closing(sqlite3.connect(self._path, isolation_level=None, timeout=BUSY_SECONDS)) as main,
            ):
                self._copy(main, last_row)
        return done

    def _copy(self, main: sqlite3.Connection, last_row: int) -> None:
        main.execute("ATTACH ? AS built", (str(self._built),))
        main.execute("BEGIN IMMEDIATE")
        try:
            for shadow in _SHADOWS:
                main.execute(f"DELETE FROM main.{index.TABLE}_{shadow}")
                main.execute(f"INSERT INTO main.{index.TABLE}_{shadow} SELECT * FROM built.{index.TABLE}_{shadow}")
            main.execute("UPDATE state SET value = ? WHERE name = ?", (str(last_row), index.REACH))
            main.execute("COMMIT")
        except sqlite3.Error:
            main.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """End the process and clear its file away."""
        self._pipe.close()
        self._process.terminate()
        self._process.join()
        self._process.close()
        clear_away(self._path)


def clear_away(path: Path) -> None:
    """Remove what the follower of a killed run left beside a database."""
    built = _file_beside(path)
    for each in (built, built.with_name(built.name + "-journal")):
        each.unlink(missing_ok=True)


def _file_beside(path: Path) -> Path:
    return path.with_name(path.name + ".index-in-work")


def _follow(pipe: Connection, path: Path, built: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    with (
        suppress(EOFError, OSError, sqlite3.Error),  # the parent sees the closed pipe and does without
        closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=30)) as papers,
        closing(sqlite3.connect(built, isolation_level=None)) as target,
    ):
        for statement in (
            "PRAGMA page_size = 16384",  # large pieces are written faster
            "PRAGMA journal_mode = OFF",  # the file is thrown away if anything happens
            "PRAGMA synchronous = OFF",
            f"CREATE VIRTUAL TABLE {index.TABLE} USING fts5({index.DEFINITION})",
            f"INSERT INTO {index.TABLE}({index.TABLE}, rank) VALUES ('hashsize', {index.HASH_BYTES})",
            f"INSERT INTO {index.TABLE}({index.TABLE}, rank) VALUES ('automerge', 0)",
            "BEGIN",
        ):
            target.execute(statement)
        reached = _catch_up(pipe, papers, target)
        target.execute("COMMIT")
        target.close()
        pipe.send(reached)


def _catch_up(pipe: Connection, papers: sqlite3.Connection, target: sqlite3.Connection) -> int:
    """Index row after row until the parent names the last one and it is reached."""
    reached, last = 0, None
    while last is None or reached < last:
        rows = papers.execute(
            "SELECT id, title, abstract FROM papers WHERE id > ? ORDER BY id LIMIT ?", (reached, _ROWS_AT_ONCE)
        ).fetchall()
        if rows:
            target.executemany(f"INSERT INTO {index.TABLE}(rowid, title, abstract) VALUES (?, ?, ?)", rows)
            reached = rows[-1][0]
        if last is None and pipe.poll(0 if rows else _IDLE_SECONDS):
            last = pipe.recv()
    return reached
