"""Candidates are ranked by what speaks for them; what the catalogue has is left out."""

from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.knowledge.candidates.ranking import ranked
from llmsurvey.knowledge.catalogue import Knowledge
from tests.knowledge.candidates.papers import BAR, FOO, METHOD, introducing


def test_the_surest_is_first(knowledge: Knowledge) -> None:
    """By the score, and the larger of equals."""
    found = ranked([METHOD, BAR, FOO], knowledge)
    assert [each.name for each in found.candidates] == ["Bar", "Foo3"]
    assert [each.score for each in found.candidates] == sorted((each.score for each in found.candidates), reverse=True)
    assert found.papers == 3


@given(st.permutations([FOO, BAR, METHOD, introducing("Qux"), introducing("Quux", arxiv_id="2503.00002")]))
def test_the_order_of_the_papers_does_not_matter(knowledge: Knowledge, papers: list[object]) -> None:
    """The same papers give the same list."""
    shelf = [FOO, BAR, METHOD, introducing("Qux"), introducing("Quux", arxiv_id="2503.00002")]
    assert ranked(papers, knowledge) == ranked(shelf, knowledge)  # type: ignore[arg-type]


def test_what_the_catalogue_has_is_counted_and_left_out(knowledge: Knowledge) -> None:
    """By name, by alias, in another spelling or as a size; and what its paper is known for."""
    names = ("BLOOM", "bloom-7B", "Llama-2")
    papers = [introducing(name, arxiv_id=f"2503.0000{number}") for number, name in enumerate(names, 1)]
    found = ranked([*papers, introducing("Renamed", arxiv_id="2211.05100")], knowledge)
    assert (found.candidates, found.known) == ((), 4)
