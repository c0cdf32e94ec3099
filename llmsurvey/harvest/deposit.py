"""The way of sifted blocks into a store: a few at a time, with the ledger's row, in one transaction."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from typing import Self

from llmsurvey.harvest.sift import Sifted
from llmsurvey.store import census, index, papers, snapshots
from llmsurvey.store.database import Database
from llmsurvey.store.papers import Upserted
from llmsurvey.store.rows import stamp
from llmsurvey.store.tally import Tally

_BLOCKS_AT_ONCE = 16
_PAPERS_AT_FIRST, _PAPERS_AT_ONCE, _PAPERS_BESIDE = 4_000, 24_000, 4_000
"""What is committed at once: blocks of sixty megabytes, or papers of forty. At first there are fewer, so that those who
index have always something to do, and where others are gathered beside, for memory's sake. Each commit waits for the
disk, and where the papers of a file are in no order, the same sheets of the census would be written with every block.
"""

_WAITING = 1
"""Transactions that may wait for one that takes longer, as it indexes papers besides."""
_INDEXED_AT_ONCE, _INDEXED_LATE = 8_000, 2_000
"""Papers whose index is worth a segment; fewer, late in a file: what is left at its end is indexed while nobody sifts
any more."""


class Deposit:
    """Takes the blocks of one file.

    What waits for the disk runs in a thread: whole transactions, one after the other, where who sifts has all of this
    process's time (`beside`), else their ends, as two that work in one process would wait for each other.
    A fault of a transaction is raised by one of the next calls, by `close` at the latest.
    """

    def __init__(self, database: Database, file: int, *, keep_all: bool, beside: bool) -> None:
        self._database, self._file, self._keep_all, self.beside = database, file, keep_all, beside
        self._thread = ThreadPoolExecutor(1)
        self._under_way = deque[Future[Upserted]]()
        self._held: list[Sifted] = []
        self._not_indexed, self._late = 0, False
        self.stored = Upserted()
        """What became of the papers of the transactions that have ended."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(Exception):  # what broke off the reading is told, not what else broke then
            self._wait()
        self._thread.shutdown()

    def add(self, block: Sifted, tally: Tally, *, late: bool = False) -> None:
        """Take a block, and commit it with those before it where they are many; `tally` is of the file so far.

        `late` tells that most of the file is read.
        """
        self._held.append(block)
        self._late = late
        papers_held = sum(len(each.papers) for each in self._held)
        enough = _PAPERS_BESIDE if self.beside else min(_PAPERS_AT_ONCE, max(_PAPERS_AT_FIRST, self.stored.added // 2))
        if len(self._held) == _BLOCKS_AT_ONCE or papers_held >= enough:
            self._commit(tally)

    def close(self, tally: Tally) -> None:
        """Commit the rest, and wait for it."""
        self._commit(tally)
        self._wait()

    def _commit(self, tally: Tally) -> None:
        self._wait(at_most=_WAITING if self.beside else 0)
        blocks, self._held = self._held, []
        worth_indexing = _INDEXED_LATE if self._late else _INDEXED_AT_ONCE
        if self.beside:
            self._under_way.append(self._thread.submit(self._transacted, blocks, tally, worth_indexing))
            return
        transaction = ExitStack()
        stored = transaction.enter_context(self._written(blocks, tally, worth_indexing))
        self._under_way.append(self._thread.submit(_ended, transaction, stored))

    def _wait(self, at_most: int = 0) -> None:
        """Wait until so many transactions at most have not ended."""
        while len(self._under_way) > at_most:
            self.stored += self._under_way.popleft().result()

    def _transacted(self, blocks: list[Sifted], tally: Tally, worth_indexing: int) -> Upserted:
        with self._written(blocks, tally, worth_indexing) as stored:
            return stored

    @contextmanager
    def _written(self, blocks: list[Sifted], tally: Tally, worth_indexing: int) -> Iterator[Upserted]:
        """Write blocks in a transaction, which ends with this; so many papers are worth an index at once."""
        rows = [row for block in blocks for row in block.papers]
        found: dict[str, list[str]] = {}
        for block in blocks:
            for head, (sheet, _) in block.census.items():
                found.setdefault(head, []).append(sheet)
        with self._database.writing() as connection:
            if not self._keep_all:
                rows = papers.current(connection, rows, found)
            census.add_sheets(connection, found)
            stored = papers.upsert(connection, rows, stamp(datetime.now(UTC)), indexed=False)
            self._not_indexed += stored.added
            if self.beside and self._not_indexed >= worth_indexing:
                index.extend(connection)
                self._not_indexed = 0
            snapshots.note(connection, self._file, tally)
            yield stored


def _ended(transaction: ExitStack, stored: Upserted) -> Upserted:
    transaction.close()
    return stored
