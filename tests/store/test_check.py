"""A damaged or inconsistent database is told, and mended from its papers where that can be."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from llmsurvey.errors import LockHeld
from llmsurvey.store import lock
from llmsurvey.store.check import CHECKS, checked
from llmsurvey.store.database import Database, connected
from llmsurvey.store.mending import brought_up_to_date
from llmsurvey.store.search import Search, every
from tests.stored_papers import a_paper, a_store

SHELF = [
    *(a_paper(f"2303.{number:05}", title=f"Kettle {number}") for number in range(1, 30)),
    a_paper("2303.1", title="An identifier that was a number once"),
]


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """Store some papers."""
    return a_store(tmp_path / "s.db", SHELF)


def unsound(database: Database) -> dict[str, str]:
    """Return the next step of each thing that is wrong."""
    return {each.name: each.step for each in checked(database) if not each.sound}


def spoil(database: Database, statement: str) -> None:
    """Change the database behind the program's back."""
    with closing(sqlite3.connect(str(database.path))) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(statement)
        connection.commit()


def test_a_sound_database_has_no_fault(database: Database) -> None:
    """Every check says what it found, and nothing is left to do."""
    findings = list(checked(database))
    assert [each.name for each in findings] == ["schema", *CHECKS]
    assert all(each.sound and each.finding and not each.step for each in findings)
    assert list(brought_up_to_date(database)) == []


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("UPDATE state SET value = '7' WHERE name = 'index_reach'", "index reach"),
        ("UPDATE papers SET title = 'other' WHERE id = 3", "full-text index"),
        ("UPDATE denominators SET papers = papers + 1", "totals"),
        ("DELETE FROM identifiers", "totals"),
        ("UPDATE state SET value = '1' WHERE name = 'census_recount_due'", "totals"),
    ],
)
def test_what_follows_from_the_papers_is_mended(database: Database, statement: str, name: str) -> None:
    """The check tells it, the upgrade mends it, and the next check is content."""
    spoil(database, statement)
    assert "llmsurvey db upgrade" in unsound(database)[name]
    assert list(brought_up_to_date(database))
    assert unsound(database) == {}


@pytest.mark.parametrize("sheet", ["", "03", "03 2023-03 cs.CL", "03 2023-03 cs.CL 1\n", "3 2023-03 cs.CL 1"])
def test_a_damaged_sheet_of_the_census_is_named(database: Database, sheet: str) -> None:
    """Its papers are lost, and nothing else can bring them back."""
    spoil(database, f"INSERT INTO census VALUES ('2303.999', '{sheet}')")
    assert "restore" in unsound(database)["census"]


def test_a_wrong_month_is_told(database: Database) -> None:
    """A paper's month is that of its first version."""
    spoil(database, "UPDATE papers SET month = '2024-01' WHERE id = 3")
    assert "months" in unsound(database)


def test_a_damaged_file_is_told(database: Database) -> None:
    """A page that was overwritten is found by SQLite itself, and the other checks still run."""
    assert database.path
    data = bytearray(database.path.read_bytes())
    root = next(
        at
        for at in range(0, len(data), 16_384)
        if data[at : at + 1] == b"\x0d" and b"Kettle 7" in data[at : at + 16_384]
    )
    data[root : root + 64] = b"\xff" * 64
    database.path.write_bytes(data)
    found = list(checked(database))
    assert [each.name for each in found] == ["schema", *CHECKS]
    assert "backup" in unsound(database)["file"]


def test_an_older_schema_is_told(tmp_path: Path) -> None:
    """An empty file has no schema yet; the upgrade brings it."""
    (tmp_path / "s.db").touch()
    assert "db upgrade" in unsound(connected(str(tmp_path / "s.db")))["schema"]


def test_a_newer_schema_is_told_with_the_step_that_helps(database: Database) -> None:
    """`db upgrade` refuses such a database, so the program is what must be upgraded."""
    spoil(database, "UPDATE alembic_version SET version_num = '9999'")
    step = unsound(database)["schema"]
    assert "newer" in step
    assert "db upgrade" not in step


def test_mending_waits_for_no_other_run(database: Database) -> None:
    """While another run holds the store, nothing is touched."""
    with lock.held(database, "import"), pytest.raises(LockHeld, match="import"):
        list(brought_up_to_date(database))
    assert len(list(every(database, Search()))) == len(SHELF)


def test_the_holder_of_the_lock_is_told(database: Database) -> None:
    """Who works on a store can be asked without taking its lock."""
    assert lock.holder(database) is None
    with lock.held(database, "import"):
        assert "import, process" in (lock.holder(database) or "")
    assert lock.holder(database) is None
