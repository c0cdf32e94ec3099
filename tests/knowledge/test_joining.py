"""What a catalogue names as a base becomes an edge; what cannot be told is reported."""

from llmsurvey.knowledge.edge import Edge, Evidence
from llmsurvey.knowledge.layer import AssetKind
from tests.knowledge.layers import entry, layer, model, over

B = 10**9


def test_a_stated_base_is_explicit() -> None:
    """Its source is the entry that states it."""
    made = over([model("Nova")], layer(entry("Star", bases=("nova",))))
    (edge,) = made.edges
    assert (edge.parent, edge.child, edge.relation, edge.evidence) == ("Nova", "Star", "built-on", Evidence.EXPLICIT)
    assert edge.source == 'epoch, "Star"'
    assert edge.origin_of("to") == "epoch: invented.csv, line 2"


def test_a_size_of_a_base_is_its_family_with_a_label() -> None:
    """Where the very size is not in the catalogue, the edge says which was meant."""
    made = over([model("Nova", parameters=70 * B)], layer(entry("Star", bases=("Nova-7B",))))
    assert [(edge.parent, edge.label) for edge in made.edges] == [("Nova", "Nova-7B")]


def test_another_size_is_joined_to_its_family() -> None:
    """A variant of the same makers hangs on the model it is called after."""
    made = over([model("Nova", parameters=70 * B)], layer(entry("Nova-7B", parameters=7 * B)))
    assert [(edge.parent, edge.child, edge.relation, edge.label) for edge in made.edges] == [
        ("Nova", "Nova-7B", "another-size", "7B")
    ]


def test_a_model_of_the_same_size_is_no_other_size() -> None:
    """Two papers on two models of one name and size: neither comes from the other."""
    known = model("Nova", date="2021-12", arxiv="2112.00001", parameters=52 * B)
    made = over([known], layer(entry("Nova 52B", arxiv="2304.00001", date="2023-04-12", parameters=52 * B)))
    assert list(made.models) == ["Nova", "Nova 52B"]
    assert made.edges == []


def test_a_base_that_is_data_makes_no_edge() -> None:
    """It is told apart from the names that nothing is called by."""
    made = over([], layer(entry("Heap", kind=AssetKind.DATASET), entry("Star", bases=("Heap", "Nobody"))))
    (laid,) = made.laid
    assert made.edges == []
    assert [(each.name, each.of) for each in laid.with_data] == [("Heap", "Star")]
    assert [(each.name, each.reason) for each in laid.unknown] == [("Nobody", "nothing is called so")]


def test_a_base_that_may_be_two_models_is_reported() -> None:
    """Doubt is told and makes no edge; a name that is one of them exactly is no doubt."""
    known = [model("No-va"), model("Nova!", "Beta")]
    (laid,) = (made := over(known, layer(entry("Star", bases=("Nova",))))).laid
    assert made.edges == []
    assert laid.unknown[0].reason == "may be No-va or Nova!"
    assert over(known, layer(entry("Star", bases=("no-va",)))).edges[0].parent == "No-va"


def test_a_known_edge_is_confirmed_not_doubled() -> None:
    """The curated relation holds."""
    known = Edge(parent="Nova", child="Star", relation="rlhf", evidence=Evidence.WEAK, source="invented")
    made = over([model("Nova"), model("Star")], layer(entry("Star", bases=("Nova",))), edges=[known])
    assert made.edges == [known]
    assert len(made.laid[0].confirmed) == 1


def test_nothing_becomes_its_own_ancestor() -> None:
    """The edge that would close the circle is left out and told; so is a model that names itself."""
    made = over([], layer(entry("A", bases=("C", "A")), entry("B", bases=("A",)), entry("C", bases=("B",))))
    (laid,) = made.laid
    assert [(edge.parent, edge.child) for edge in made.edges] == [("C", "A"), ("A", "B")]
    assert [(each.name, each.of) for each in laid.cyclic] == [("B", "C")]
    assert [each.reason for each in laid.unknown] == ["is the model itself"]
