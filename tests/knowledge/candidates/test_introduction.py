"""What a paper brings is told from what it merely uses."""

import pytest

from llmsurvey.knowledge.candidates.calling import Kind
from llmsurvey.knowledge.candidates.introduction import How, Introduction, of_abstract, of_title
from llmsurvey.knowledge.candidates.prose import sentences

Told = tuple[tuple[str, ...], How, Kind | None]


def _told(introductions: list[Introduction]) -> list[Told]:
    return [(each.names, each.how, each.calling.kind if each.calling else None) for each in introductions]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Foo3 Technical Report", (("Foo3",), How.REPORT, None)),
        ("Foo-VL: Technical Report", (("Foo-VL",), How.REPORT, None)),
        ("Technical Report of Foo2 and Foo2.5", (("Foo2", "Foo2.5"), How.REPORT, None)),
        ("foo-20b Model Card", (("foo-20b",), How.REPORT, None)),
        ("Foo: A Small Language Model for Toys", (("Foo",), How.SUBJECT, Kind.LANGUAGE)),
        ("Introducing Foo3", (("Foo3",), How.SUBJECT, None)),
        ("Towards Foo: A Language Model", (("Foo",), How.SUBJECT, Kind.LANGUAGE)),
        ("Foo: Building a Strong LLM", (("Foo",), How.SUBJECT, Kind.LANGUAGE)),
        ("Foo: A Benchmark for Language Models", (("Foo",), How.SUBJECT, Kind.THING)),
        ("Foo: Harnessing Language Models for Toys", (("Foo",), How.SUBJECT, None)),
        ("Foo: MLLM as a Judge", (("Foo",), How.SUBJECT, None)),
        ("Foo: Language Models Can Play", (("Foo",), How.SUBJECT, None)),
    ],
)
def test_a_title_introduces_its_subject(title: str, told: Told) -> None:
    """With what it is called, unless that is an aim or a means."""
    (sentence,) = sentences("title", title)
    assert _told(list(of_title(sentence))) == [told]


@pytest.mark.parametrize("title", ["On the Limits of Language Models", "Large Language Models at Play", "", "¿?"])
def test_a_title_without_a_name_introduces_nothing(title: str) -> None:
    """Common words in capitals are no subject."""
    (sentence,) = sentences("title", title)
    assert not list(of_title(sentence))


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("We present Foo, a 7B language model.", (("Foo",), How.PRESENTED, Kind.LANGUAGE)),
        ("In this report we introduce Foo-1 and Foo-2, two LLMs.", (("Foo-1", "Foo-2"), How.PRESENTED, Kind.LANGUAGE)),
        ("This work unveils and open-sources Foo, an LLM.", (("Foo",), How.PRESENTED, Kind.LANGUAGE)),
        ("We describe the development of Foo, an LLM.", (("Foo",), How.MADE, Kind.LANGUAGE)),
        ("We release the Foo3 family of language models.", (("Foo3",), How.PRESENTED, Kind.LANGUAGE)),
        ("We present a family of language models, Foo.", (("Foo",), How.PRESENTED, Kind.LANGUAGE)),
        ("We train a language model called Foo.", (("Foo",), How.PRESENTED, Kind.LANGUAGE)),
        ("We propose a language model that plays, dubbed Foo.", (("Foo",), How.PRESENTED, Kind.LANGUAGE)),
        ("We present Foo, Bar's first language model.", (("Foo",), How.PRESENTED, Kind.LANGUAGE)),
        ("We open-source Foo, a language model.", (("Foo",), How.PRESENTED, Kind.LANGUAGE)),
        ("We present Foo, a benchmark for LLMs.", (("Foo",), How.PRESENTED, Kind.THING)),
        ("We fine-tune Foo, a language model.", (("Foo",), How.MADE, Kind.LANGUAGE)),
    ],
)
def test_an_abstract_introduces_what_it_presents(sentence: str, told: Told) -> None:
    """Behind a verb that presents, before or behind what it is called."""
    (read,) = sentences("abstract", sentence)
    assert _told(list(of_abstract(read, set()))) == [told]


@pytest.mark.parametrize(
    "sentence",
    [
        "We evaluate Foo, a language model.",
        "It improves an open-source language model (Foo-7B).",
        "Foo is a language model.",
        "We fine-tune several language models (Foo-7B, Bar-8B).",
        "We present a framework for language models.",
        "Large language models present a risk.",
    ],
)
def test_what_is_used_is_not_introduced(sentence: str) -> None:
    """Models of others stand behind other verbs."""
    (read,) = sentences("abstract", sentence)
    assert not list(of_abstract(read, set()))


def test_the_subject_of_the_title_may_be_explained_later() -> None:
    """A sentence "NAME is a language model" counts for a name that is known."""
    (read,) = sentences("abstract", "Foo is a language model for toys.")
    assert _told(list(of_abstract(read, {"Foo"}))) == [(("Foo",), How.IS, Kind.LANGUAGE)]
