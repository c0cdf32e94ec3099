"""Choosing models."""

from datetime import date
from typing import Any

import pytest

from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.catalogue import Knowledge
from llmsurvey.knowledge.model import Access, Model
from llmsurvey.knowledge.selection import Selection
from tests.lineage.family import model

MODELS = [
    model("small", "2019-05", parameters=10**9, access=Access.OPEN_WEIGHTS),
    model("middle", "2020", parameters=10**10, access=Access.API),
    model("large", "2021-03-04", parameters=10**11),
    model("unknown", None, access=Access.CLOSED),
]


def names(models: tuple[Model, ...]) -> list[str]:
    """Name the models."""
    return [each.name for each in models]


@pytest.mark.parametrize(
    ("conditions", "chosen", "undecided"),
    [
        ({}, ["small", "middle", "large", "unknown"], 0),
        ({"min_parameters": 10**10}, ["middle", "large"], 1),
        ({"max_parameters": 10**10}, ["small", "middle"], 1),
        ({"min_parameters": 10**10, "max_parameters": 10**10}, ["middle"], 1),
        ({"open_weights": True}, ["small"], 1),
        ({"open_weights": False}, ["middle", "unknown"], 1),
        ({"open_weights": False, "min_parameters": 10**10}, ["middle"], 2),
        ({"since": date(2020, 6, 1)}, ["middle", "large"], 1),
        ({"until": date(2020, 12, 30)}, ["small"], 1),
        ({"organisation": "nobody"}, ["small", "middle", "large", "unknown"], 0),
    ],
)
def test_all_conditions_hold_of_what_is_chosen(conditions: dict[str, Any], chosen: list[str], undecided: int) -> None:
    """Bounds are included; a model of which the wanted value is not known is counted, not guessed."""
    selected = Selection(**conditions)(MODELS)
    assert (names(selected.models), selected.undecided) == (chosen, undecided)


def test_an_organisation_is_found_by_a_word_of_its_name(knowledge: Knowledge) -> None:
    """`stanford` finds Stanford University, case aside; a part of a word finds nothing."""
    assert names(Selection(organisation="stanford")(knowledge.models).models) == ["Alpaca"]
    with pytest.raises(BadUsage) as refused:
        Selection(organisation="Goggle")(knowledge.models)
    assert refused.value.hint == "did you mean Google?"


@pytest.mark.parametrize("organisation", ["", " ", "\x00", "x" * 100_000])
def test_an_organisation_that_is_none_is_refused(organisation: str, knowledge: Knowledge) -> None:
    """Nothing, and nonsense of any length, is no maker."""
    with pytest.raises(BadUsage, match="no model is by"):
        Selection(organisation=organisation)(knowledge.models)


@pytest.mark.parametrize(
    "conditions",
    [{"since": date(2021, 1, 1), "until": date(2020, 1, 1)}, {"min_parameters": 10, "max_parameters": 9}],
)
def test_reversed_bounds_are_refused(conditions: dict[str, Any]) -> None:
    """A range must not end before it begins."""
    with pytest.raises(BadUsage):
        Selection(**conditions)
