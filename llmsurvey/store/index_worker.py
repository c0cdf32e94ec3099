"""What a follower does, in a process of its own: index row after row as they are committed.

It has an SQLite of its own (apsw), newer than that of many systems: it indexes in a sixth less time. Terms and format
are the same. No process may open one file with two of them, so only followers open any with it. Whatever else is loaded
here is a delay for each of them.
"""

from collections import deque
from contextlib import closing, nullcontext, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import apsw

from llmsurvey.knowledge.undisturbed import undisturbed

_ROWS_AT_ONCE = 1_000
_ROWS_READ = 8 * _ROWS_AT_ONCE
"""Rows read at once, so that there is work while a commit of the first process keeps readers away."""
_WORTH_A_PROCESS = 20_000
"""Rows that repay the start of a second process."""
_STARTED, _TAKEN_OVER = 5_000, 0.06
"""What a second process needs to start, in rows indexed meanwhile; and what a row takes to be taken over, as a share of
what it took to be indexed. The first one's part is taken over while the second one is in work."""
_IDLE_SECONDS = 0.02
_PATIENT_MILLISECONDS = 30_000


@dataclass(frozen=True, slots=True)
class Built:
    """The index that is built: a file of its own with one table."""

    path: Path
    page: int
    """Bytes in a page of the file."""
    table: str
    definition: str
    hash_bytes: int


def follow(pipe: Connection, path: Path, built: Built, after: int) -> None:
    """Index the rows behind `after` until the other end of the pipe names the last one; then send the last one."""
    with (
        undisturbed(),
        suppress(EOFError, OSError, UnicodeError, apsw.Error),  # the parent sees the closed pipe and does without
        closing(_reader(path, all_there=after > 0)) as papers,
        closing(apsw.Connection(str(built.path))) as target,
    ):
        for statement in (
            f"PRAGMA page_size = {built.page}",
            "PRAGMA journal_mode = OFF",  # the file is thrown away if anything happens
            "PRAGMA synchronous = OFF",
            f"CREATE VIRTUAL TABLE {built.table} USING fts5({built.definition})",
            f"INSERT INTO {built.table}({built.table}, rank) VALUES ('hashsize', {built.hash_bytes})",
            f"INSERT INTO {built.table}({built.table}, rank) VALUES ('automerge', 0)",
            "BEGIN",
        ):
            target.execute(statement)
        reached = _catch_up(pipe, papers, target, built.table, after)
        target.execute("COMMIT")
        target.close()
        pipe.send(reached)


def _reader(path: Path, *, all_there: bool) -> apsw.Connection:
    """Open the papers; where they are all there and the file has no log, without a lock.

    Who takes the first part over writes into the same file, and there waits for readers, or they for him.
    """
    papers = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    papers.set_busy_timeout(_PATIENT_MILLISECONDS)
    if all_there and papers.pragma("journal_mode") != "wal":
        papers.close()
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        return apsw.Connection(f"{path.as_uri()}?immutable=1", flags=flags)
    return papers


def _catch_up(pipe: Connection, papers: apsw.Connection, target: apsw.Connection, table: str, reached: int) -> int:
    """Index row after row until the parent names the last one and it, or the middle of the rest, is reached."""
    last, waiting = None, _Rows(papers)
    while last is None or reached < last:
        rows = waiting.behind(reached, _ROWS_AT_ONCE if last is None else min(_ROWS_AT_ONCE, last - reached))
        if rows:
            target.executemany(f"INSERT INTO {table}(rowid, title, abstract) VALUES (?, ?, ?)", rows)
            reached = rows[-1][0]
        elif last is not None:
            break  # rows that were promised cannot be seen: the parent does without
        if last is None and pipe.poll(0 if rows else _IDLE_SECONDS):
            last, leaving = pipe.recv()
            if leaving and last - reached > _WORTH_A_PROCESS:
                last = _middle(reached, last)
            pipe.send(last)
    return reached


def _middle(reached: int, last: int) -> int:
    """Return the row up to which the first process goes on: its part is taken over when the second one ends."""
    return reached + max(0, last - reached + _STARTED - int(last * _TAKEN_OVER)) // 2


class _Rows:
    """The rows to be indexed, of which some are read ahead."""

    def __init__(self, papers: apsw.Connection) -> None:
        self._papers = papers
        self._read = deque[tuple[int, str, str]]()

    def behind(self, reached: int, most: int) -> list[tuple[int, str, str]]:
        """Return the next rows, up to so many; none where none is stored yet."""
        if len(self._read) < _ROWS_READ // 2:
            self._read_on(reached)
        return [self._read.popleft() for _ in range(min(most, len(self._read)))]

    def _read_on(self, reached: int) -> None:
        """Read the rows behind those at hand, of which none is waited for where a commit keeps readers away."""
        last = self._read[-1][0] if self._read else reached
        self._papers.set_busy_timeout(0 if self._read else _PATIENT_MILLISECONDS)
        sql = "SELECT id, title, abstract FROM papers WHERE id > ? ORDER BY id LIMIT ?"
        with suppress(apsw.BusyError) if self._read else nullcontext():
            self._read.extend(self._papers.execute(sql, (last, _ROWS_READ)))
