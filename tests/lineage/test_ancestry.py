"""Ancestors, descendants, what two models share, and roots."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.edge import Evidence
from llmsurvey.lineage.ancestry import Root, SharedAncestor, ancestors, descendants, roots, shared_ancestors
from tests.lineage.family import edge, family, tangle

LINE = family("ABCD", [edge("A", "B"), edge("B", "C", "weak successor"), edge("C", "D", "explicit serves")])


def test_ancestors_come_nearest_first_with_their_evidence() -> None:
    """A weak step on the only line makes the ancestor weakly attested."""
    found = [(each.name, each.generations, each.evidence) for each in ancestors(LINE, "C")]
    assert found == [("B", 1, Evidence.WEAK), ("A", 2, Evidence.WEAK)]


def test_descendants_leave_out_what_is_only_served() -> None:
    """D is served by C and so descends from nobody."""
    assert [each.name for each in descendants(LINE, "A")] == ["B", "C"]
    assert not ancestors(LINE, "D")


def test_a_relation_may_be_followed_alone() -> None:
    """With a relation given, its edges count, whether they are descent or not."""
    assert [each.name for each in ancestors(LINE, "D", ["serves"])] == ["C"]
    assert not descendants(LINE, "A", ["successor"])


@pytest.mark.parametrize("ask", [ancestors, descendants])
def test_an_unknown_model_is_refused(ask: object) -> None:
    """Whoever is not in the catalogue has neither ancestors nor descendants."""
    with pytest.raises(BadUsage, match="Nobody"):
        ask(LINE, "Nobody")  # type: ignore[operator]


def test_common_ancestors_name_the_nearest_first() -> None:
    """The nearest one is that from which no other common ancestor descends; a model counts as its own."""
    lineage = family("ABCDE", [edge("A", "B"), edge("B", "C"), edge("B", "D")])
    assert shared_ancestors(lineage, "C", "D") == (
        SharedAncestor("B", (1, 1), nearest=True),
        SharedAncestor("A", (2, 2), nearest=False),
    )
    assert shared_ancestors(lineage, "B", "C")[0] == SharedAncestor("B", (0, 1), nearest=True)
    assert shared_ancestors(lineage, "A", "E") == ()


def test_roots_have_descendants_and_no_ancestors() -> None:
    """A model that stands alone is no root; each root tells how many descend from it."""
    lineage = family("ABCDE", [edge("A", "B"), edge("C", "B"), edge("B", "D"), edge("E", "A", "explicit serves")])
    assert roots(lineage) == (Root("A", 2), Root("C", 2))


@given(seed=st.integers(0, 10_000))
def test_both_directions_agree_with_networkx(seed: int) -> None:
    """Ancestors and descendants are each other's mirror and those that networkx finds; roots count them."""
    lineage = tangle(15, 30, seed)
    for name in lineage.descent:
        below = {each.name for each in descendants(lineage, name)}
        assert below == nx.descendants(lineage.descent, name)
        assert all(name in {each.name for each in ancestors(lineage, other)} for other in below)
    for root in roots(lineage):
        assert root.descendants == len(descendants(lineage, root.name)) > 0


def test_a_large_lineage_is_answered() -> None:
    """Two thousand models with ten thousand edges: the sums of all roots' questions agree."""
    lineage = tangle(2000, 10_000)
    first = roots(lineage)[0]
    assert len(descendants(lineage, first.name)) == first.descendants
