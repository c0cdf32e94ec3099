"""Building the full-text index of a first fill in other processes, while the first one still stores papers.

The index is two thirds of the work of a fill that keeps everything. A follower reads the rows as they are committed
and builds their index in a file of its own beside the database. When all rows are stored, a second one takes a part of
what is left. Each file is joined into the database in a transaction of its own, the first one's while the second is in
work. If a process is killed, the files are litter and the index is extended row by row later: nothing is lost.
What such a process does stands in `index_worker`.
"""

import sqlite3
from contextlib import ExitStack, closing, suppress
from pathlib import Path

from llmsurvey.store import index, index_parts
from llmsurvey.store.children import Child
from llmsurvey.store.database import BUSY_SECONDS, PAGE, Database
from llmsurvey.store.faults import in_words


class Followers:
    """Processes that index what this one stores. Use them only on a store whose index is empty."""

    def __init__(self, database: Database, path: Path) -> None:
        self._database, self._path = database, path
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
        from llmsurvey.store.index_worker import Built, follow  # noqa: PLC0415 - it loads another SQLite

        self.built = built
        target = Built(built, PAGE, index.TABLE, index.DEFINITION, index.HASH_BYTES)
        self._child = Child(follow, path, target, after, huge_pages=True)
        self._pipe = self._child.pipe
        self.last = after

    def stop_before(self, last_row: int) -> int:
        """Name the last row there is; return the one up to which this process goes, if it leaves some to another."""
        self._pipe.send((last_row, True))
        self.last = self._pipe.recv()
        return self.last

    def stop_at(self, last_row: int) -> None:
        """Name the last row to be indexed. That the process has failed by then is told by `has_reached`."""
        self.last = last_row
        with suppress(EOFError, OSError):
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
