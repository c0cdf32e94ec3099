"""By what a file is known on the ledger."""

import io
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest
from blake3 import blake3

from llmsurvey.sources.digest import Digest
from llmsurvey.store.database import Database
from tests.records import month_of_lines, snapshot
from tests.store.stores import read, store


def name_as_before(database: Database, file: Path, status: str = "complete") -> None:
    """Let the ledger name a file as an older program did, by its SHA-256."""
    older, today = (f"{kind.__name__.removeprefix('openssl_')}:{kind(file.read_bytes()).hexdigest()}" for kind in KINDS)
    with database.writing() as connection:
        connection.exec_driver_sql(
            f"UPDATE snapshots SET digest = '{older}', status = '{status}' WHERE digest = '{today}'"
        )


KINDS = (sha256, blake3)


def ledger(database: Database) -> list[tuple[str, str, str]]:
    """Return kind of digest, keep and status of each file on the ledger."""
    with database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT digest, keep, status FROM snapshots ORDER BY id").all()
    return [(digest.partition(":")[0], keep, status) for digest, keep, status in rows]


def give(monkeypatch: pytest.MonkeyPatch, file: Path) -> str:
    """Let standard input hold a file."""
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(file.read_bytes())))
    return "-"


@pytest.fixture
def known(tmp_path: Path) -> tuple[Database, Path]:
    """Return a store that has read a file, and the file."""
    file, database = snapshot(tmp_path / "a.jsonl", month_of_lines()), store(tmp_path)
    read(database, file)
    return database, file


@pytest.mark.parametrize("ahead", [False, True])
def test_a_file_that_an_older_program_read_is_known_again(known: tuple[Database, Path], *, ahead: bool) -> None:
    """Its row takes today's kind of digest."""
    database, file = known
    name_as_before(database, file)
    assert read(database, file, digest=Digest(file) if ahead else None).status == "already read"
    assert ledger(database) == [("blake3", "matched", "complete")]


@pytest.mark.parametrize("status", ["complete", "incomplete", "reading"])
def test_standard_input_that_an_older_program_read_is_known_again(
    known: tuple[Database, Path], monkeypatch: pytest.MonkeyPatch, status: str
) -> None:
    """Its digest is not there before its end, and then every kind of it."""
    database, file = known
    name_as_before(database, file, status)
    done = read(database, give(monkeypatch, file)).status
    assert done == ("already read" if status == "complete" else "complete")
    assert ledger(database) == [("blake3", "matched", "complete")]


@pytest.mark.parametrize("status", ["incomplete", "reading"])
def test_what_an_older_program_left_undone_is_done_under_its_row(known: tuple[Database, Path], status: str) -> None:
    """The ledger does not go on telling of a gap that was closed."""
    database, file = known
    name_as_before(database, file, status)
    assert read(database, file).status == "complete"
    assert ledger(database) == [("blake3", "matched", "complete")]


@pytest.mark.parametrize("statuses", [("incomplete", "complete"), ("complete", "incomplete")])
def test_a_content_that_stands_under_two_kinds_stands_under_one_afterwards(
    known: tuple[Database, Path], monkeypatch: pytest.MonkeyPatch, statuses: tuple[str, str]
) -> None:
    """Whichever row answers is found, and of two readings in the same way the complete one stays."""
    database, file = known
    read(database, give(monkeypatch, file), keep="all")
    older = f"sha256:{sha256(file.read_bytes()).hexdigest()}"
    with database.writing() as connection:
        connection.exec_driver_sql(f"UPDATE snapshots SET status = '{statuses[1]}' WHERE keep = 'all'")
        connection.exec_driver_sql(
            f"UPDATE snapshots SET digest = '{older}', keep = 'all', status = '{statuses[0]}' WHERE keep = 'matched'"
        )
    assert ledger(database) == [("sha256", "all", statuses[0]), ("blake3", "all", statuses[1])]
    assert read(database, file, keep="all").status == "already read"
    assert ledger(database) == [("blake3", "all", "complete")]


def test_another_file_of_the_same_size_is_new(tmp_path: Path) -> None:
    """The size alone says nothing, beside either kind of digest, and what is new has today's kind."""
    database, files = store(tmp_path), [tmp_path / name for name in ("a.jsonl", "b.jsonl", "c.jsonl")]
    for number, file in enumerate(files):
        lines = month_of_lines(count=4)
        snapshot(file, [*lines[number:], *lines[:number]])
    read(database, files[0])
    name_as_before(database, files[0])
    assert read(database, files[1]).status == "complete"
    assert [kind for kind, _, _ in ledger(database)] == ["sha256", "blake3"]
    assert [read(database, file).status for file in (files[2], *files)] == ["complete"] + ["already read"] * 3


def test_a_digest_that_was_begun_ahead_serves_its_own_file_as_it_is(tmp_path: Path) -> None:
    """Not another one, and not one that was changed since."""
    database, file, other = store(tmp_path), tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    snapshot(file, month_of_lines(count=3))
    ahead = Digest(file)
    ahead.result()
    snapshot(file, month_of_lines(count=4))
    snapshot(other, month_of_lines(count=5))
    for each in (other, file):
        assert read(database, each, digest=ahead).status == "complete"
    with database.reading() as connection:
        names = connection.exec_driver_sql("SELECT digest FROM snapshots ORDER BY id").scalars().all()
    assert names == [f"blake3:{blake3(each.read_bytes()).hexdigest()}" for each in (other, file)]


def test_the_rejects_of_two_contents_lie_in_two_files(tmp_path: Path) -> None:
    """Their names are told apart by the content, and hold no sign that a file system refuses."""
    database, file = store(tmp_path), tmp_path / "a.jsonl"
    found = set[str]()
    lines = [*month_of_lines(count=3), b"no record\n"]
    for content in (lines, lines[::-1]):  # of the second, of the same size, the digest is known before it is read
        snapshot(file, content)
        rejects = read(database, file).rejects_file
        assert rejects is not None
        found.add(rejects.name)
    assert len(found) == len((lines, lines[::-1]))
    assert not any(":" in name for name in found)
