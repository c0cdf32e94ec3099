"""By what a file is known on the ledger."""

from hashlib import sha256
from pathlib import Path

import pytest

from llmsurvey.sources.digest import Digest
from llmsurvey.store.database import Database
from tests.records import month_of_lines, snapshot
from tests.store.stores import read, store


def name_as_before(database: Database, file: Path, **columns: str) -> None:
    """Let the ledger name a file as an older program did, by its SHA-256."""
    values = ", ".join(f"{name} = '{value}'" for name, value in columns.items() if value)
    digest = f"sha256:{sha256(file.read_bytes()).hexdigest()}"
    with database.writing() as connection:
        connection.exec_driver_sql(f"UPDATE snapshots SET digest = '{digest}'{', ' if values else ''}{values}")


def ledger(database: Database) -> list[tuple[str, str]]:
    """Return kind of digest and status of each file on the ledger."""
    with database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT digest, status FROM snapshots ORDER BY id").all()
    return [(digest.partition(":")[0], status) for digest, status in rows]


@pytest.mark.parametrize("ahead", [False, True])
def test_a_file_that_an_older_program_read_is_known_again(tmp_path: Path, *, ahead: bool) -> None:
    """It is looked for by the kind of digest that it was named by, whatever was begun ahead."""
    file, database = snapshot(tmp_path / "a.jsonl", month_of_lines()), store(tmp_path)
    read(database, file)
    name_as_before(database, file)
    assert read(database, file, digest=Digest(file) if ahead else None).status == "already read"
    assert ledger(database) == [("sha256", "complete")]


def test_what_an_older_program_left_incomplete_is_completed_under_its_row(tmp_path: Path) -> None:
    """The ledger does not go on telling of a gap that was closed."""
    file, database = snapshot(tmp_path / "a.jsonl", month_of_lines()), store(tmp_path)
    read(database, file)
    name_as_before(database, file, status="incomplete")
    assert read(database, file).status == "complete"
    assert ledger(database) == [("sha256", "complete")]


def test_another_file_of_the_same_size_is_new(tmp_path: Path) -> None:
    """The size alone says nothing, beside either kind of digest."""
    database, files = store(tmp_path), [tmp_path / name for name in ("a.jsonl", "b.jsonl", "c.jsonl")]
    for number, file in enumerate(files):
        lines = month_of_lines(count=4)
        snapshot(file, [*lines[number:], *lines[:number]])
    read(database, files[0])
    name_as_before(database, files[0])
    assert [read(database, file).status for file in (*files[1:], *files)] == ["complete"] * 2 + ["already read"] * 3
