"""Building the full-text index of a first fill in other processes, while the first one still stores papers.

The index is two thirds of the work of a fill that keeps everything. A follower reads the rows as they are committed
and builds their index in a file of its own beside the database. When all rows are stored, a second one takes half of
what is left; then both files are joined into the database in one transaction. If a process is killed, the files are
litter and the index is extended row by row later: nothing is lost.

A follower has an SQLite of its own (apsw), newer than that of many systems: it indexes in a sixth less time. Terms and
format are the same. No process may open one file with two of them, so this is for followers alone.
"""

import sqlite3
from collections import deque
from contextlib import ExitStack, closing, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from llmsurvey.knowledge.undisturbed import undisturbed
from llmsurvey.store import index, index_parts
from llmsurvey.store.children import Child
from llmsurvey.store.database import BUSY_SECONDS, PAGE, Database
from llmsurvey.store.faults import in_words

if TYPE_CHECKING:
    import apsw

_ROWS_AT_ONCE = 1_000
_ROWS_READ = 8 * _ROWS_AT_ONCE
"""Rows read at once, so that there is work while a commit of the first process keeps readers away."""
_WORTH_A_PROCESS = 20_000
"""Rows that repay the start of a second process."""
_SHARE = 0.52
"""What the first follower does of the rest: its part is taken over while the second, which has to start, is in work."""
_IDLE_SECONDS = 0.02
_PATIENT_MILLISECONDS = 30_000


class Followers:
    """Processes that index what this one stores. Use them only on a store whose index is empty."""

    def __init__(self, database: Database, path: Path) -> None:
        self._database, self._path = database, path
        clear_away(path)
        self._stack = ExitStack()
        self._parts = [self._follower(after=0)]

    def _follower(self, after: int) -> "_Follower":
        built = _files_beside(self._path)[len(self._parts) if after else 0]
        return self._stack.enter_context(closing(_Follower(self._path, built, after)))

    def adopt(self, last_row: int) -> bool:
        """Wait until the index reaches `last_row` and take it over; False where a follower has failed.

        What a failed one leaves undone is left to `index.extend`.
        """
        first = self._parts[0]
        try:
            middle = first.stop_before(last_row)
            if middle < last_row:
                self._parts.append(self._follower(after=middle))
                self._parts[-1].stop_at(last_row)
            # The first part is taken over while the second one is still in work.
            return all(part.has_reached() and self._taken_over(part) for part in self._parts)
        except (EOFError, OSError):
            return False

    def _taken_over(self, part: "_Follower") -> bool:
        with (
            in_words(self._database.place),
            closing(sqlite3.connect(self._path, isolation_level=None, timeout=BUSY_SECONDS)) as main,
        ):
            main.execute("ATTACH ? AS part", (str(part.built),))
            main.execute("BEGIN IMMEDIATE")
            try:
                index_parts.add(main, index.TABLE, "part")
                main.execute("UPDATE state SET value = ? WHERE name = ?", (str(part.last), index.REACH))
                main.execute("COMMIT")
            except index_parts.UnknownFormat:
                main.execute("ROLLBACK")
                return False
            except sqlite3.Error:
                if main.in_transaction:  # on a full disk SQLite has taken it back by itself
                    main.execute("ROLLBACK")
                raise
        return True

    def close(self) -> None:
        """End the processes and clear their files away."""
        self._stack.close()
        clear_away(self._path)


class _Follower:
    """One process, which indexes the rows behind one of them."""

    def __init__(self, path: Path, built: Path, after: int) -> None:
        self.built = built
        self._child = Child(_follow, path, built, after, huge_pages=True)
        self._pipe = self._child.pipe
        self.last = after

    def stop_before(self, last_row: int) -> int:
        """Name the last row there is; return the one up to which this process goes, if it leaves some to another."""
        self._pipe.send((last_row, True))
        self.last = self._pipe.recv()
        return self.last

    def stop_at(self, last_row: int) -> None:
        """Name the last row to be indexed."""
        self.last = last_row
        self._pipe.send((last_row, False))
        self._pipe.recv()

    def has_reached(self) -> bool:
        """Wait for the end of the work, and tell whether it is done."""
        return bool(self._pipe.recv() == self.last)

    def close(self) -> None:
        self._child.close()


def clear_away(path: Path) -> None:
    """Remove what the followers of a killed run left beside a database."""
    for built in _files_beside(path):
        for each in (built, built.with_name(built.name + "-journal")):
            each.unlink(missing_ok=True)


def _files_beside(path: Path) -> tuple[Path, Path]:
    return path.with_name(path.name + ".index-in-work"), path.with_name(path.name + ".index-in-work-2")


def _follow(pipe: Connection, path: Path, built: Path, after: int) -> None:
    import apsw  # noqa: PLC0415 - only followers need it

    with (
        undisturbed(),
        suppress(EOFError, OSError, apsw.Error),  # the parent sees the closed pipe and does without
        closing(apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)) as papers,
        closing(apsw.Connection(str(built))) as target,
    ):
        papers.set_busy_timeout(_PATIENT_MILLISECONDS)
        for statement in (
            f"PRAGMA page_size = {PAGE}",
            "PRAGMA journal_mode = OFF",  # the file is thrown away if anything happens
            "PRAGMA synchronous = OFF",
            f"CREATE VIRTUAL TABLE {index.TABLE} USING fts5({index.DEFINITION})",
            f"INSERT INTO {index.TABLE}({index.TABLE}, rank) VALUES ('hashsize', {index.HASH_BYTES})",
            f"INSERT INTO {index.TABLE}({index.TABLE}, rank) VALUES ('automerge', 0)",
            "BEGIN",
        ):
            target.execute(statement)
        reached = _catch_up(pipe, papers, target, after)
        target.execute("COMMIT")
        target.close()
        pipe.send(reached)


def _catch_up(pipe: Connection, papers: "apsw.Connection", target: "apsw.Connection", reached: int) -> int:
    """Index row after row until the parent names the last one and it, or the middle of the rest, is reached."""
    last, waiting = None, _Rows(papers)
    while last is None or reached < last:
        rows = waiting.behind(reached, _ROWS_AT_ONCE if last is None else min(_ROWS_AT_ONCE, last - reached))
        if rows:
            target.executemany(f"INSERT INTO {index.TABLE}(rowid, title, abstract) VALUES (?, ?, ?)", rows)
            reached = rows[-1][0]
        if last is None and pipe.poll(0 if rows else _IDLE_SECONDS):
            last, leaving = pipe.recv()
            if leaving and last - reached > _WORTH_A_PROCESS:
                last = reached + int((last - reached) * _SHARE)
            pipe.send(last)
    return reached


class _Rows:
    """The rows to be indexed, of which some are read ahead."""

    def __init__(self, papers: "apsw.Connection") -> None:
        self._papers = papers
        self._read = deque[tuple[int, str, str]]()

    def behind(self, reached: int, most: int) -> list[tuple[int, str, str]]:
        """Return the next rows, up to so many; none where none is stored yet."""
        if not self._read:
            sql = "SELECT id, title, abstract FROM papers WHERE id > ? ORDER BY id LIMIT ?"
            self._read.extend(self._papers.execute(sql, (reached, _ROWS_READ)))
        return [self._read.popleft() for _ in range(min(most, len(self._read)))]
