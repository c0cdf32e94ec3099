"""Personal names and their parts."""

import pytest
from hypothesis import given

from llmsurvey.exports.names import ET_AL, Name, author_names, parsed_name
from tests.exports.papers import texts


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Wayne Xin Zhao", Name("Zhao", "Wayne Xin")),
        ("Ludwig van Beethoven", Name("Beethoven", "Ludwig", "van")),
        ("Aaron van den Oord", Name("Oord", "Aaron", "van den")),
        ("Charles de la Vallée Poussin", Name("Vallée Poussin", "Charles", "de la")),
        ("Bart van Lidth de Jeude", Name("Lidth de Jeude", "Bart", "van")),
        ("Guido Van Rossum", Name("Van Rossum", "Guido")),
        ("Laurent El Ghaoui", Name("El Ghaoui", "Laurent")),
        ("Santiago Ramón y Cajal", Name("Ramón y Cajal", "Santiago")),
        ("Di Wang", Name("Wang", "Di")),
        ("The Anh Han", Name("Han", "The Anh")),
        ("Marcelo H. Ang Jr.", Name("Ang", "Marcelo H.", "", "Jr.")),
        ("John Smith, Jr.", Name("Smith", "John", "", "Jr.")),
        ("Smith, Jr., John", Name("Smith", "John", "", "Jr.")),
        ("van der Berg, Jan", Name("Berg", "Jan", "van der")),
        ("Webster III", Name("III", "Webster")),
        ("\u738b \u5c0f\u660e", Name("\u738b", "\u5c0f\u660e")),
        ("\u5f20\u4f1f", Name(literal="\u5f20\u4f1f")),
        ("OpenAI", Name(literal="OpenAI")),
        ("The ATLAS Collaboration", Name(literal="The ATLAS Collaboration")),
        ("for the SABRE Collaboration", Name(literal="for the SABRE Collaboration")),
        ("Team Hunyuan3D", Name(literal="Team Hunyuan3D")),
        ("Barnes and Noble Research", Name(literal="Barnes and Noble Research")),
        ("A, B, C, D", Name(literal="A, B, C, D")),
    ],
)
def test_a_name_has_its_parts(written: str, name: Name) -> None:
    """Particles, suffixes and family names of several words are told apart; groups stay whole."""
    assert parsed_name(written) == name


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        ((), ()),
        (("", "  ", ":", "\x00"), ()),
        (('J\\"org M\\"uller',), (Name("Müller", "Jörg"),)),
        (("K.~Smith",), (Name("Smith", "K."),)),
        (("Ann Lee", "and Bo Kim"), (Name("Lee", "Ann"), Name("Kim", "Bo"))),
        (("Simone Weil et al.",), (Name("Weil", "Simone"), ET_AL)),
        (("others", "Ann Lee"), (Name("Lee", "Ann"), ET_AL)),
    ],
)
def test_authors_are_read_in_order(authors: tuple[str, ...], names: tuple[Name, ...]) -> None:
    """Blank authors are none, TeX is decoded, and unnamed others come last."""
    assert author_names(authors) == names


@given(texts)
def test_a_name_is_either_parts_or_literal(written: str) -> None:
    """No name is lost, and none is both cut and whole."""
    for name in author_names((written,)):
        assert bool(name.literal) != bool(name.family and name.given)


@pytest.mark.parametrize("unit", [", ", "; ", " and ", " et al", "van ", "~", ",;"])
def test_a_huge_name_takes_linear_time(unit: str) -> None:
    """No pattern goes over the same separators again and again."""
    assert len(author_names((f"x{unit * 20_000}z",))) == 1
