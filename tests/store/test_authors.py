"""A name is found however its accents, its case and its TeX are written."""

import json
import sqlite3
from contextlib import closing

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


names = st.text() | st.sampled_from(
    ["Ada Lovelace", "O'Neil", "O`Neil", r"M\"uller", "Müller", "{\\O}re", "Li%_", "王小明"]
)


@given(st.lists(names, max_size=4), names)
def test_the_rough_cut_loses_no_paper(authors: list[str], asked: str) -> None:
    """What SQLite leaves out has no author of the name."""
    if not name_words(asked):
        return
    name, field = AuthorName(asked), json.dumps(authors, ensure_ascii=False).encode(errors="replace").decode()
    clause, values = name.sqlite()
    with closing(sqlite3.connect(":memory:")) as database:
        (kept,) = database.execute(
            f"SELECT {clause} FROM (SELECT :field AS authors) p", {**values, "field": field}
        ).fetchone()
    assert kept or not name.is_among(field)


@pytest.mark.parametrize("asked", ["", "  ", "..."])
def test_a_name_has_a_letter(asked: str) -> None:
    """Nothing is not the part of a name."""
    with pytest.raises(BadUsage):
        AuthorName(asked)
