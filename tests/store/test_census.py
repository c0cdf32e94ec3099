"""The census: papers that were read and not stored, written on sheets and found there again."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmsurvey.store import census, denominators, sheets
from llmsurvey.store.rows import CensusRow
from tests.store.stores import contents, everyone, store

ids = st.from_regex(
    r"(2303\.182[0-3][0-9]|0704\.00[01][0-9]|hep-th/99010[0-9][0-9]|704\.[1-9]|1801\.00139999)", fullmatch=True
)
rows = st.tuples(
    ids,
    st.sampled_from(["2018-05", "2018-06"]),
    st.sampled_from(["cs.CL", "cond-mat.mes-hall", "unknown"]),
    st.sampled_from([1, 2, 14]),
)


def _expected(read: list[CensusRow]) -> list[CensusRow]:
    """Say what is known of each paper: its earliest month, and its later version's category."""
    known: dict[str, CensusRow] = {}
    for arxiv_id, month, category, versions in read:
        _, first, other, before = known.get(arxiv_id, (arxiv_id, month, category, versions))
        later = max((before, other), (versions, category))
        known[arxiv_id] = (arxiv_id, min(first, month), later[1], later[0])
    return sorted(known.values())


@settings(max_examples=40)
@given(batches=st.lists(st.lists(rows, max_size=12), max_size=4), data=st.data())
def test_the_order_of_reading_does_not_matter(batches: list[list[CensusRow]], data: st.DataObject) -> None:
    """Each paper stands once, with its earliest month and the category of its latest version."""
    read = [row for batch in batches for row in batch]
    with TemporaryDirectory() as folder:
        by_batch, turned = store(Path(folder), "a.db"), store(Path(folder), "b.db")
        for batch in batches:
            with by_batch.writing() as connection:
                census.add(connection, batch)
        with turned.writing() as connection:
            census.add(connection, data.draw(st.permutations(read)))
        assert everyone(by_batch) == _expected(read)
        assert everyone(turned) == _expected(read)
        with by_batch.reading() as connection:
            asked = [row[0] for row in read] + ["2303.18299", "9912.00001"]
            assert census.versions_known(connection, asked) == {row[0]: row[3] for row in _expected(read)}
            assert not census.unreadable(connection)


def test_the_same_papers_again_write_nothing(tmp_path: Path) -> None:
    """A sheet that is known already stays as it is, and the counts with it."""
    database, batch = store(tmp_path), [("1806.00001", "2018-06", "cs.CL", 1), ("1806.00002", "2018-06", "cs.AI", 1)]
    with database.writing() as connection:
        census.add(connection, batch)
        denominators.recount(connection)
    before = contents(database)
    with database.writing() as connection:
        census.add(connection, batch[:1])
        assert not denominators.is_stale(connection)
    assert contents(database) == before


def test_what_waits_is_known_as_well() -> None:
    """Sheets that are still to be written tell of later versions, too."""
    with TemporaryDirectory() as folder, store(Path(folder)).reading() as connection:
        waiting = {"1806.000": [sheets.written([("1806.00001", "2018-06", "cs.CL", 3)])["1806.000"]]}
        assert census.versions_known(connection, ["1806.00001", "1806.00010"], waiting) == {"1806.00001": 3}


@pytest.mark.parametrize(("arxiv_id", "month"), [("1806.00001", "2018-06"), ("1806.00018", None), ("1807.00001", None)])
def test_a_month_stands_at_its_own_place_only(tmp_path: Path, arxiv_id: str, month: str | None) -> None:
    """The `18` of a month is no place on a sheet."""
    database = store(tmp_path)
    with database.writing() as connection:
        census.add(connection, [("1806.00001", "2018-06", "cs.CL", 1), ("1806.00002", "2018-06", "cs.CL", 18)])
        assert census.month_of(connection, arxiv_id) == month
