"""Followers index with an SQLite of their own; the store's must read it as its own."""

import sqlite3
import sys
import time
from collections.abc import Iterable
from contextlib import ExitStack, closing
from pathlib import Path

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.store import index, papers
from llmsurvey.store.follower import Followers
from llmsurvey.store.rows import row_of
from tests.store.stores import contents, store
from tests.stored_papers import RECORDED, a_paper

Vocabulary = list[tuple[object, ...]]


def terms(connection: sqlite3.Connection | apsw.Connection, texts: Iterable[str], kind: str) -> Vocabulary:
    """Return the terms of some titles: with rows and places (`instance`) or how often they stand there (`row`)."""
    with closing(connection):
        connection.execute(f"CREATE VIRTUAL TABLE texts USING fts5({index.DEFINITION})")
        rows = [(number, text, "") for number, text in enumerate(texts)]
        connection.executemany("INSERT INTO texts(rowid, title, abstract) VALUES (?, ?, ?)", rows)
        connection.execute(f"CREATE VIRTUAL TABLE terms USING fts5vocab(texts, {kind})")
        return [(*row,) for row in connection.execute("SELECT * FROM terms")]


def test_every_sign_means_the_same_to_both() -> None:
    """Whether it parts words, belongs to one, or loses its accent."""
    signs = [chr(code) for code in range(1, sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    texts = [" ".join(f"a{sign}b {sign}ing" for sign in signs[at : at + 5_000]) for at in range(0, len(signs), 5_000)]
    assert terms(apsw.Connection(":memory:"), texts, "row") == terms(sqlite3.connect(":memory:"), texts, "row")


@given(st.lists(st.text(st.sampled_from("aeioutrslngmdyz -")), max_size=20))
def test_both_stem_alike(texts: list[str]) -> None:
    """A word has one stem, whoever indexes it."""
    ours, theirs = (
        terms(each, texts, "instance") for each in (apsw.Connection(":memory:"), sqlite3.connect(":memory:"))
    )
    assert ours == theirs


def test_what_a_follower_has_indexed_is_taken_over(tmp_path: Path) -> None:
    """The store's own SQLite finds the index sound, and it holds the terms that it would have put there itself."""
    rows = [row_of(a_paper(arxiv_id=f"2303.{number:05}", title=f"Model {number}")) for number in range(1, 300)]
    whole, followed = store(tmp_path, "whole.db"), store(tmp_path, "followed.db")
    for database in (whole, followed):
        with database.writing() as connection:
            papers.upsert(connection, rows, RECORDED, indexed=database is whole)
    with closing(Followers(followed, tmp_path / "followed.db")) as followers:
        assert followers.adopt(len(rows))
    with followed.writing() as connection:
        connection.exec_driver_sql(f"INSERT INTO {index.TABLE}({index.TABLE}, rank) VALUES ('integrity-check', 1)")
        assert index.extend(connection) == 0, "nothing was left"
    assert contents(followed) == contents(whole)


@pytest.mark.parametrize("filling", [False, True], ids=["with a log", "filling"])
def test_a_second_follower_takes_what_the_first_one_leaves(tmp_path: Path, *, filling: bool) -> None:
    """Each row is in the index once, whoever put it there."""
    rows = [row_of(a_paper(arxiv_id=f"2303.{number:05}", title=f"Model {number}")) for number in range(1, 40_001)]
    with ExitStack() as stack:
        database = store(tmp_path)
        if filling:
            database = stack.enter_context(database.filling())
        with database.writing() as connection:
            papers.upsert(connection, rows, RECORDED, indexed=False)
        followers = stack.enter_context(closing(Followers(database, tmp_path / "survey.db")))
        assert followers.adopt(len(rows))
    with database.writing() as connection:
        connection.exec_driver_sql(f"INSERT INTO {index.TABLE}({index.TABLE}, rank) VALUES ('integrity-check', 1)")
        assert index.extend(connection) == 0, "nothing was left"


def test_a_follower_sees_what_is_stored_while_it_runs(tmp_path: Path) -> None:
    """Transaction by transaction, in a file without a log."""
    rows = [row_of(a_paper(arxiv_id=f"2303.{number:05}", title=f"Model {number}")) for number in range(1, 1_001)]
    with store(tmp_path).filling() as database, closing(Followers(database, tmp_path / "survey.db")) as followers:
        for at in range(0, len(rows), 100):
            with database.writing() as connection:
                papers.upsert(connection, rows[at : at + 100], RECORDED, indexed=False)
            time.sleep(0.02)
        assert followers.adopt(len(rows))
    with database.reading() as connection:
        assert index.reach(connection) == len(rows)


def test_what_the_first_one_did_is_kept_where_the_second_one_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest is left to be indexed row by row."""
    rows = [row_of(a_paper(arxiv_id=f"2303.{number:05}", title=f"Model {number}")) for number in range(1, 101)]
    database = store(tmp_path)
    with database.writing() as connection:
        papers.upsert(connection, rows, RECORDED, indexed=False)
    with closing(Followers(database, tmp_path / "survey.db")) as followers:
        first = followers._parts[0]
        first.stop_at(len(rows))
        more = [row_of(a_paper(arxiv_id=f"2304.{number:05}")) for number in range(1, 101)]
        with database.writing() as connection:
            papers.upsert(connection, more, RECORDED, indexed=False)
        monkeypatch.setattr(first, "stop_before", lambda _last: len(rows))
        (tmp_path / "survey.db.index-in-work-2").mkdir()  # where the second one would write
        assert not followers.adopt(len(rows + more))
        (tmp_path / "survey.db.index-in-work-2").rmdir()
    with database.writing() as connection:
        assert index.reach(connection) == len(rows)
        assert index.extend(connection) == len(more)
