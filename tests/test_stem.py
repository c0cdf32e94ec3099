"""Stems are exactly FTS5's."""

from itertools import islice

import pytest
from hypothesis import example, given

from llmsurvey.stem import stem
from llmsurvey.tokens import tokens
from tests.full_text import FullText, as_bytes, stems
from tests.real_papers import real_papers, wants_real_papers
from tests.texts import texts

INDEX = FullText()

ROOTS = """
    a be by y sky dy rel oper hop fil conflat troubl siz model langu gener commun electr hopp tann fall hiss
    fizz agre fe wy xx
""".split()  # noqa: SIM905 - a table of words reads best as text
ENDINGS = """
    s es ss sses ies ied ed eed ing y ly ational tional enci anci izer bli alli entli eli ousli ization ation
    ator alism iveness fulness ousness aliti iviti biliti logi icate ative alize iciti ical ful ness al ance
    ence er ic able ible ant ement ment ent ion sion tion ou ism ate iti ous ive ize e ll lle
""".split()  # noqa: SIM905 - a table of words reads best as text
TRICKY = [root + ending for root in ROOTS for ending in ENDINGS]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("models", "model"),
        ("modeling", "model"),
        ("modelling", "model"),
        ("languages", "languag"),
        ("capability", "capabl"),
        ("happy", "happi"),
        ("topology", "topolog"),  # logi becomes log: a later departure of the algorithm's author
        ("possibly", "possibl"),  # so does bli become ble
        ("is", "is"),  # and words of two letters stay
        ("gas", "ga"),
        ("bus", "bu"),
        ("gass", "gass"),
        ("skies", "ski"),
        ("sky", "sky"),
        ("syzygy", "syzygi"),
        ("relational", "relat"),
        ("generalizations", "gener"),
        ("hopping", "hop"),
        ("filing", "file"),
        ("aed", "a"),
        ("sses", "sse"),
        ("语言s", "语言"),
        ("2018s", "2018"),
        ("", ""),
    ],
)
def test_a_word_has_its_stem(word: str, expected: str) -> None:
    """Known words stem as Porter's algorithm, with its author's departures, has it."""
    assert stem(word) == expected


def test_tricky_endings_stem_as_in_fts5() -> None:
    """Every suffix the algorithm knows, behind roots of every shape, gives FTS5's stem."""
    assert as_bytes([stem(word) for word in TRICKY]) == INDEX.terms(" ".join(TRICKY))


@pytest.mark.parametrize("length", [63, 64, 65, 66, 5000])
@pytest.mark.parametrize("letter", ["a", "é", "β", "语"])
def test_long_words_stem_as_in_fts5(length: int, letter: str) -> None:
    """The bound beyond which FTS5 stems no more is counted in its bytes."""
    word = letter * ((length - 5) // len(letter.encode())) + "ables"
    assert stems(word) == INDEX.terms(word)


@given(texts)
@example("a၁ed")  # FTS5 takes one of two equal bytes away, and leaves half a character
@example("yyying ayed βying éed")
def test_stems_equal_those_of_fts5(text: str) -> None:
    """Any text over all of Unicode stems as FTS5 does it."""
    assert stems(text) == INDEX.terms(text)


@wants_real_papers
def test_the_vocabulary_of_a_real_corpus_stems_as_in_fts5() -> None:
    """Every word of tens of thousands of abstracts has FTS5's token and FTS5's stem."""
    words = {word for paper in islice(real_papers("arxiv-2025"), 20_000) for word in paper.abstract.split()}
    vocabulary = sorted(set(tokens(" ".join(words))))
    assert len(vocabulary) > 40_000
    assert as_bytes([stem(token) for token in vocabulary]) == INDEX.terms(" ".join(vocabulary))
