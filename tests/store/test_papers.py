"""Writing papers: idempotent, order-free, later over earlier, changes kept once."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from llmsurvey.paper import Paper, merged
from llmsurvey.store import papers
from llmsurvey.store.database import Database
from llmsurvey.store.rows import row_of
from tests.records import moment, paper
from tests.store.stores import contents, store, survey, tables

RECORDED = "2026-01-01T00:00:00Z"

records = st.builds(
    lambda number, version, title, withdrawn, authors, category: paper(
        f"1806.{number:05}",
        title=title,
        versions=version,
        withdrawn=withdrawn,
        authors=authors,
        categories=(category,),
        updated=moment(date(2018, 6 + version, 1)),
    ),
    number=st.integers(1, 4),
    version=st.integers(1, 3),
    title=st.sampled_from(["A language model", "A note", "Ein Über-Modell", "Large language models"]),
    withdrawn=st.booleans(),
    authors=st.sampled_from([(), ("Ann Example",)]),
    category=st.sampled_from(["cs.CL", "cs.AI"]),
)


def write(database: Database, batch: list[Paper]) -> papers.Upserted:
    """Write a batch."""
    with database.writing() as connection:
        return papers.upsert(connection, map(row_of, batch), RECORDED)


def held(database: Database) -> list[Paper]:
    """Return all papers of a store, in the order of their identifiers."""
    with database.reading() as connection:
        found = [papers.get(connection, arxiv_id) for arxiv_id in sorted(papers.identifiers(connection))]
    return [paper for paper in found if paper]


@given(batch=st.lists(records, max_size=12), data=st.data())
@settings(max_examples=25)
def test_the_laws_of_writing(batch: list[Paper], data: st.DataObject) -> None:
    """Order does not matter, batches do what their records do one by one, and the same again changes nothing."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        whole, single, turned = (store(folder, each) for each in ("whole.db", "single.db", "turned.db"))
        stored = write(whole, batch)
        assert stored.added + stored.changed + stored.same == len(batch)
        for each in batch:
            write(single, [each])
        write(turned, data.draw(st.permutations(batch)))
        assert tables(whole, "papers", "changes", "census") == tables(single, "papers", "changes", "census")
        assert tables(whole, "papers", "census") == tables(turned, "papers", "census")
        before = contents(whole)
        again = write(whole, batch)
        assert (again.added, again.changed) == (0, 0)
        assert contents(whole) == before
        expected: dict[str, Paper] = {}
        for each in batch:
            expected[each.arxiv_id] = merged(expected[each.arxiv_id], each) if each.arxiv_id in expected else each
        assert held(whole) == [expected[key] for key in sorted(expected)]


def test_a_paper_comes_back_as_it_went_in(tmp_path: Path) -> None:
    """Every field survives, with all of Unicode."""
    full = paper(
        "hep-th/9901001",
        title="Über \0 🤖 'quotes' \"and\" more",
        authors=("Łukasz Kaiserling", "李 示例"),
        categories=("hep-th", "math-ph"),
        versions=3,
        comment="12 pages; \\'e",
        journal_ref="J. Toys 1 (1999)",
        doi="10.0000/toy",
        license="http://creativecommons.org/licenses/by/4.0/",
        withdrawn=True,
    )
    database = store(tmp_path)
    write(database, [full])
    with database.reading() as connection:
        assert papers.get(connection, "hep-th/9901001") == full
        assert papers.get(connection, "hep-th/9901002") is None


def test_a_change_is_kept_once_and_dated_by_the_version_that_made_it(tmp_path: Path) -> None:
    """A revised title and a withdrawal stand in the list of changes, however often they are read."""
    database = store(tmp_path)
    first = paper(title="A language model")
    second = paper(title="A better language model", versions=2, updated=moment(date(2018, 7, 2)))
    third = paper(title=second.title, versions=3, updated=moment(date(2018, 8, 3)), withdrawn=True)
    for each in (first, second, first, second, third, third, second):
        write(database, [each])
    found = [(change.kind, str(change.day)) for change in survey(database).changes(date(2018, 6, 30))]
    assert found == [("title", "2018-07-02"), ("withdrawn", "2018-08-03")]


def test_changes_are_those_of_papers_with_a_tracked_phrase(tmp_path: Path) -> None:
    """A store that keeps all papers lists a revision where the phrase stands, or stood before it; no other one."""
    database = store(tmp_path)
    for number, (before, after) in enumerate(
        (("A language model", "Toys"), ("Toys", "Language models"), ("A", "B")), 1
    ):
        arxiv_id = f"1806.0000{number}"
        write(database, [paper(arxiv_id, title=before)])
        write(database, [paper(arxiv_id, title=after, versions=2, updated=moment(date(2018, 7, number)))])
    found = [(change.arxiv_id, change.kind) for change in survey(database).changes(date(2018, 6, 30))]
    assert found == [("1806.00001", "title"), ("1806.00002", "title")]
