"""The lists of words are in order."""

import msgspec

from llmsurvey.knowledge.candidates.wording import singular, wording


def test_the_words_are_plain() -> None:
    """Lower case, without blanks, in their singular where they are compared so."""
    lists = msgspec.structs.asdict(wording())
    assert all(word == word.lower().strip() and word for words in lists.values() for word in words)
    assert all(singular(word) == word for word in wording().models | wording().things | wording().groups)


def test_nothing_is_a_model_and_a_thing() -> None:
    """A noun decides one way only."""
    assert not (wording().models | wording().language_models) & wording().things


def test_a_plural_s_is_taken_away() -> None:
    """Series, corpus and analysis keep theirs."""
    assert [singular(word) for word in ("Models", "LLMs", "series", "corpus", "analysis", "class")] == [
        "model",
        "llm",
        "series",
        "corpus",
        "analysis",
        "class",
    ]
