"""The census counted: in parts, so that memory stays flat, and the same as all at once."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from llmsurvey.store import census
from tests.store.stores import store, tables

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
rows = st.dictionaries(
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
@given(known=rows)
def test_the_census_is_counted_the_same_in_parts(known: dict[str, tuple[str, str]]) -> None:
    """Denominators and identifiers are those a plain count gives, for identifiers of the old and of the new style."""
    with TemporaryDirectory() as folder:
        database = store(Path(folder))
        with database.writing() as connection:
            census.add(connection, [(each, month, category, 1) for each, (month, category) in known.items()])
            census.recount(connection)
        denominators, identifiers = tables(database, "denominators", "identifiers")
    counted = Counter(known.values())
    assert denominators == sorted((month, category, papers) for (month, category), papers in counted.items())
    assert identifiers == _numbered(list(known))


def test_many_rows_go_in_as_few_do(tmp_path: Path) -> None:
    """Rows go in by the dozen and the rest one by one; the later version of a paper stays, wherever it stands."""
    database = store(tmp_path)
    batch = [(f"1806.{number:05}", "2018-06", "cs.CL", 1) for number in range(1, 178)]
    later = [(f"1806.{number:05}", "2018-06", "cs.AI", 2) for number in range(1, 178, 7)]
    with database.writing() as connection:
        census.add(connection, [*batch, *later])
        census.add(connection, batch)
    (found,) = tables(database, "census")
    expected = {row[0]: row for row in batch} | {row[0]: row for row in later}
    assert found == sorted(expected.values())
