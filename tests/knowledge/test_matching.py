"""An entry speaks of a model where its name and something besides the name say so; in doubt, of none."""

from typing import Any

import pytest

from llmsurvey.knowledge.houses import UNSTATED, Houses
from llmsurvey.knowledge.layer import Asset
from llmsurvey.knowledge.matching import Matcher
from llmsurvey.knowledge.model import Model
from tests.knowledge.layers import entry, model

B = 10**9


def matched(asset: Asset, *models: Model) -> str | None:
    """Return the name of the model an entry speaks of."""
    match = Matcher(models, Houses()).match(asset)
    return match.model if match else None


@pytest.mark.parametrize(
    ("known", "asset"),
    [
        ({"name": "Nova 2", "aliases": ("Nova2-70B",)}, {"name": "nova-2"}),
        ({"name": "Nova"}, {"name": "NOVA", "organisation": None}),
        ({"name": "Nova", "organisation": "Meta"}, {"name": "Nova", "organisation": "Facebook AI", "date": None}),
        ({"name": "Nova", "parameters": 7 * B}, {"name": "Nova-7B"}),
        ({"name": "Nova-7B", "parameters": 7 * B}, {"name": "Nova", "parameters": 7 * B}),
        ({"name": "Nova-8B", "parameters": 9_300_000_000}, {"name": "Nova", "parameters": 8 * B}),
        ({"name": "Nova-6.7B", "arxiv": "2304.00001"}, {"name": "Nova", "parameters": 6 * B, "arxiv": "2304.00001"}),
        ({"name": "Bright New Star (BNS)"}, {"name": "BNS"}),
        ({"name": "Bright New Star (BNS)"}, {"name": "Bright New Star"}),
        ({"name": "Nova (Alpha)"}, {"name": "Nova"}),
        ({"name": "Nova"}, {"name": "Nova (Alpha)"}),
        (
            {"name": "Nova", "organisation": UNSTATED, "parameters": 7 * B},
            {"name": "Nova-7B", "organisation": "Somebody"},
        ),
    ],
)
def test_one_model_under_two_names_is_found(known: dict[str, Any], asset: dict[str, Any]) -> None:
    """Spelling, aliases, sizes, houses, initials and a maker in parentheses are seen through."""
    assert matched(entry(**asset), model(**known)) == known["name"]


@pytest.mark.parametrize(
    ("known", "asset"),
    [
        ({"name": "Nova"}, {"name": "Nova", "organisation": "Beta"}),
        ({"name": "Nova"}, {"name": "Nova", "date": "2019-01-01"}),
        ({"name": "Nova"}, {"name": "Nova", "organisation": None, "date": None}),
        ({"name": "Nova", "parameters": 70 * B}, {"name": "Nova-7B"}),
        ({"name": "Nova", "arxiv": "2304.00001", "parameters": 70 * B}, {"name": "Nova-7B", "arxiv": "2304.00001"}),
        (
            {"name": "Nova-13B", "parameters": 13 * B},
            {"name": "Nova", "organisation": "Beta", "parameters": 13 * B},
        ),
        ({"name": "Nova (dense)"}, {"name": "Nova"}),
        ({"name": "Nova+"}, {"name": "Nova"}),
        ({"name": "Nova"}, {"name": "?!"}),
    ],
)
def test_in_doubt_an_entry_is_no_known_model(known: dict[str, Any], asset: dict[str, Any]) -> None:
    """Another maker, year or size, a variant, or a name with nothing beside it."""
    assert matched(entry(**asset), model(**known)) is None


def test_of_two_makers_one_name_needs_month_and_size() -> None:
    """Where makers are named otherwise than any house is known to be, both must agree."""
    known = model("Nova", parameters=7 * B)
    assert matched(entry("Nova", "Beta", parameters=7 * B), known) == "Nova"
    assert matched(entry("Nova", "Beta", parameters=8 * B), known) is None


def test_of_two_models_the_better_supported_is_meant() -> None:
    """And of two equals, none."""
    first, second = model("Nova (Alpha)"), model("Nova (Beta)", "Beta")
    assert matched(entry("Nova", "Beta"), first, second) == "Nova (Beta)"
    assert matched(entry("Nova", None), first, second) is None


def test_a_match_tells_what_speaks_for_it() -> None:
    """The way it was found, and each circumstance."""
    known = model("Nova", parameters=7 * B, arxiv="2304.00001")
    match = Matcher([known], Houses()).match(entry("Nova-7B", arxiv="2304.00001"))
    assert match
    assert (match.entry, match.by, match.support) == (
        "Nova-7B",
        "name and size",
        ("paper", "organisation", "date", "size"),
    )
