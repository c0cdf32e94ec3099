"""Filling an empty store: as safe as ever, and others are not shut out."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from llmsurvey.store import papers
from llmsurvey.store.database import looked_into
from llmsurvey.store.rows import row_of
from tests.store.stores import store, untouched
from tests.stored_papers import RECORDED, a_paper

KILLED = """
import os, sys
from llmsurvey.store import papers
from llmsurvey.store.database import connected
from llmsurvey.store.rows import row_of
from tests.stored_papers import RECORDED, a_paper
with connected(sys.argv[1]).filling() as database:
    for batch in range(2):
        with database.writing() as connection:
            rows = [row_of(a_paper(f"2303.{batch}{n:04}", abstract="toy " * 500)) for n in range(2_000)]
            papers.upsert(connection, rows, RECORDED)
            connection.exec_driver_sql("PRAGMA cache_size = 10")
            if batch:
                connection.exec_driver_sql("UPDATE papers SET comment = 'never seen'")
                os._exit(1)
"""


def _mode(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("PRAGMA journal_mode").fetchone()[0])


def test_a_store_has_a_log_again_after_it_was_filled(tmp_path: Path) -> None:
    """What is written is there, and the next who opens it reads and writes side by side with others."""
    database = store(tmp_path)
    assert database.path
    with database.filling() as filled:
        with filled.writing() as connection:
            papers.upsert(connection, [row_of(a_paper())], RECORDED)
        assert _mode(database.path) == "delete"
        with database.reading() as connection:
            assert papers.get(connection, "2303.18223") == a_paper()
    with database.reading() as connection:
        assert papers.get(connection, "2303.18223") == a_paper()
    assert _mode(database.path) == "wal"


def test_a_store_that_somebody_reads_is_filled_all_the_same(tmp_path: Path) -> None:
    """The reader sees what there was when it began, and keeps nobody waiting."""
    database = store(tmp_path)
    with database.reading() as reader:
        assert papers.get(reader, "2303.18223") is None
        with database.filling() as filled, filled.writing() as connection:
            papers.upsert(connection, [row_of(a_paper())], RECORDED)
        assert papers.get(reader, "2303.18223") is None
    with database.reading() as connection:
        assert papers.get(connection, "2303.18223") is not None


def test_a_fill_that_is_killed_leaves_what_was_committed(tmp_path: Path) -> None:
    """Though half a transaction stands in the file already: whoever opens it next takes that back."""
    path = store(tmp_path).path
    run = subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=Path(__file__).parents[2], check=False)
    assert run.returncode == 1
    assert path
    assert path.with_name(f"{path.name}-journal").stat().st_size
    with store(tmp_path).reading() as connection:
        found = connection.execute(text("SELECT COUNT(*), COUNT(comment) FROM papers")).one()
        assert tuple(found) == (2_000, 0)
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"


def test_a_fill_that_was_killed_can_be_looked_into(tmp_path: Path) -> None:
    """The doctor comes first: it sees what was committed, and no database that is read-only."""
    path = store(tmp_path).path
    subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=Path(__file__).parents[2], check=False)
    with looked_into(str(path)).reading() as connection:
        found = connection.execute(text("SELECT COUNT(*), COUNT(comment) FROM papers")).one()
    assert tuple(found) == (2_000, 0)


def test_a_store_that_is_being_filled_is_not_taken_for_one_at_rest(tmp_path: Path) -> None:
    """Between two transactions nothing lies beside it; a look that takes no lock would see half of the next one."""
    database = store(tmp_path)
    assert database.path
    with database.filling() as filled:
        with filled.writing() as connection:
            papers.upsert(connection, [row_of(a_paper())], RECORDED)
        assert untouched(tmp_path).keys() == {database.path.name}
        with looked_into(str(database.path)).reading() as look:
            assert papers.get(look, "2303.18223") == a_paper()
            assert "immutable" not in dict(look.engine.url.query)
            with closing(sqlite3.connect(database.path, timeout=0)) as other:
                other.execute("UPDATE papers SET comment = 'unseen'")
                with pytest.raises(sqlite3.OperationalError, match="locked"):
                    other.commit()


@pytest.mark.parametrize("kind", ["wal", "journal"])
def test_a_file_with_something_beside_it_is_not_taken_as_it_lies(tmp_path: Path, kind: str) -> None:
    """A part of the data may stand there, or what is to be taken back."""
    database = store(tmp_path)
    database.close()
    assert database.path
    assert "immutable" in dict(looked_into(str(database.path)).engine.url.query)
    database.path.with_name(f"{database.path.name}-{kind}").touch()
    assert "immutable" not in dict(looked_into(str(database.path)).engine.url.query)
