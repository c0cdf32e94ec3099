"""Papers: identifiers that came through numbers, and records that become one."""

from datetime import UTC, datetime
from itertools import permutations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.month import Month
from llmsurvey.paper import Paper, folded, identifies, is_arxiv_id, merged, true_arxiv_id
from tests.real_papers import RealPaper, real_papers, wants_real_papers

COMPLETED = ("authors", "comment", "journal_ref", "doi", "license")

times = st.sampled_from([datetime(2018, 6, day, tzinfo=UTC) for day in (1, 2, 3)])
short = st.sampled_from(["", "a", "b", "ab"])
papers = st.builds(
    Paper,
    arxiv_id=st.just("1806.00001"),
    title=short,
    abstract=short,
    authors=st.lists(short, max_size=2).map(tuple),
    categories=st.sampled_from([("cs.CL",), ("cs.CL", "cs.AI"), ("cs.AI",)]),
    submitted=times,
    updated=times,
    versions=st.integers(1, 3),
    comment=st.none() | short,
    journal_ref=st.none() | short,
    doi=st.none() | short,
    license=st.none() | short,
    withdrawn=st.booleans(),
)


def _numbered(month: int, number: int) -> str:
    return f"{month:04}.{number:05}" if month >= 1501 else f"{month:04}.{number % 10000 or 1:04}"


new_ids = st.builds(
    _numbered,
    st.builds(lambda year, month: max(704, year * 100 + month), st.integers(7, 99), st.integers(1, 12)),
    st.integers(1, 99999),
)


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("2303.18223", True),
        ("0704.0001", True),
        ("1412.6980", True),
        ("1501.00001", True),
        ("hep-th/9901001", True),
        ("math.GT/0309136", True),
        ("0703.0001", False),
        ("0001.0001", False),
        ("1412.69800", False),
        ("1501.0001", False),
        ("1801.00000", False),
        ("1813.00001", False),
        ("2303.18223v2", False),
        ("hep-th/9913001", False),
        ("hep-th/1801001", False),
        ("\u0662\u0663\u0660\u0663.\u0661\u0668\u0662\u0662\u0663", False),
        ("2303.18223\n", False),
        ("", False),
    ],
)
def test_identifiers_are_told_from_other_texts(text: str, *, valid: bool) -> None:
    """Both styles count, with the digits their time had; versions and look-alikes do not."""
    assert is_arxiv_id(text) is valid


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("1801.0042399999998", "1801.00424"),
        ("1801.0058600000002", "1801.00586"),
        ("1801.0139", "1801.01390"),
        ("1801.1", "1801.10000"),
        ("704.0001", "0704.0001"),
        ("1412.698", "1412.6980"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("1801.0", None),
        ("1801.004241", None),
        ("1801.0042400001", None),
        ("1801.13900", "1801.13900"),
        ("1801.1390", None),
        ("0801.1", None),
        ("703.0001", None),
        ("1813.1", None),
        ("99.1", None),
        ("1801", None),
        ("1801.", None),
        ("1.8011e3", None),
        ("nan", None),
        ("\u0661\u0668\u0660\u0661.\u0661", None),
        ("-1801.1", None),
        ("1801." + "1" * 1_000_000, None),
        ("", None),
    ],
)
def test_a_number_is_restored_only_to_the_identifier_it_was(text: str, restored: str | None) -> None:
    """What a program's number format did to an identifier is undone; whatever is not that is left alone."""
    assert true_arxiv_id(text) == restored


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("2303.18223", True),
        ("hep-th/9901001", True),
        ("1801.0042399999998", True),
        ("704.0001", True),
        ("2301.00000", True),
        ("1801.004241", True),
        ("1813.1", False),
        ("1801.", False),
        ("1801", False),
        ("-1801.1", False),
        ("1801.1v2", False),
        ("1801." + "1" * 100, False),
        ("\u0661\u0668\u0660\u0661.\u0661", False),
        ("nonsense", False),
        ("", False),
    ],
)
def test_an_identifier_that_was_a_number_still_stands_for_a_paper(text: str, *, does: bool) -> None:
    """What arXiv writes is taken, and what a number format made of it; nothing else is."""
    assert identifies(text) is does


@given(new_ids)
def test_every_identifier_survives_a_binary_fraction(arxiv_id: str) -> None:
    """Each valid identifier, read as a number and printed again, is restored."""
    assert is_arxiv_id(arxiv_id)
    assert true_arxiv_id(str(float(arxiv_id))) == arxiv_id
    assert true_arxiv_id(arxiv_id) == arxiv_id


@given(new_ids, st.sampled_from([-1, 1]))
def test_an_identifier_a_unit_in_the_last_place_off_is_restored(arxiv_id: str, units: int) -> None:
    """Sloppy number readers err by some units in the last place."""
    assert true_arxiv_id(repr(float(arxiv_id) + units * 2.0**-42)) == arxiv_id


@given(
    st.floats(0, 10000).map(repr) | st.from_regex(r"[0-9]{1,5}\.[0-9]{1,9}", fullmatch=True) | st.text("0123456789.e-")
)
def test_nothing_is_restored_to_another_identifier(text: str) -> None:
    """An answer is a valid identifier of the same numeric value."""
    restored = true_arxiv_id(text)
    if restored is not None:
        assert is_arxiv_id(restored)
        assert abs(float(restored) - float(text)) < 1e-10


@wants_real_papers
def test_real_identifiers_that_meet_once_restored_are_one_paper() -> None:
    """In a corpus with 23,694 identifiers spoilt by numbers, all can be told, and only copies of a paper meet."""
    known: dict[str, RealPaper] = {}
    spoilt = 0
    for paper in real_papers("arxiv-2018"):
        arxiv_id = true_arxiv_id(paper.id)
        assert arxiv_id is not None
        spoilt += arxiv_id != paper.id
        other = known.setdefault(arxiv_id, paper)
        assert folded(other.title) == folded(paper.title) or _names(other) & _names(paper), arxiv_id
    assert (len(known), spoilt) == (65_182, 23_694)


def _names(paper: RealPaper) -> set[str]:
    return {name for name in paper.authors.replace(",", " ").split() if len(name) > 2}


@given(papers)
def test_a_record_merged_with_itself_is_itself(paper: Paper) -> None:
    """The same record twice changes nothing."""
    assert merged(paper, paper) == paper


@given(papers, papers)
def test_the_order_of_two_records_does_not_matter(one: Paper, other: Paper) -> None:
    """Whichever comes first, the result is the same."""
    assert merged(one, other) == merged(other, one)


@given(st.lists(papers, min_size=1, max_size=5))
def test_what_has_gone_in_changes_nothing_when_it_comes_again(records: list[Paper]) -> None:
    """After any sequence of records, each of them is known."""
    known = records[0]
    for seen in records:
        known = merged(known, seen)
    assert all(merged(known, seen) == known == merged(seen, known) for seen in records)


@given(papers, papers, papers)
def test_no_order_of_records_changes_whose_text_is_kept(one: Paper, two: Paper, three: Paper) -> None:
    """Title, abstract, categories, dates and versions come out the same in every order of three records."""
    blank = dict.fromkeys(COMPLETED[1:]) | {"authors": ()}
    kept = {
        msgspec.json.encode(msgspec.structs.replace(merged(merged(a, b), c), **blank))
        for a, b, c in permutations((one, two, three))
    }
    assert len(kept) == 1


@given(papers, papers)
def test_a_later_version_replaces_an_earlier_one(one: Paper, other: Paper) -> None:
    """The text of the later version stands, never that of the earlier, and version 1 keeps its earliest date."""
    result = merged(one, other)
    later = max(one, other, key=lambda paper: paper.versions)
    assert result.versions == later.versions
    assert result.submitted == min(one.submitted, other.submitted)
    if one.versions != other.versions:
        assert (result.title, result.abstract, result.updated) == (later.title, later.abstract, later.updated)
        assert (result.categories, result.withdrawn) == (later.categories, later.withdrawn)


@pytest.mark.parametrize("field", COMPLETED)
@given(papers, papers)
def test_what_only_one_record_has_is_kept(field: str, one: Paper, other: Paper) -> None:
    """A field that the later version lacks is completed from the earlier one; its own value is never replaced."""
    values = [getattr(one, field), getattr(other, field)]
    present = [value for value in values if value not in (None, ())]
    assert getattr(merged(one, other), field) in (present or values)
    if one.versions > other.versions and values[0] not in (None, ()):
        assert getattr(merged(one, other), field) == values[0]


@given(st.text())
def test_folded_text_has_single_blanks_only(text: str) -> None:
    """Folding is done once and for all."""
    assert folded(folded(text)) == folded(text)
    assert folded(text).split(" ") == text.split() or not folded(text)


def test_a_paper_belongs_to_the_month_of_its_first_version() -> None:
    """The month is that of `submitted`, the primary category is the first."""
    paper = Paper(
        arxiv_id="1806.00001",
        title="t",
        abstract="a",
        categories=("cs.CL", "cs.AI"),
        submitted=datetime(2018, 6, 30, 23, 59, 59, tzinfo=UTC),
        updated=datetime(2020, 1, 1, tzinfo=UTC),
    )
    assert paper.month == Month(2018, 6)
    assert paper.primary_category == "cs.CL"
