"""The doctor looks into the store, tells what it lacks, and leaves no trace."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from llmsurvey.config import load
from llmsurvey.doctor import Finding, Status
from llmsurvey.doctor.store import store
from llmsurvey.month import Month
from llmsurvey.status import ALARM_DAYS
from llmsurvey.store import lock, server_counts, snapshots
from llmsurvey.store.database import Database
from llmsurvey.store.server_counts import ServerCount
from llmsurvey.store.snapshots import SnapshotFile
from llmsurvey.store.tally import Tally
from tests.stored_papers import a_paper, a_store


def findings(path: Path) -> dict[str, Finding]:
    """Return what is found of the database at a path, by name."""
    return {each.name: each for each in store(load({"database_url": str(path)}))}


def note_reading(database: Database, data_date: str) -> None:
    """Write a whole file onto the ledger."""
    tally = Tally(records=1, matched=1, first_month="2023-03", last_month="2023-03", data_date=data_date)
    with database.writing() as connection:
        number = snapshots.begin(connection, SnapshotFile("a.jsonl", 1, "0" * 64, "all", ("language model",)))
        snapshots.end(connection, number, tally, None)


def test_a_missing_database_is_told_and_not_made(tmp_path: Path) -> None:
    """Before the first import the doctor says so, and what makes it."""
    found = findings(tmp_path / "new" / "s.db")
    assert found["database"].status is Status.WARN
    assert "import" in found["database"].suggestion
    assert list(tmp_path.iterdir()) == []


def test_an_empty_store_was_never_filled(tmp_path: Path) -> None:
    """Nothing read is told with the command that reads."""
    a_store(tmp_path / "s.db", [])
    found = findings(tmp_path / "s.db")
    assert found["database"].status is found["full-text index"].status is Status.OK
    assert found["coverage"].status is found["last run"].status is Status.WARN


@pytest.mark.parametrize(("days", "status"), [(1, Status.OK), (ALARM_DAYS + 2, Status.WARN)])
def test_old_data_is_an_alarm(tmp_path: Path, days: int, status: Status) -> None:
    """A survey that is read every month has data that is younger than this."""
    database = a_store(tmp_path / "s.db", [a_paper()])
    note_reading(database, (datetime.now(UTC).date() - timedelta(days=days)).isoformat())
    found = findings(tmp_path / "s.db")
    assert found["last run"].status is status
    assert "2023-03 to 2023-03" in found["coverage"].explanation
    assert "hole" in found["coverage"].explanation


def test_waiting_papers_are_told(tmp_path: Path) -> None:
    """An index that was left behind is a warning."""
    a_store(tmp_path / "s.db", [a_paper()], indexed=False)
    assert findings(tmp_path / "s.db")["full-text index"].status is Status.WARN


def test_the_run_that_holds_the_store_is_told(tmp_path: Path) -> None:
    """Who works on the store is part of the finding."""
    with lock.held(a_store(tmp_path / "s.db", []), "import"):
        assert "in use: import" in findings(tmp_path / "s.db")["database"].explanation


def test_looking_leaves_no_trace(tmp_path: Path) -> None:
    """The file stays as it was, byte for byte, and nothing new lies beside it."""
    a_store(tmp_path / "s.db", [a_paper()])
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    findings(tmp_path / "s.db")
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_foreign_file_fails(tmp_path: Path) -> None:
    """What is no database, or another program's, is told."""
    (tmp_path / "s.db").write_text("no database " * 100, encoding="utf-8")
    assert findings(tmp_path / "s.db")["database"].status is Status.FAIL


def test_a_database_of_a_newer_program_fails(tmp_path: Path) -> None:
    """No command would take it, and upgrading the database is not the way out."""
    with a_store(tmp_path / "s.db", []).writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    (found,) = findings(tmp_path / "s.db").values()
    assert (found.name, found.status) == ("database", Status.FAIL)
    assert found.suggestion.startswith("upgrade llmsurvey")


def test_counts_without_papers_are_a_run(tmp_path: Path) -> None:
    """A store that only holds arXiv's own counts was filled when arXiv was asked."""
    with a_store(tmp_path / "s.db", []).writing() as connection:
        server_counts.keep(connection, "language model", Month(2023, 1), ServerCount(4, datetime.now(UTC)))
    found = findings(tmp_path / "s.db")
    assert found["last run"].status is Status.OK
    assert "arXiv's own counts" in found["last run"].explanation
