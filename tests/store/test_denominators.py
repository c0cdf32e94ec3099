"""What is counted from all papers ever read: the same as a plain count of them, stored or not."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from llmsurvey.store import census, denominators, papers
from llmsurvey.store.rows import row_of
from tests.store.stores import everyone, store, tables
from tests.stored_papers import RECORDED, a_paper

ids = st.one_of(
    st.builds("{:04}.{:05}".format, st.sampled_from([1501, 1512, 2306]), st.integers(1, 99_999)),
    st.builds("{:04}.{:04}".format, st.sampled_from([704, 1412]), st.integers(1, 9_999)),
    st.builds(
        "{}/{:04}{:03}".format,
        st.sampled_from(["hep-th", "hep-ph", "hep-ex", "math", "math.AG", "q-bio"]),
        st.sampled_from([9108, 9912, 1, 703]),
        st.integers(1, 999),
    ),
)
known = st.dictionaries(
    ids,
    st.tuples(st.sampled_from(["1999-12", "2015-01", "2023-06"]), st.sampled_from(["cs.CL", "hep-th"])),
    max_size=40,
)


def _month(arxiv_id: str) -> str:
    stamp = arxiv_id.rsplit("/", maxsplit=1)[-1][:4] if "/" in arxiv_id else arxiv_id[:4]
    return f"{'19' if stamp[0] == '9' else '20'}{stamp[:2]}-{stamp[2:]}"


def _numbered(arxiv_ids: list[str]) -> list[tuple[str, int, int]]:
    """Count by archive and month: how many are known, and the highest number."""
    serials: dict[tuple[str, str], list[int]] = {}
    for each in arxiv_ids:
        archive, _, rest = each.rpartition("/")
        serial = int(rest[4:]) if archive else int(each[5:])
        serials.setdefault((archive, _month(each)), []).append(serial)
    months = {month for _, month in serials}
    return sorted(
        (
            month,
            sum(len(found) for (_, other), found in serials.items() if other == month),
            sum(max(found) for (_, other), found in serials.items() if other == month),
        )
        for month in months
    )


@settings(max_examples=25)
@given(known=known, data=st.data())
def test_a_paper_counts_once_whether_it_is_stored_or_not(
    known: dict[str, tuple[str, str]], data: st.DataObject
) -> None:
    """Some are stored, some only read, some both; denominators and identifiers are those a plain count gives."""
    stored = data.draw(st.sets(st.sampled_from(sorted(known)))) if known else set()
    both = data.draw(st.sets(st.sampled_from(sorted(stored)))) if stored else set()
    rows = [
        row_of(a_paper(each, day=f"{month}-07", categories=(category,)))
        for each, (month, category) in known.items()
        if each in stored
    ]
    read = [(each, *where, 1) for each, where in known.items() if each not in stored]
    with TemporaryDirectory() as folder:
        database = store(Path(folder))
        with database.writing() as connection:
            papers.upsert(connection, rows, RECORDED)
            census.add(connection, [*read, *((each, "2001-01", "math.NT", 9) for each in both)])
            denominators.recount(connection)
            assert denominators.kept(connection) == denominators.count(connection)
        counted = tables(database, "denominators", "identifiers")
        assert everyone(database) == sorted((each, *where, 1) for each, where in known.items())
    papers_of = Counter(known.values())
    assert counted[0] == sorted((month, category, number) for (month, category), number in papers_of.items())
    assert counted[1] == _numbered(list(known))
