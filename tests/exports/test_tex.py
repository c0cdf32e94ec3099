"""TeX said in Unicode."""

import pytest
from hypothesis import given

from llmsurvey.exports.tex import Kind, clean, pieces, plain
from tests.exports.papers import UGLY_TITLES, texts


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("t\\^ete-\\`a-t\\^ete", "tête-à-tête"),
        ('M\\"uller', "Müller"),
        ('Schr\\"{o}dinger', "Schrödinger"),
        ('{\\"U}ber', "Über"),
        ("Marko Kosti\\' c", "Marko Kostić"),
        ("J\\o{}rgensen and \\L{}\\'od\\'z", "Jørgensen and Łódź"),
        ('na\\"{\\i}ve', "naïve"),
        ("Erd\\H{o}s, Tolúl\\d{o}pé, \\c{c}, \\v Savli", "Erdős, Tolúlọpé, ç, Šavli"),
        ("Stra\\ss e", "Straße"),
        ("free {\\lambda}-theories", "free λ-theories"),
        ("\\b{eta}-Ga2O3 and \\k{appa}", "β-Ga2O3 and κ"),
        ("{\\it Ab initio} \\emph{and} \\textbf{so on}", "Ab initio and so on"),
        ("\\{1, 2\\} \\& 100\\% \\#1 a\\_b \\$5", "{1, 2} & 100% #1 a_b $5"),
        ("$\\alpha$-decay of $^{8}$Be", "$\\alpha$-decay of $^{8}$Be"),
        ("from $5 to $10", "from $5 to $10"),
        ("\\unknown{macro}", "\\unknownmacro"),
        ("one } and { two", "one } and { two"),
        ("ends \\", "ends \\"),
        ("already Müller, 中文", "already Müller, 中文"),
        ("e\u0301", "é"),
    ],
)
def test_tex_is_said_in_unicode(raw: str, said: str) -> None:
    """Accents, symbols and styles become Unicode; mathematics and what is no TeX stay."""
    assert plain(raw) == said


@pytest.mark.parametrize(
    ("raw", "is_math"),
    [
        ("$x$", True),
        ("$ \\alpha $", True),
        ("$ P$", True),
        ("\\(O_2^-\\)", True),
        ("$$\\lambda$$", True),
        ("$", False),
        ("$$", False),
        ("$5 to $", False),
        ("$x_{1$", False),
        ("$x_$", False),
        ("$x^2^3$", False),
    ],
)
def test_only_sound_mathematics_is_mathematics(raw: str, is_math: bool) -> None:
    """What would not compile, or is prose between two dollar signs, is ordinary text."""
    assert [piece.kind for piece in pieces(raw)] == [Kind.MATH if is_math else Kind.WORDS]


@pytest.mark.parametrize("raw", UGLY_TITLES)
def test_ugly_titles_are_one_clean_line(raw: str) -> None:
    """Control characters, line ends and lone surrogates do not come through."""
    said = plain(raw)
    assert said == clean(said)
    assert said.isprintable() or any(sign in said for sign in "\u200d\u202e")
    assert said.encode().decode() == said


@given(texts)
def test_groups_are_balanced(raw: str) -> None:
    """Every opened group is closed, never before it was opened."""
    depth = 0
    for piece in pieces(raw):
        depth += (piece.kind is Kind.OPEN) - (piece.kind is Kind.CLOSE)
        assert depth >= 0
    assert depth == 0


def test_a_huge_title_takes_linear_time() -> None:
    """No pattern goes over the same text again and again."""
    for unit in ("\\(", "$", "{", "\\'", "\\\\", "$x_{", "\\) \\("):
        assert pieces(unit * (50_000 // len(unit)))
