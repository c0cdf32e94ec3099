"""Each value of a model tells its source and file."""

from llmsurvey.knowledge.catalogue import Knowledge, load
from llmsurvey.knowledge.value import values_of
from tests.knowledge.conftest import Overlay


def test_every_value_of_the_package_has_source_and_file(knowledge: Knowledge) -> None:
    """No value comes from nowhere."""
    values = [value for model in knowledge.models for value in values_of(model)]
    assert len(values) > 5 * len(knowledge.models)
    assert all(value.source and value.origin == "package:models.toml" for value in values)


def test_what_the_survey_printed_tells_where(knowledge: Knowledge) -> None:
    """The timeline, the evolution of GPT, and the list of the project page."""
    sources = {value.field: value.source for value in values_of(knowledge.find("GPT-4"))}
    assert sources["published.bucket"] == "survey, Figure 2"
    assert sources["published.caption"] == "survey, Figure 3"
    assert sources["published.month"] == "page"


def test_a_corrected_value_names_the_overlay(overlay: Overlay) -> None:
    """Only what the user's file says comes from it."""
    mine = overlay('[[model]]\nname = "GPT-3"\nparameters = "174B"\nsource = "an invented correction"\n')
    values = {value.field: value for value in values_of(load([mine]).find("GPT-3"))}
    assert (values["parameters"].value, values["parameters"].source) == (174_000_000_000, "an invented correction")
    assert values["parameters"].origin == str(mine)
    assert values["organisation"].origin == "package:models.toml"
    assert values["published.parameters"].value == 175_000_000_000
