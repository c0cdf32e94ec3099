"""What a phrase calls a thing is told by its noun, wherever that stands."""

import pytest

from llmsurvey.knowledge.candidates.calling import Kind, called


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("a 7B open-source vision-language model for law", Kind.LANGUAGE),
        ("an LLM that reads", Kind.LANGUAGE),
        ("a family of fully open large language models", Kind.LANGUAGE),
        ("a large and open, multilingual language model", Kind.LANGUAGE),
        ("the latest version of the Foo language model family", Kind.LANGUAGE),
        ("a fine-tuned reasoning model", Kind.REASONING),
        ("the most capable language model to date", Kind.LANGUAGE),
        ("a language model born for play", Kind.LANGUAGE),
        ("4B and 9B language models", Kind.LANGUAGE),
        ("an omni-modal model", Kind.MULTIMODAL),
        ("a successor to Foo2 designed for more", Kind.MODEL),
        ("a mid-sized model", Kind.MODEL),
        ("a model designed for image segmentation", Kind.FOREIGN),
        ("a text-to-video diffusion model", Kind.FOREIGN),
        ("a vision-language-action model", Kind.FOREIGN),
        ("a protein language model", Kind.FOREIGN),
        ("a vision-language-motion model", Kind.FOREIGN),
        ("an LLM enhanced chatbot framework", Kind.THING),
        ("a language model enhanced by play", Kind.LANGUAGE),
        ("a framework that helps language models", Kind.THING),
        ("a large language model (LLM) framework", Kind.THING),
        ("an LLM serving framework", Kind.THING),
        ("a large language model (LLM)-based agent", Kind.THING),
        ("a framework leveraging large language models", Kind.THING),
        ("the first benchmark for multimodal LLMs", Kind.THING),
        ("a novel dataset, with which a language model learns", Kind.THING),
        ("which is new", Kind.UNTOLD),
        ("", Kind.UNTOLD),
    ],
)
def test_the_noun_decides(phrase: str, kind: Kind) -> None:
    """Whatever stands before it or is said behind it."""
    assert called(phrase).kind is kind


def test_a_phrase_knows_its_number_and_its_article() -> None:
    """A family is one thing; bare plurals are several, and may be those of others."""
    assert called("a family of language models").single
    assert not called("a family of language models of law").plural
    assert called("language models").plural
    assert called("Safer Language Models via play").plural
    assert not called("Safer Language Models via play").single
