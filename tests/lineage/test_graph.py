"""The graph holds what the catalogue holds."""

import pytest

from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.catalogue import load
from llmsurvey.knowledge.edge import Evidence
from llmsurvey.lineage.graph import Lineage, weakest
from tests.lineage.family import edge, family


def test_every_model_and_every_edge_is_in_the_graph() -> None:
    """The package's own catalogue becomes a graph without losing a model or an edge."""
    lineage = Lineage(load())
    assert set(lineage.graph) == {model.name for model in lineage.knowledge.models}
    assert lineage.graph.number_of_edges() == len(lineage.knowledge.edges)


def test_two_relations_of_one_pair_are_two_edges() -> None:
    """Parallel edges stay apart in the graph, and the better attested one stands for both in descent."""
    lineage = family("AB", [edge("A", "B", "weak successor"), edge("A", "B", "explicit rlhf")])
    assert set(lineage.graph["A"]["B"]) == {"successor", "rlhf"}
    assert lineage.descent.edges["A", "B"]["edge"].evidence is Evidence.EXPLICIT


def test_what_serves_begets_nothing() -> None:
    """Descent leaves out the relations that are none; all ties hold them."""
    lineage = family("ABC", [edge("A", "B", "explicit serves"), edge("B", "C")])
    assert list(lineage.descent.edges) == [("B", "C")]
    assert set(lineage.all_ties.edges) == {("A", "B"), ("B", "C")}
    assert list(lineage.by_relation(["serves"]).edges) == [("A", "B")]


def test_an_unknown_relation_is_refused() -> None:
    """A relation outside the closed list is answered with the list."""
    with pytest.raises(BadUsage, match="nonsense") as refused:
        family("A").by_relation(["nonsense"])
    assert "fine-tuned" in refused.value.hint


def test_a_chain_is_as_weak_as_its_weakest_link() -> None:
    """One weak edge makes the whole chain weak; an empty chain is explicit."""
    assert weakest([edge("A", "B"), edge("B", "C", "weak rlhf")]) is Evidence.WEAK
    assert weakest([edge("A", "B")]) is weakest([]) is Evidence.EXPLICIT
