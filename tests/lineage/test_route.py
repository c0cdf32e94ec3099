"""Lines from one model to another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.knowledge.edge import Edge, Evidence
from llmsurvey.lineage.ancestry import descendants
from llmsurvey.lineage.route import route
from tests.lineage.family import edge, family, tangle


def names(steps: tuple[Edge, ...] | None) -> str | None:
    """Write a line as the names on it."""
    return None if steps is None else "".join([steps[0].parent, *(step.child for step in steps)]) if steps else ""


def test_the_shortest_line_of_descent_is_found() -> None:
    """A detour does not count, and nothing needs to be said of an explicit line."""
    found = route(family("ABCD", [edge("A", "B"), edge("B", "C"), edge("C", "D"), edge("A", "C")]), "A", "D")
    assert (names(found.steps), found.evidence, found.remark) == ("ACD", Evidence.EXPLICIT, "")


def test_of_equally_short_lines_the_better_attested_one_is_taken() -> None:
    """Two steps by way of C, explicit, are preferred to two by way of B, weak."""
    edges = [edge("A", "B", "weak rlhf"), edge("B", "D"), edge("A", "C"), edge("C", "D")]
    assert names(route(family("ABCD", edges), "A", "D").steps) == "ACD"


def test_a_weak_short_cut_names_the_explicit_line() -> None:
    """The shortest line is shown, and the one that is explicit throughout is told."""
    found = route(family("ABC", [edge("A", "C", "weak successor"), edge("A", "B"), edge("B", "C")]), "A", "C")
    assert (names(found.steps), names(found.solid), found.evidence) == ("AC", "ABC", Evidence.WEAK)
    assert "A → B → C" in found.remark


def test_a_line_through_weak_evidence_only_says_so() -> None:
    """Where no line is explicit throughout, the remark says it."""
    found = route(family("ABC", [edge("A", "B", "weak successor"), edge("B", "C")]), "A", "C")
    assert (names(found.steps), found.solid) == ("ABC", None)
    assert found.remark.startswith("only through weak evidence")


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("A", "A", "both names mean A"),
        ("B", "A", "A does not descend from B: it is the other way round"),
        ("A", "D", "no line leads from A to D"),
        ("A", "C", "C does not descend from A: what leads there is no descent but serves"),
    ],
)
def test_why_there_is_no_line_is_told(start: str, end: str, said: str) -> None:
    """The same model, the wrong direction, no tie at all, or a tie that is no descent."""
    found = route(family("ABCD", [edge("A", "B"), edge("B", "C", "explicit serves")]), start, end)
    assert found.remark == said
    assert not found.steps


def test_a_ring_of_relations_that_are_no_descent_does_no_harm() -> None:
    """Two models may serve each other's product."""
    edges = [edge("A", "B", "explicit serves"), edge("B", "A", "explicit serves")]
    assert names(route(family("ABC", edges), "A", "B").loose) == "AB"
    assert route(family("ABC", edges), "A", "C").loose is None


@given(seed=st.integers(0, 10_000))
def test_a_line_leads_to_exactly_the_descendants(seed: int) -> None:
    """There is a line to each descendant, as long as it is generations away, of edges that follow each other."""
    lineage = tangle(12, 20, seed)
    away = {each.name: each for each in descendants(lineage, "M0")}
    for model in lineage.knowledge.models[1:]:
        found = route(lineage, "M0", model.name)
        assert (found.steps is None) == (model.name not in away)
        if found.steps is not None:
            assert len(found.steps) == away[model.name].generations
            assert [step.child for step in found.steps[:-1]] == [step.parent for step in found.steps[1:]]
            assert (found.solid is not None) == (away[model.name].evidence is Evidence.EXPLICIT)
