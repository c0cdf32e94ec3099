"""A record's type tells what its fields may hold."""

from llmsurvey.knowledge.edge import Edge
from llmsurvey.knowledge.model import Model
from llmsurvey.knowledge.shape import hint, stand_in


def test_a_hint_names_the_words_of_a_closed_list() -> None:
    """At the top, behind an optional type, inside a list; nowhere else."""
    assert hint(Edge, "evidence") == "known: explicit, weak"
    assert hint(Model, "access").startswith("known: open-weights")
    assert hint(Model, "events[3].kind").startswith("known: paper")
    assert {hint(Model, place) for place in ("zh", "nothing", "", "events[0]")} == {"see the other entries"}


def test_a_stand_in_fits_its_field() -> None:
    """A word of the list, or any text."""
    assert (stand_in(Edge, "evidence"), stand_in(Edge, "to")) == ("explicit", "?")
