"""Finding models and abilities by name."""

import pytest

from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.catalogue import Knowledge
from llmsurvey.knowledge.naming import Naming


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("GPT-3", "GPT-3"),
        ("gpt-3", "GPT-3"),
        (" Gpt-3 ", "GPT-3"),
        ("GPT3", "GPT-3"),
        ("Llama 2", "LLaMA 2"),
        ("LLaMA2", "LLaMA 2"),
        ("llama", "LLaMA"),
        ("Mistral", "Mistral 7B"),
        ("PanGu-Sigma", "PanGu-Σ"),
        ("pangu-alpha", "PanGu-\N{GREEK SMALL LETTER ALPHA}"),
        ("davinci", "GPT-3"),
    ],
)
def test_a_model_is_found_by_what_people_call_it(knowledge: Knowledge, called: str, name: str) -> None:
    """Case, blanks, hyphens and aliases lead to the model."""
    assert knowledge.find(called).name == name


@pytest.mark.parametrize(
    ("called", "near"), [("GPT-3.55", "GPT-3.5"), ("Chinchila", "Chinchilla"), ("Galactca", "Galactica")]
)
def test_a_near_miss_is_answered_with_the_name_meant(knowledge: Knowledge, called: str, near: str) -> None:
    """A slip of the finger gets a question back."""
    with pytest.raises(BadUsage) as fault:
        knowledge.find(called)
    assert fault.value.hint.startswith("did you mean")
    assert near in fault.value.hint


@pytest.mark.parametrize("called", ["", " ", "-", "\0", "zzzzqqqq", "x" * 100_000, "'; DROP TABLE models"])
def test_an_unknown_name_is_a_wrong_usage(knowledge: Knowledge, called: str) -> None:
    """Whatever is asked for, the answer is a model or a clear error."""
    with pytest.raises(BadUsage):
        knowledge.find(called)


def test_a_loose_name_of_two_records_is_not_guessed() -> None:
    """Where leaving out hyphens and blanks would fit two records, neither is taken."""
    naming = Naming("model", [(["A-1 1"], 1), (["A-11"], 2)])
    assert naming.find("a-11") == 2
    with pytest.raises(BadUsage, match="A-1"):
        naming.find("A11")


def test_an_ability_is_found_in_both_languages(knowledge: Knowledge) -> None:
    """The English and the Chinese name lead to the same ability."""
    assert knowledge.ability("上下文学习") is knowledge.ability("In-Context Learning")
    with pytest.raises(BadUsage, match="did you mean"):
        knowledge.ability("in-context lerning")


def test_an_unknown_relation_names_the_known_ones(knowledge: Knowledge) -> None:
    """The closed list of relations stands in the error."""
    assert knowledge.relation("rlhf").zh
    with pytest.raises(BadUsage, match="distilled"):
        knowledge.relation("begat")
