"""Blocks on their way into a store: in few transactions, and no fault of one is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from llmsurvey.errors import Stop
from llmsurvey.harvest import deposit as module
from llmsurvey.harvest.deposit import Deposit
from llmsurvey.harvest.sift import Sieve, Wanted
from llmsurvey.store import index, snapshots
from llmsurvey.store.database import Database
from llmsurvey.store.distinct import Identifiers
from llmsurvey.store.snapshots import SnapshotFile
from tests.records import MATCHING, line
from tests.store.stores import everyone, store

FILE = SnapshotFile("a.jsonl", 1, "unknown", "matched", ("language model",), "")


@pytest.fixture(params=[False, True], ids=["here", "beside"])
def deposit(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Database, Deposit]]:
    """Yield a store, and the way into it."""
    database = store(tmp_path)
    with database.writing() as connection:
        number = snapshots.begin(connection, FILE)
    with Deposit(database, number, keep_all=False, beside=request.param) as way:
        yield database, way


def test_all_blocks_are_stored_in_the_end(deposit: tuple[Database, Deposit]) -> None:
    """A later version that does not match outdates one that did, in whatever block it stands."""
    database, way = deposit
    sieve = Sieve(Wanted(("language model",), keep_all=False, stored=Identifiers(), tomorrow="2026-11-25"))
    other = Sieve(Wanted(("language model",), keep_all=False, stored=Identifiers(), tomorrow="2026-11-25"))
    matching = sieve(line("1806.00001", MATCHING) + line("1806.00002", MATCHING))
    later = other(line("1806.00001", later=["2018-07-01"]) + line("1806.00003"))
    for block in (matching, later):
        way.add(block, block.tally)
    assert way.stored.added == 0, "few blocks wait for more"
    way.close(matching.tally + later.tally)
    assert way.stored.added == 1
    assert [row[0] for row in everyone(database)] == ["1806.00001", "1806.00002", "1806.00003"]


def test_a_fault_of_a_transaction_is_raised(deposit: tuple[Database, Deposit], monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it happens in a thread, and by the next call at the latest."""

    def full(*_: object, **__: object) -> None:
        raise Stop("the disk is full", hint="make room")

    _, way = deposit
    monkeypatch.setattr(snapshots, "note", full)
    block = Sieve(Wanted(("language model",), keep_all=False, stored=Identifiers(), tomorrow="2026-11-25"))(line())
    way.add(block, block.tally)
    with pytest.raises(Stop, match="disk is full"):
        way.close(block.tally)


def test_a_fault_of_a_commit_is_raised(deposit: tuple[Database, Deposit], monkeypatch: pytest.MonkeyPatch) -> None:
    """What a transaction has written by then counts for nothing."""

    @contextmanager
    def torn(database: Database) -> Iterator[object]:
        with whole(database) as connection:
            yield connection
            raise Stop("the disk is full", hint="make room")

    database, way = deposit
    whole = Database.writing
    block = Sieve(Wanted(("language model",), keep_all=False, stored=Identifiers(), tomorrow="2026-11-25"))(line())
    way.add(block, block.tally)
    monkeypatch.setattr(Database, "writing", torn)
    with pytest.raises(Stop, match="disk is full"):
        way.close(block.tally)
    monkeypatch.undo()
    assert everyone(database) == []
    assert way.stored.same == 0


def test_papers_are_indexed_on_the_way_where_somebody_else_sifts(
    deposit: tuple[Database, Deposit], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As soon as they are many; what is left is for the end."""
    monkeypatch.setattr(module, "_BLOCKS_AT_ONCE", 1)
    monkeypatch.setattr(module, "_INDEXED_AT_ONCE", 2)
    database, way = deposit
    sieve = Sieve(Wanted(("language model",), keep_all=False, stored=Identifiers(), tomorrow="2026-11-25"))
    for number in range(1, 6):
        block = sieve(line(f"1806.{number:05}", MATCHING))
        way.add(block, block.tally)
    way.close(block.tally)
    with database.reading() as connection:
        assert (index.reach(connection), index.last_row(connection)) == (4 if way.beside else 0, 5)


def test_late_in_a_file_fewer_papers_are_worth_an_index(
    deposit: tuple[Database, Deposit], monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that little is left for the end, when nobody sifts any more."""
    monkeypatch.setattr(module, "_BLOCKS_AT_ONCE", 1)
    monkeypatch.setattr(module, "_INDEXED_LATE", 2)
    database, way = deposit
    sieve = Sieve(Wanted(("language model",), keep_all=False, stored=Identifiers(), tomorrow="2026-11-25"))
    for number in range(1, 6):
        block = sieve(line(f"1806.{number:05}", MATCHING))
        way.add(block, block.tally, late=number >= 4)
    way.close(block.tally)
    with database.reading() as connection:
        assert (index.reach(connection), index.last_row(connection)) == (4 if way.beside else 0, 5)
