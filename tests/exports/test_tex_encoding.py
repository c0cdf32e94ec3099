"""Unicode written as TeX."""

from unicodedata import normalize

import pytest
from hypothesis import given

from llmsurvey.exports.tex import clean, plain
from llmsurvey.exports.tex_encoding import encoded, encoded_math
from tests.exports.papers import texts


@given(texts)
def test_encoding_and_saying_are_opposites(raw: str) -> None:
    """What is encoded says what it was, so no character is lost on the way into TeX."""
    assert plain(encoded(clean(raw), ascii_only=False)) == normalize("NFC", clean(raw))


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("Müller", r"M{\"u}ller"),
        ("\u03b1", r"{\ensuremath{\alpha}}"),
        ("中", r"{\ensuremath{\langle}\texttt{U+4E2D}\ensuremath{\rangle}}"),
        ("a\u200bb", "ab"),
        ("50%", r"50\%"),
    ],
)
def test_ascii_names_every_character(word: str, written: str) -> None:
    """In ASCII a character is its TeX name, or its number where TeX has no name for it."""
    assert encoded(word, ascii_only=True) == written


@pytest.mark.parametrize(
    ("math", "written"),
    [
        ("$\\{x\\}$", r"$\lbrace x\rbrace $"),
        ("$a % b & c # d$", r"$a \% b \& c \# d$"),
        ("\\(x\\)", "$x$"),
        ("$$x$$", "$x$"),
        ("$Δ$", r"${\ensuremath{\Delta}}$"),
        (r"$\é$", r"$\mbox{{\'e}}$"),  # a backslash before what no command begins with
        ("$é$", r"$\mbox{{\'e}}$"),
    ],
)
def test_mathematics_survives_a_bibtex_field(math: str, written: str) -> None:
    """Escaped braces, comments and foreign letters are rewritten, the rest is kept."""
    assert encoded_math(math, ascii_only=True) == written
