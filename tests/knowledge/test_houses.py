"""Organisations are known under their many names."""

import pytest

from llmsurvey.knowledge.houses import UNSTATED, Houses


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Meta AI", "FAIR"),
        ("Google DeepMind", "Google Brain, University of Somewhere"),
        ("KT Corporation", "KT"),
        ("Cerebras Systems", "Cerebras"),
        ("Allen Institute for AI", "AI2"),
        ("Microsoft/NVIDIA", "Nvidia Research"),
    ],
)
def test_names_of_one_house_share_it(one: str, other: str) -> None:
    """Parts, groups, companies and lists of several."""
    assert Houses().share(one, other)


@pytest.mark.parametrize(("one", "other"), [("Meta", "Google"), (UNSTATED, UNSTATED), ("", ""), ("AI2", "AI21 Labs")])
def test_strangers_share_none(one: str, other: str) -> None:
    """And two makers that nobody names are not the same."""
    assert not Houses().share(one, other)
