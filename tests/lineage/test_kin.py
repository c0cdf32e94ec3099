"""Parents, children and series of a model."""

import pytest

from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.catalogue import load
from llmsurvey.lineage.graph import Lineage
from llmsurvey.lineage.kin import kin
from tests.lineage.family import edge, family, model


def test_a_model_has_the_edges_that_end_and_begin_in_it() -> None:
    """Edges of every relation count, also two between the same pair."""
    edges = [edge("A", "B"), edge("A", "B", "explicit serves"), edge("B", "C", "weak successor")]
    found = kin(family("ABC", edges), "b")
    assert (found.parents, found.children) == (tuple(edges[:2]), tuple(edges[2:]))


def test_a_series_knows_its_members_and_a_member_its_series() -> None:
    """Membership is told from both sides."""
    lineage = family(["S", model("A", group="S")])
    assert kin(lineage, "S").members == ("A",)
    assert kin(lineage, "A").series == "S"


@pytest.mark.parametrize("called", ["GPT-3.5", "gpt 3.5", "GPT-3.5 series"])
def test_a_model_is_found_however_it_is_called(called: str) -> None:
    """Case, hyphens and aliases do not matter."""
    found = kin(Lineage(load()), called)
    assert found.model.name == "GPT-3.5"
    assert len(found.members) == 4


def test_chatgpt_is_served_by_both_generations() -> None:
    """As in the survey's Figure 3."""
    served = {edge.parent for edge in kin(Lineage(load()), "ChatGPT").parents if edge.relation == "serves"}
    assert {"gpt-3.5-turbo", "GPT-4"} <= served


def test_a_misspelt_model_is_answered_with_near_ones() -> None:
    """`did you mean GPT-3.5?`."""
    with pytest.raises(BadUsage) as refused:
        kin(Lineage(load()), "GPT-35x")
    assert "did you mean GPT-3.5" in refused.value.hint
