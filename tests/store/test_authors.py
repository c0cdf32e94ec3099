"""A name is found however its accents, its case and its TeX are written."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.errors import BadUsage
from llmsurvey.store.authors import AuthorName, name_words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Jürgen Schmidhuber", ["jurgen", "schmidhuber"]),
        (r"J\"urgen", ["jurgen"]),
        (r"Bl\" umel", ["blumel"]),
        (r"{\v S}ljivan{\v{c}}anin", ["sljivancanin"]),
        (r"Erd\H{o}s", ["erdos"]),
        (r"S\o{}ren S\o ren S{\o}ren", ["soren"] * 3),
        (r"\AA ke Wei\ss", ["ake", "weiss"]),
        (r"\'{\i}x", ["ix"]),
        ("Łukasz Weiß Nguyễn", ["lukasz", "weiss", "nguyen"]),
        ("O'Neil O\u2019Neil", ["oneil", "oneil"]),
        ("Jean-Luc P. Picard", ["jean", "luc", "p", "picard"]),
        ("王小明", ["王小明"]),
    ],
)
def test_a_name_is_compared_by_its_plain_words(written: str, words: list[str]) -> None:
    """Accents, TeX, case and punctuation do not count."""
    assert name_words(written) == words


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [("vaswani", True), ("A. Vaswani", True), ("Vaswani, Ashish", True), ("swan", True), ("Ashish Shazeer", False)],
)
def test_all_words_stand_in_one_name(asked: str, is_there: bool) -> None:
    """Parts of a name in any order find it; parts of two names do not."""
    assert AuthorName(asked).is_among(json.dumps(["Ashish Vaswani", "Noam Shazeer"])) is is_there


@given(st.lists(st.text(), max_size=4), st.text(min_size=1))
def test_the_short_cut_changes_nothing(names: list[str], asked: str) -> None:
    """Looking into the whole field first finds what looking into each name finds."""
    words = name_words(asked)
    if not words:
        return
    expected = any(all(word in " ".join(name_words(name)) for word in words) for name in names)
    assert AuthorName(asked).is_among(json.dumps(names, ensure_ascii=False)) is expected


@pytest.mark.parametrize("asked", ["", "  ", "..."])
def test_a_name_has_a_letter(asked: str) -> None:
    """Nothing is not the part of a name."""
    with pytest.raises(BadUsage):
        AuthorName(asked)
