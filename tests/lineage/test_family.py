"""The family of a model: its descendants and what they serve, as known on a day."""

from datetime import date

import pytest

from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.catalogue import load
from llmsurvey.lineage.family import family
from llmsurvey.lineage.graph import Lineage
from tests.catalogues import edge, knowing, model

LINEAGE = Lineage(load())
LATE = date(2025, 12, 31)


def names(root: str, day: date = LATE) -> set[str]:
    """Return the names of a family."""
    return {model.name for model in family(LINEAGE, root, day).models}


def test_a_family_holds_descendants_and_what_they_serve() -> None:
    """ChatGPT is served by the GPT-3.5 series and by GPT-4; Alpaca only inherits data and is no kin."""
    assert {"GPT-4", "gpt-3.5-turbo", "ChatGPT"} <= names("GPT-1")
    assert "ChatGPT" in names("GPT-4")
    assert "Alpaca" not in names("GPT-1")


def test_a_family_is_asked_by_alias_and_begins_with_its_root() -> None:
    """And tells what the root itself descends from."""
    found = family(LINEAGE, "gpt 3", LATE)
    assert found.models[0].name == found.root == "GPT-3"
    assert found.forebears == ("GPT-2",)


def test_a_family_is_that_of_its_day() -> None:
    """A model that comes later is not there, nor is an edge to it, nor one of which the source spoke later."""
    found = family(LINEAGE, "LLaMA", date(2023, 3, 20))
    assert {model.name for model in found.models} == {"LLaMA", "Alpaca"}
    assert [(edge.parent, edge.child) for edge in found.edges] == [("LLaMA", "Alpaca")]


def test_edges_stay_within_the_family() -> None:
    """Both ends of each are among the models, and each pair has one."""
    found = family(LINEAGE, "GPT-1", LATE)
    members = {model.name for model in found.models}
    pairs = [(edge.parent, edge.child) for edge in found.edges]
    assert all({*pair} <= members for pair in pairs)
    assert len(set(pairs)) == len(pairs)


def test_a_root_without_a_date_is_still_a_root() -> None:
    """Others without a date are left out."""
    knowledge = knowing([model("A", None), model("B", None), model("C", "2020")], [edge("A", "B"), edge("A", "C")])
    assert {model.name for model in family(Lineage(knowledge), "A", LATE).models} == {"A", "C"}


def test_an_unknown_root_is_bad_usage() -> None:
    """With a near miss."""
    with pytest.raises(BadUsage, match="LLaMAA"):
        family(LINEAGE, "LLaMAA", LATE)
