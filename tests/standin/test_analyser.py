"""Tests of the English analyser."""

import pytest

from tests.standin.analyser import phrase_in, positions, stems, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("language models", ["languag", "model"]),
        ("Language-Modelling", ["languag", "model"]),
        ("modeling modelled modeler modelers", ["model", "model", "model", "model"]),
        ("large largely", ["larg", "larg"]),
        ("pretraining pretrained", ["pretrain", "pretrain"]),
        ("transformers transformation", ["transform", "transform"]),
        ("generative generation generate", ["gener", "gener", "gener"]),
        ("agents agentic", ["agent", "agent"]),
        ("reasoning reasonable", ["reason", "reason"]),
        ("a model's behaviour", ["model", "behaviour"]),
        ("topology is", ["topolog"]),
    ],
)
def test_words_are_stemmed_as_arxiv_stems_them(text: str, expected: list[str]) -> None:
    """Possessives and stop words go, the rest is stemmed by Porter's algorithm with its later departures."""
    assert stems(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pre-trained", ["pre", "trained"]),
        ("GPT-3.5 gpt-4", ["gpt", "3.5", "gpt", "4"]),
        ("and/or", ["and", "or"]),
        ("e.g. x", ["e.g", "x"]),
        ("语言模型", ["语", "言", "模", "型"]),
        ("cafe\u0301 naïve", ["cafe\u0301", "naïve"]),
        ("", []),
    ],
)
def test_words_end_where_unicode_says(text: str, expected: list[str]) -> None:
    """Hyphens and slashes split, points inside numbers and abbreviations do not, ideographs stand alone."""
    assert tokens(text) == expected


def test_a_stop_word_leaves_a_gap() -> None:
    """A phrase with a stop word inside matches another stop word there, but not two neighbours."""
    phrase = positions("model of language")
    assert phrase == [(0, "model"), (2, "languag")]
    assert phrase_in(phrase, positions("a model for language"))
    assert not phrase_in(phrase, positions("a model language"))
    assert not phrase_in(positions("of the"), positions("of the"))
