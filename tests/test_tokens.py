"""Tokens are exactly what FTS5 cuts a text into."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.tokens import plain, tokens
from tests.full_text import FullText, as_bytes
from tests.real_papers import real_papers, wants_real_papers
from tests.texts import texts

INDEX = FullText("unicode61")
PLANES = [range(start, start + 0x8000) for start in (*range(0, 0x20000, 0x8000), 0xE0000, 0x108000)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Language-Modeling: GPT-3.5!", ["language", "modeling", "gpt", "3", "5"]),
        ("naïve NAI\u0308VE", ["naive", "naive"]),
        ("a_b $x_{1}$ \\emph{c}", ["a", "b", "x", "1", "emph", "c"]),
        ("ΛΌΓΟΣ λόγος", ["λόγοσ", "λόγοσ"]),  # FTS5 folds the case of Greek, not its accents
        ("\u0130stanbul \u0131z", ["istanbul", "\u0131z"]),
        ("大语言模型 is one run", ["大语言模型", "is", "one", "run"]),
        ("ﬁne straße", ["ﬁne", "straße"]),
        ("x☺y x🤖y", ["x", "y", "x🤖y"]),  # an emoji newer than its tables joins words in FTS5
        ("nul\0and\x1ctab\t", ["nul", "and", "tab"]),
        ("half \ud83e a character", ["half", "a", "character"]),
        ("", []),
        ("… — “ ” \u0301", []),
    ],
)
def test_a_text_is_cut_into_its_words(text: str, expected: list[str]) -> None:
    """Runs of letters and digits come out folded; all else, halves of characters too, only separates."""
    assert tokens(text) == expected


@given(texts)
def test_tokens_equal_those_of_fts5(text: str) -> None:
    """Any text over all of Unicode is cut and folded as FTS5 does it."""
    assert as_bytes(tokens(text)) == INDEX.terms(text)


@pytest.mark.parametrize("plane", PLANES, ids=lambda plane: f"{plane.start:06x}")
def test_every_character_is_treated_as_fts5_does_within_and_outside_a_word(plane: range) -> None:
    """Each code point joins, separates, folds or vanishes as in FTS5, whether a word is open or not."""
    characters = [chr(code) for code in plane if not 0xD800 <= code < 0xE000]
    text = " ".join(f"q{character}Z {character}q" for character in characters)
    assert as_bytes(tokens(text)) == INDEX.terms(text)


@given(texts)
def test_tokens_are_tokens_of_themselves(text: str) -> None:
    """Cutting what has been cut changes nothing, so that tokens can be handed to the index as a query."""
    assert tokens(" ".join(tokens(text))) == tokens(text)


@given(st.lists(texts, max_size=3))
def test_fields_joined_by_a_separator_keep_their_tokens(fields: list[str]) -> None:
    """No token reaches over a line end."""
    assert tokens("\n".join(fields)) == [token for field in fields for token in tokens(field)]


@given(texts, st.sampled_from(["", "\ud800", "\udfff"]))
def test_plain_text_is_its_tokens_between_blanks(text: str, half: str) -> None:
    """A plain text splits at blanks into its tokens, and holds no half of a character."""
    line = plain(text + half)
    assert [word for word in line.split(" ") if word] == tokens(text)
    assert line.encode().decode() == line


@wants_real_papers
def test_real_abstracts_beyond_ascii_are_cut_as_fts5_does() -> None:
    """The abstracts of a real corpus that hold more than ASCII give FTS5's tokens."""
    abstracts = [paper.abstract for paper in islice(real_papers("arxiv-lm-2018-2025"), 20_000)]
    abstracts = [text for text in abstracts if not text.isascii()]
    assert abstracts
    assert [as_bytes(tokens(text)) for text in abstracts] == [INDEX.terms(text) for text in abstracts]
