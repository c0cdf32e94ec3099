"""Joining full-text indexes: what FTS5 itself finds whole, and what answers as an index that was built at once."""

import sqlite3
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.store import index_parts
from llmsurvey.store.index import DEFINITION, TABLE
from llmsurvey.store.index_parts import Segment, Structure, UnknownFormat, added_up, record_of, structure_of

WORDS = ["language", "models", "toy", "puppet", "strings", "large", "kettle", "tea", "steam", "survey"]
ROWS = [
    (number, f"toy {WORDS[number % 7]} {number}", " ".join(WORDS[number * step % 10] for step in range(1, 60)))
    for number in range(1, 1_201)
]

numbers = st.integers(0, 2**64 - 1)
segments = st.lists(st.builds(Segment, st.integers(1, 2_000), numbers, numbers), max_size=40).map(tuple)


@given(cookie=st.just(b"\0\0\0\3"), written=numbers, found=segments)
def test_a_list_of_segments_is_read_as_it_was_written(cookie: bytes, written: int, found: tuple[Segment, ...]) -> None:
    """In their order, with numbers of any length, and never so many on a level that FTS5 would merge them at once."""
    structure = Structure(cookie, written, found)
    assert structure_of(record_of(structure)) == structure


@given(totals=st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=4))
def test_totals_add_up(totals: list[tuple[int, int, int]]) -> None:
    """Rows, and tokens by column; an index without rows has no record."""
    records = [_record(each) for each in totals]
    halved = [tuple(number // 8 for number in each) for each in totals]
    assert added_up([b"", *map(_record, halved)]) == _record(map(sum, zip(*halved, strict=True)))
    assert added_up(records[:1]) == records[0]


def _record(numbers_of_it: Iterable[int]) -> bytes:
    return b"".join(map(index_parts._varint, numbers_of_it))


@pytest.mark.parametrize(
    "record",
    [
        b"\0\0\0\0\xff\x00\x00\x01\1\0\0",
        b"\0\0\0\0\1\0\0\1\0",
        b"\0\0\0\0\1\1\0\0\1\1\1",
        b"\0\0\0\0\0\0\0\0",
        b"\0\0\0\0\1\x80",
        b"\0\0\0\0\1\2\0\0\1\1\1\1",
    ],
    ids=["newer", "merging", "cut short", "too long", "half a number", "adds up to less"],
)
def test_what_is_laid_out_otherwise_is_left_alone(record: bytes) -> None:
    """The index is then built from the papers."""
    with pytest.raises(UnknownFormat):
        structure_of(record)


def _built(path: Path, rows: list[tuple[int, str, str]]) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("CREATE TABLE papers (id INTEGER PRIMARY KEY, title, abstract)")
    connection.execute(f"CREATE VIRTUAL TABLE {TABLE} USING fts5({DEFINITION})")
    for setting, value in (("hashsize", 20_000), ("automerge", 0), ("crisismerge", 1_999)):
        connection.execute(f"INSERT INTO {TABLE}({TABLE}, rank) VALUES (?, ?)", (setting, value))
    connection.execute("BEGIN")
    connection.executemany(f"INSERT INTO {TABLE}(rowid, title, abstract) VALUES (?, ?, ?)", rows)
    connection.execute("COMMIT")
    return connection


@pytest.mark.parametrize("cuts", [(0, 1_200), (0, 500, 1_200), (0, 3, 700, 1_200)])
def test_parts_make_the_index_that_is_built_at_once(tmp_path: Path, cuts: tuple[int, ...]) -> None:
    """The same hits with the same rank; it passes FTS5's own check, and can be written to and merged afterwards."""
    whole, main = _built(tmp_path / "whole.db", ROWS), _built(tmp_path / "main.db", [])
    main.executemany("INSERT INTO papers VALUES (?, ?, ?)", ROWS)
    for number, (first, last) in enumerate(pairwise(cuts)):
        path = tmp_path / f"part{number}.db"
        _built(path, ROWS[first:last]).close()
        main.execute("ATTACH ? AS part", (str(path),))
        main.execute("BEGIN")
        index_parts.add(main, TABLE, "part")
        main.execute("COMMIT")
        main.execute("DETACH part")
    main.close()
    main = sqlite3.connect(tmp_path / "main.db", isolation_level=None)  # FTS5 keeps its list of segments in mind
    for query in ("language", '"toy puppet"', "title : 17", '"models toy"', "kettle AND steam"):
        asked = f"SELECT rowid, bm25({TABLE}) FROM {TABLE} WHERE {TABLE} MATCH ? ORDER BY rowid"
        assert main.execute(asked, (query,)).fetchall() == whole.execute(asked, (query,)).fetchall()
    for row in ROWS[::97]:
        main.execute(f"INSERT INTO {TABLE}({TABLE}, rowid, title, abstract) VALUES ('delete', ?, ?, ?)", row)
        main.execute("DELETE FROM papers WHERE id = ?", row[:1])
    for command in ("integrity-check", "optimize", "integrity-check"):
        main.execute(f"INSERT INTO {TABLE}({TABLE}, rank) VALUES (?, 1)", (command,))
    whole.close()
    main.close()
