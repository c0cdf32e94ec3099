"""Opening a database: made, upgraded after a backup, or refused and left as it is."""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, text

from llmsurvey.errors import BadUsage, LockHeld, Stop
from llmsurvey.store import census, denominators, lock, papers, upgrade
from llmsurvey.store import database as databases
from llmsurvey.store.check import checked
from llmsurvey.store.database import Database, connected
from llmsurvey.store.rows import row_of
from tests.records import month_of_lines, snapshot
from tests.store.stores import contents, everyone, read, store, untouched
from tests.stored_papers import RECORDED, a_paper

_SHAPE = "SELECT type, name, tbl_name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2"


def shape(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Return tables and views with their columns, and indexes with theirs."""
    with closing(sqlite3.connect(str(database.path))) as connection:
        found: dict[str, list[tuple[object, ...]]] = {}
        for kind, name, _ in connection.execute(_SHAPE).fetchall():
            pragma = "index_xinfo" if kind == "index" else "table_xinfo"
            found[f"{kind} {name}"] = connection.execute(f"PRAGMA {pragma}({name})").fetchall()
        return found


@contextmanager
def older_store(tmp_path: Path, schema: str) -> Iterator[Connection]:
    """Make a store of an older schema, and yield a transaction to put something into it."""
    config = upgrade._alembic()
    with connected(str(tmp_path / "survey.db")).writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, schema)
        connection.exec_driver_sql(f"PRAGMA application_id = {databases.APPLICATION_ID}")
        yield connection


def test_a_fresh_schema_is_what_the_migrations_lead_to(tmp_path: Path) -> None:
    """Made at once or migration by migration, the tables and indexes are the same."""
    migrated = connected(str(tmp_path / "migrated.db"))
    config = upgrade._alembic()
    with migrated.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    assert shape(migrated) == shape(store(tmp_path))


def test_the_newest_migration_is_the_one_the_program_names() -> None:
    """`REVISION` is the head of the folder of migrations."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - only here

    assert ScriptDirectory.from_config(upgrade._alembic()).get_heads() == [upgrade.REVISION]


@pytest.mark.parametrize(
    ("first", "more"),
    [
        ("0001", ""),
        ("0002", ""),
        ("0003", ""),
        ("0003", "ALTER TABLE snapshots RENAME COLUMN repaired TO odd_ids"),  # as 0003 was written for a while
        ("0004", ""),
        ("0005", ""),
    ],
)
def test_a_store_of_each_older_schema_is_brought_up(tmp_path: Path, first: str, more: str) -> None:
    """From each schema that was ever written, the migrations lead to today's."""
    with older_store(tmp_path, first) as connection:
        if more:
            connection.exec_driver_sql(more)
    (tmp_path / "fresh").mkdir()
    assert shape(store(tmp_path)) == shape(store(tmp_path / "fresh"))


def test_the_census_of_an_older_schema_is_kept(tmp_path: Path) -> None:
    """Every paper that was read stays known; a stored one speaks for itself."""
    read_before = [
        ("2303.00001", "2023-03", "cs.CL", 1),
        ("2303.00199", "2023-03", "cs.LG", 3),
        ("2303.18223", "2023-03", "cs.AI", 1),
        ("hep-th/9901001", "1999-01", "hep-th", 2),
    ]
    with older_store(tmp_path, "0004") as connection:
        connection.exec_driver_sql("INSERT INTO census VALUES (?, ?, ?, ?)", read_before)
        papers.upsert(connection, [row_of(a_paper())], RECORDED)
    newer = store(tmp_path)
    assert everyone(newer) == sorted([*read_before[:2], ("2303.18223", "2023-03", "cs.CL", 1), read_before[3]])
    with newer.reading() as connection:
        assert sum(denominators.counted(connection).papers.values()) == len(read_before)


def test_the_totals_of_an_older_schema_are_counted_as_it_is_brought_up(tmp_path: Path) -> None:
    """Nothing is left to be done: no question counts anew, and no check speaks of an import that was interrupted."""
    with older_store(tmp_path, "0004") as connection:
        connection.exec_driver_sql("INSERT INTO census VALUES ('2303.00001', '2023-03', 'cs.CL', 1)")
        denominators.mark_stale(connection)
    newer = store(tmp_path)
    with newer.reading() as connection:
        assert not denominators.is_stale(connection)
        assert denominators.kept(connection).papers == {("2023-03", "cs.CL"): 1}
    assert [each.name for each in checked(newer) if not each.sound] == []


def test_sheets_of_an_older_census_may_stand_in_between_others(tmp_path: Path) -> None:
    """Identifiers that were read as numbers once are of any length, and in their order two sheets alternate."""
    read_before = [(each, "2014-12", "cs.CL", 1) for each in ("1412.610", "1412.6101", "1412.611", "1412.6110")]
    with older_store(tmp_path, "0004") as connection:
        connection.exec_driver_sql("INSERT INTO census VALUES (?, ?, ?, ?)", read_before)
    newer = store(tmp_path)
    assert everyone(newer) == read_before
    with newer.reading() as connection:
        assert not census.unreadable(connection)


def test_the_digests_of_an_older_ledger_say_of_which_kind_they_are(tmp_path: Path) -> None:
    """They were SHA-256 all of them; what stood for one stays as it is."""
    row = "'a.jsonl', 9, '{}', 'all', '[]', '{}', 1, 1, 0, 0, 0, NULL, NULL, NULL, NULL, '2024-01-01', NULL, '0'"
    with older_store(tmp_path, "0005") as connection:
        for number, digest in enumerate(("00ff", "begun with 01", "unknown until read 2024-01-01 00:00:00"), 1):
            values = row.format(digest, "complete" if number == 1 else "reading")
            connection.exec_driver_sql(f"INSERT INTO snapshots VALUES ({number}, {values})")
    with store(tmp_path).reading() as connection:
        found = connection.exec_driver_sql("SELECT digest FROM snapshots ORDER BY id").scalars().all()
    assert found == ["sha256:00ff", "begun with 01", "unknown until read 2024-01-01 00:00:00"]


def test_opening_twice_changes_nothing(tmp_path: Path) -> None:
    """An opened store is as it was."""
    store(tmp_path).close()
    before = untouched(tmp_path)
    store(tmp_path).close()
    assert untouched(tmp_path) == before


TODAY = upgrade.REVISION
MIGRATION = f"""
revision = "9999"
down_revision = "{TODAY}"
branch_labels = None
depends_on = None
from alembic import op
def upgrade():
    op.execute("ALTER TABLE papers ADD COLUMN language TEXT")
    {{more}}
"""


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the program one migration more, and return the file of it."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    own = Path(upgrade.__file__).parent / "migrations"
    for file in (own / "env.py", *(own / "versions").glob("*.py")):
        (folder / file.relative_to(own)).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    second = folder / "versions" / "9999_next.py"
    second.write_text(MIGRATION.format(more=""), encoding="utf-8")
    config = upgrade._alembic()
    config.set_main_option("script_location", str(folder))
    monkeypatch.setattr(upgrade, "_alembic", lambda: config)
    monkeypatch.setattr(upgrade, "REVISION", "9999")
    return second


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """Fill a store of today's schema, in a folder of its own."""
    folder = tmp_path / "store"
    folder.mkdir()
    database = store(folder)
    read(database, snapshot(tmp_path / "a.jsonl", month_of_lines()))
    database.close()
    return folder


def test_an_older_database_is_copied_and_then_upgraded(older: Path, newer: Path) -> None:
    """The upgrade keeps the data, and the copy beside it is the database as it was."""
    assert newer.is_file()
    before = contents(connected(str(older / "survey.db")))
    (older / f"survey.db.backup-{TODAY}-20260101T000000Z.part").write_text("of an upgrade that was killed")
    database = store(older)
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM papers WHERE language IS NULL")).scalar() == 10
    assert upgrade.revision_of(database) == "9999"
    (backup,) = older.glob(f"survey.db.backup-{TODAY}-*")
    assert contents(connected(str(backup))) == before


def test_an_upgrade_waits_for_no_other_run(older: Path, newer: Path) -> None:
    """Two runs never upgrade the same database at once: the second says who is at it, and touches nothing."""
    assert newer.is_file()
    database = connected(str(older / "survey.db"))
    with lock.held(database, "import"), pytest.raises(LockHeld, match="import, process"):
        store(older)
    assert upgrade.revision_of(database) == TODAY
    assert not list(older.glob("*backup*"))


def test_an_upgrade_that_fails_leaves_the_data_as_they_were(older: Path, newer: Path) -> None:
    """A migration that breaks half-way is undone as a whole, and the copy is named."""
    newer.write_text(MIGRATION.format(more='op.execute("nonsense")'), encoding="utf-8")
    before = contents(connected(str(older / "survey.db")))
    with pytest.raises(Stop, match=rf"could not be upgraded[\s\S]*backup-{TODAY}-"):
        store(older)
    assert contents(connected(str(older / "survey.db"))) == before


def test_an_upgrade_that_finds_no_room_for_its_copy_changes_nothing(
    older: Path, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a backup there is no upgrade."""
    assert newer.is_file()
    real = sqlite3.connect

    def cramped(path: Path) -> sqlite3.Connection:
        if str(path).endswith(".part"):
            raise sqlite3.OperationalError("database or disk is full")
        return real(path)

    monkeypatch.setattr(upgrade, "sqlite_connect", cramped)
    with pytest.raises(Stop, match="disk is full"):
        store(older)
    assert upgrade.revision_of(connected(str(older / "survey.db"))) == TODAY
    assert not list(older.glob("*backup*"))


def _foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.commit()


def _foreign_with_the_same_names(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE papers (id INTEGER)")
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
        connection.commit()


def _of_a_newer_program(path: Path) -> None:
    database = store(path.parent, path.name)
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()


def _corrupt(path: Path) -> None:
    database = store(path.parent, path.name)
    database.close()
    data = path.read_bytes()
    path.write_bytes(data[:100] + b"\xff" * (len(data) - 100))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_foreign, "belongs to another program"),
        (_foreign_with_the_same_names, "belongs to another program"),
        (_of_a_newer_program, "written by a newer llmsurvey"),
        (lambda path: path.write_bytes(b"Dear diary, " * 500), "is not an SQLite database"),
        (lambda path: path.write_bytes(b"short"), "is not an SQLite database"),
        (_corrupt, "is damaged"),
        (lambda path: path.mkdir(), "is a folder"),
    ],
    ids=["foreign", "foreign with our names", "newer", "text", "short text", "corrupt", "folder"],
)
def test_a_database_that_is_not_ours_is_refused_untouched(tmp_path: Path, make: object, said: str) -> None:
    """What this program did not make, or cannot read, is named and not a byte of it changes."""
    path = tmp_path / "survey.db"
    assert callable(make)
    make(path)
    before = untouched(tmp_path)
    with pytest.raises(Stop, match=said):
        store(tmp_path)
    after = untouched(tmp_path)
    assert {name: data for name, data in after.items() if not name.endswith(("-wal", "-shm"))} == before


def test_a_locked_database_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program writes, the message says to wait, and nothing is changed."""
    monkeypatch.setattr(databases, "BUSY_SECONDS", 0.05)
    database = store(tmp_path)
    with closing(sqlite3.connect(str(database.path), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LockHeld, match="in use by another program"), connected(database.place).writing():
            pass


@pytest.mark.parametrize("name", ["a b#c?d%20e.db", "ünï-語.db", "quote'.db"])
def test_a_database_may_have_any_name(tmp_path: Path, name: str) -> None:
    """A path is a path, whatever its characters would mean in a URL."""
    assert store(tmp_path, name).path == tmp_path / name
    assert (tmp_path / name).is_file()


@pytest.mark.parametrize("url", ["nonsense://x", "sqlite://", "sqlite:///:memory:"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    """An unknown kind of database, or one in memory, is a wrong use."""
    with pytest.raises(BadUsage):
        upgrade.opened(url)


def test_a_driver_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server's database needs a package of its own, and the message says which."""
    monkeypatch.setitem(sys.modules, "psycopg2", None)
    with pytest.raises(Stop, match=r"(?s)psycopg2.*pip install"):
        connected("postgresql+psycopg2://localhost/survey")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A file where the folder of the database should be stops with its name."""
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(Stop, match="cannot be made"):
        store(tmp_path / "taken", "survey.db")


def test_a_database_in_a_sealed_folder_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing may be written beside the database it is read as it is, and writing is refused in words."""
    database = store(tmp_path, "a #1.db")
    read(database, snapshot(tmp_path / "a.jsonl", month_of_lines()))
    database.close()
    monkeypatch.setattr(os, "access", lambda *_: False)
    sealed = store(tmp_path, "a #1.db")
    assert sealed.path == tmp_path / "a #1.db"

    def rows(connection: Connection) -> object:
        return connection.execute(text("SELECT count(*) FROM papers")).scalar()

    with sealed.reading() as connection:
        assert rows(connection) == 10
    with pytest.raises(Stop, match="is read-only"), sealed.writing() as connection:
        connection.execute(text("DELETE FROM papers"))
