"""What a follower does: it reads ahead, waits for nobody without need, and leaves a second one its share."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.store import index_worker as module
from llmsurvey.store.index_worker import _catch_up, _middle, _reader, _Rows

ROWS = [(number, f"Model {number}", f"We study {number}.") for number in range(1, 31)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a path that is not what it seems where it is taken for an address."""
    (folder := tmp_path / "a b#c%20é").mkdir()
    return folder / "papers.db"


@pytest.fixture
def papers(path: Path) -> Iterator[apsw.Connection]:
    """Yield a connection that writes papers: of the library that reads them, as all is in one process here."""
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute("CREATE TABLE papers (id INTEGER PRIMARY KEY, title TEXT, abstract TEXT)")
        connection.executemany("INSERT INTO papers VALUES (?, ?, ?)", ROWS)
        yield connection


def test_rows_are_read_ahead_while_a_commit_keeps_readers_away(
    papers: apsw.Connection, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is at hand is used up first, and nothing is skipped or read twice."""
    monkeypatch.setattr(module, "_ROWS_READ", 10)
    with closing(_reader(path, all_there=False)) as reader:
        rows = _Rows(reader)
        found = rows.behind(0, 6) + rows.behind(6, 2)
        papers.execute("BEGIN EXCLUSIVE")
        found += rows.behind(8, 8)
        assert found == ROWS[:16], "more were read before the first ten were used up"
        found += rows.behind(16, 9)
        assert found == ROWS[:20], "four are at hand, and no more can be read"
        assert reader.pragma("busy_timeout") == 0, "nobody was waited for"
        papers.execute("COMMIT")
        while more := rows.behind(found[-1][0], 4):
            found += more
        assert found == ROWS
        papers.execute("INSERT INTO papers VALUES (31, 'Late', 'It came later.')")
        assert rows.behind(30, 4) == [(31, "Late", "It came later.")]


def test_where_nothing_is_at_hand_a_commit_is_waited_for(
    papers: apsw.Connection, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But not for ever: a follower that gives up is done without."""
    monkeypatch.setattr(module, "_PATIENT_MILLISECONDS", 1)
    papers.execute("BEGIN EXCLUSIVE")
    with closing(_reader(path, all_there=False)) as reader, pytest.raises(apsw.BusyError):
        _Rows(reader).behind(0, 4)
    papers.execute("COMMIT")


def test_papers_that_are_all_there_are_read_while_somebody_writes(
    papers: apsw.Connection, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first one's part is taken over into the same file meanwhile."""
    monkeypatch.setattr(module, "_PATIENT_MILLISECONDS", 1)
    with closing(_reader(path, all_there=True)) as reader:
        papers.execute("BEGIN EXCLUSIVE")
        assert _Rows(reader).behind(0, 40) == ROWS
        papers.execute("COMMIT")


def test_papers_that_stand_in_a_log_are_read_there(papers: apsw.Connection, path: Path) -> None:
    """A file with a log may not be read as if it were at rest."""
    papers.execute("PRAGMA journal_mode = WAL")
    papers.execute("INSERT INTO papers VALUES (31, 'Late', 'It came later.')")
    with closing(_reader(path, all_there=True)) as reader:
        assert len(_Rows(reader).behind(0, 40)) == len(ROWS) + 1


@given(st.integers(0, 10**7), st.integers(module._WORTH_A_PROCESS, 10**7))
def test_the_middle_lies_between_what_is_done_and_what_is_left(reached: int, left: int) -> None:
    """A second process gets the larger share where it takes long to take over what the first one has done."""
    last = reached + left
    middle = _middle(reached, last)
    assert reached <= middle < last
    first = middle - reached + int(last * module._TAKEN_OVER)
    second = module._STARTED + last - middle
    assert abs(first - second) <= 1 or (middle == reached and first > second), "both have ended at the same time"


class _Talk:
    """The parent's end of a pipe, which names a last row at once."""

    def __init__(self, last: int) -> None:
        self._last, self.told = last, list[int]()

    def poll(self, _seconds: float) -> bool:
        return True

    def recv(self) -> tuple[int, bool]:
        return self._last, False

    def send(self, row: int) -> None:
        self.told.append(row)


def test_a_row_that_is_not_there_is_not_waited_for(papers: apsw.Connection, path: Path) -> None:
    """The parent learns how far the index has come, and does the rest."""
    assert papers
    with closing(_reader(path, all_there=False)) as reader, closing(apsw.Connection(":memory:")) as target:
        target.execute("CREATE VIRTUAL TABLE texts USING fts5(title, abstract)")
        pipe: Any = _Talk(last=40)
        assert _catch_up(pipe, reader, target, "texts", 0) == len(ROWS)
        assert pipe.told == [40]


def test_a_worker_loads_nothing_that_it_does_not_need() -> None:
    """A fifth of a second each time, for which its core does nothing."""
    said = "import sys, llmsurvey.store.index_worker; print('sqlalchemy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"
