"""Emblems: letters of its own for each name, colours for those that occur most."""

from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.figures.emblems import emblems, initials


@given(st.lists(st.text(max_size=12), unique=True, max_size=60))
def test_no_two_names_share_their_letters(names: list[str]) -> None:
    """Whatever the names are, also empty ones and such without a letter."""
    found = initials(names)
    assert len(set(found.values())) == len(names)
    assert all(found.values())


def test_capitals_are_the_plainest_letters() -> None:
    """Later names make way."""
    assert initials(["OpenAI", "Orange Apple", "Google", "DeepMind"]) == {
        "OpenAI": "OA", "Orange Apple": "Or", "Google": "Go", "DeepMind": "DM",
    }  # fmt: skip


def test_only_names_that_come_again_have_a_colour() -> None:
    """The rest is grey."""
    found = emblems(["A", "B", "A", "C"])
    assert found["A"].colour != found["B"].colour == found["C"].colour
