"""The search finds what the pure rule finds, whatever the index holds, and the best first."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmsurvey.errors import BadUsage
from llmsurvey.month import Month
from llmsurvey.paper import Paper
from llmsurvey.phrase import Phrase, Rule, matches
from llmsurvey.store import index, lock
from llmsurvey.store.authors import AuthorName
from llmsurvey.store.database import Database
from llmsurvey.store.query import DEEPEST, MOST_WORDS, parsed
from llmsurvey.store.search import Search, check_category, every, found
from tests.stored_papers import a_paper, a_store, add

ALL = 1_000
WORDS = ("language", "languages", "model", "modeling", "large", "graph", "survey", "Éa", "语言", "C", "not", "\u017f")
TEXTS = [
    "Large language models",
    "language-modeling of a graph",
    "A survey of large graphs; models",
    "Not a language",
    "ÉA, ea and 语言 模型",
    "graph (C) survey",
    "Modelling languages",
    "",
]
SHELF = [
    a_paper(f"2303.{10_000 + 10 * row + column}", title=title, abstract=abstract, day=f"2023-03-{1 + row:02}")
    for row, title in enumerate(TEXTS)
    for column, abstract in enumerate(TEXTS)
]

Wanted = Callable[[Paper], bool]
"""Whether a paper is to be found, told without the query language."""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Store all the texts with each other, in the index."""
    return a_store(tmp_path_factory.mktemp("shelf") / "s.db", SHELF)


@pytest.fixture(scope="module")
def half_indexed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Store the same papers, half of them behind the index, while another run holds the store."""
    database = a_store(tmp_path_factory.mktemp("half") / "s.db", SHELF[::2])
    add(database, SHELF[1::2], indexed=False)
    with lock.held(database, "import"):
        yield database


def ids(database: Database, query: str, **conditions: object) -> list[str]:
    """Return the identifiers of all hits, the best first."""
    hits = found(database, Search(query=parsed(query), **conditions), limit=ALL)  # type: ignore[arg-type]
    return [paper.arxiv_id for paper in hits]


def _leaf(words: list[str]) -> tuple[str, Wanted]:
    phrase = Phrase(" ".join(words))
    return f'"{phrase}"', lambda paper: matches(Rule.STEMMED, phrase, (paper.title, paper.abstract))


def _both(one: tuple[str, Wanted], other: tuple[str, Wanted]) -> tuple[str, Wanted]:
    return f"({one[0]} {other[0]})", lambda paper: one[1](paper) and other[1](paper)


def _either(one: tuple[str, Wanted], other: tuple[str, Wanted]) -> tuple[str, Wanted]:
    return f"({one[0]} OR {other[0]})", lambda paper: one[1](paper) or other[1](paper)


def _without(one: tuple[str, Wanted], other: tuple[str, Wanted]) -> tuple[str, Wanted]:
    return f"({one[0]} AND NOT {other[0]})", lambda paper: one[1](paper) and not other[1](paper)


def _no(one: tuple[str, Wanted]) -> tuple[str, Wanted]:
    return f"NOT {one[0]}", lambda paper: not one[1](paper)


leaves = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(_leaf)
queries = st.recursive(
    leaves,
    lambda inner: st.one_of(
        *(st.builds(join, inner, inner) for join in (_both, _either, _without)), st.builds(_no, inner)
    ),
    max_leaves=8,
)


@settings(max_examples=50)
@given(queries)
def test_the_hits_are_those_of_the_rule(shelf: Database, half_indexed: Database, query: tuple[str, Wanted]) -> None:
    """Any query finds what the pure rule says, through the index, behind it, and for the export."""
    text, wanted = query
    expected = [paper.arxiv_id for paper in SHELF if wanted(paper)]
    for database in (shelf, half_indexed):
        assert sorted(ids(database, text)) == expected
        assert [paper.arxiv_id for paper in every(database, Search(query=parsed(text)))] == expected


@given(st.text(st.sampled_from("ab \"()ANDORT'*^:{}+-\0é语") | st.characters()))
def test_any_text_answers_or_is_refused(shelf: Database, text: str) -> None:
    """Nothing that is typed reaches FTS5's syntax: there are hits, the right ones, or a `BadUsage`."""
    try:
        query = parsed(text)
    except BadUsage:
        return
    expected = {paper.arxiv_id for paper in SHELF if query.holds((paper.title, paper.abstract))}
    assert set(ids(shelf, text)) == expected


@pytest.mark.parametrize("shape", ["(a OR b NOT {})", "(NOT (a {}) OR NOT b)", "(a {})", "NOT (a NOT {})"])
def test_the_deepest_query_is_not_too_deep_for_the_index(shelf: Database, shape: str) -> None:
    """What the reader lets through, FTS5's parser takes."""
    text = "language"
    for _ in range((DEEPEST - 1) // shape.count("(")):
        text = shape.replace("{}", text)
    assert set(ids(shelf, text)) == {
        paper.arxiv_id for paper in SHELF if parsed(text).holds((paper.title, paper.abstract))
    }


@pytest.mark.parametrize("between", [" ", " OR ", " NOT "])
def test_the_longest_query_is_not_too_long_for_the_index(shelf: Database, between: str) -> None:
    """As many words as are allowed are looked for."""
    hits = ids(shelf, between.join(["graph", *["model"] * (MOST_WORDS - 1)]))
    assert 0 < len(hits) < len(SHELF)


def test_waiting_papers_are_taken_into_the_index(tmp_path: Path) -> None:
    """The first search after a killed import finds every paper, and the next one finds them in the index."""
    database = a_store(tmp_path / "s.db", SHELF, indexed=False)
    with database.reading() as connection:
        assert index.reach(connection) == 0
    assert ids(database, "graph")
    with database.reading() as connection:
        assert index.reach(connection) == len(SHELF)


def test_without_an_index_the_answer_is_the_same(shelf: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a database without FTS5 each paper is compared by the rule."""
    before = ids(shelf, "graph OR NOT model")
    monkeypatch.setattr(index, "exists", lambda _: False)
    assert sorted(ids(shelf, "graph OR NOT model")) == sorted(before)


def test_the_title_counts_most(tmp_path: Path) -> None:
    """Papers with the words in the title come first, then those where they are a larger part of the text."""
    database = a_store(
        tmp_path / "s.db",
        [
            a_paper("2303.00001", title="Other things", abstract="On a kettle, and " + "many other things " * 20),
            a_paper("2303.00002", title="Kettle", abstract="many other things " * 50),
            a_paper("2303.00003", title="Other things", abstract="A kettle is a kettle."),
            *(a_paper(f"2303.1{number:04}", title="Unrelated") for number in range(10)),
        ],
    )
    assert ids(database, "kettle") == ["2303.00002", "2303.00003", "2303.00001"]


def test_among_equals_the_newest_is_first_then_the_lower_identifier(tmp_path: Path) -> None:
    """The order is the same whatever the order in which papers were stored, ranked or not."""
    equal = [a_paper(f"2303.0000{number}", day=day) for number, day in ((3, "2023-03-01"), (1, "2023-03-01"))]
    database = a_store(tmp_path / "s.db", [*equal, a_paper("2303.00002", day="2023-03-02")])
    for query in ("survey", "NOT kettle"):
        assert ids(database, query) == ["2303.00002", "2303.00001", "2303.00003"]


def test_limit_and_offset_cut_one_order(shelf: Database) -> None:
    """Pages of any size put together are the whole answer."""
    search = Search(query=parsed("graph OR model"))
    whole = found(shelf, search, limit=ALL)
    pages = [found(shelf, search, limit=7, offset=at) for at in range(0, len(whole), 7)]
    assert tuple(paper for page in pages for paper in page) == whole


@pytest.fixture
def mixed(tmp_path: Path) -> Database:
    """Store papers that differ in month, category, author and withdrawal."""
    return a_store(
        tmp_path / "s.db",
        [
            a_paper(
                "1812.00001", day="2018-12-31T23:59:59", categories=("cs.CL", "stat.ML"), authors=("Jürgen Müller",)
            ),
            a_paper("1901.00001", day="2019-01-01", categories=("stat.ML", "cs.LG"), authors=('J. M\\"uller', "Bo Li")),
            a_paper("hep-th/9901001", day="1999-01-01", categories=("hep-th",), authors=()),
            a_paper("1902.00001", day="2019-02-01", categories=("math-ph", "math.MP"), withdrawn=True),
        ],
    )


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, ["1902.00001", "1901.00001", "1812.00001", "hep-th/9901001"]),
        ({"since": Month(2018, 12), "until": Month(2018, 12)}, ["1812.00001"]),
        ({"until": Month(2018, 11)}, ["hep-th/9901001"]),
        ({"category": "stat.ML"}, ["1901.00001", "1812.00001"]),
        ({"category": "cs.*"}, ["1901.00001", "1812.00001"]),
        ({"category": "CS.cl"}, ["1812.00001"]),
        ({"category": "math"}, []),
        ({"author": AuthorName("MULLER")}, ["1901.00001", "1812.00001"]),
        ({"author": AuthorName("Li, B")}, ["1901.00001"]),
        ({"author": AuthorName("Bo Müller")}, []),
        ({"with_withdrawn": False}, ["1901.00001", "1812.00001", "hep-th/9901001"]),
    ],
)
def test_conditions_narrow_the_answer(mixed: Database, conditions: dict[str, object], expected: list[str]) -> None:
    """Months, any of the categories, one and the same author, and withdrawal are conditions beside the query."""
    assert ids(mixed, "survey", **conditions) == expected
    assert ids(mixed, "NOT kettle", **conditions) == expected
    search = Search(**conditions)  # type: ignore[arg-type]
    assert [paper.arxiv_id for paper in every(mixed, search)] == sorted(expected)


@pytest.mark.parametrize("category", ["", "cs.", "c%", "cs.CL cs.LG", "*", "cs_CL", "cs.CL*"])
def test_what_is_no_category_is_refused(category: str) -> None:
    """A category is a name, or an archive with a star."""
    with pytest.raises(BadUsage):
        Search(category=category)


def test_a_reversed_range_is_refused() -> None:
    """The last month may not lie before the first."""
    with pytest.raises(BadUsage):
        Search(since=Month(2019, 1), until=Month(2018, 1))


def test_an_unknown_category_is_told_with_its_neighbours(mixed: Database, tmp_path: Path) -> None:
    """A category that no stored paper has is most likely misspelt; in an empty store nothing can be said."""
    for known in ("cs.CL", "math.MP", "cs.*", "CS.cl"):
        check_category(mixed, known)
    with pytest.raises(BadUsage) as fault:
        check_category(mixed, "cs.CK")
    assert "cs.CL" in fault.value.hint
    check_category(a_store(tmp_path / "empty.db", []), "cs.CK")
