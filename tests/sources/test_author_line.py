"""Author lines of the raw format."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.sources.author_line import names


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ann Example", ("Ann Example",)),
        ("Ann Example, Bob Example and Cy Example", ("Ann Example", "Bob Example", "Cy Example")),
        ("A. One, B. Two, and C. Three", ("A. One", "B. Two", "C. Three")),
        ("Toy Collaboration: A. One, B. Two", ("Toy Collaboration", "A. One", "B. Two")),
        ("A. One (1 and 2), B. Two (2) ((1) Here, (2) There)", ("A. One", "B. Two")),
        ("A. One (for the Toy (and Lego) Collaboration)", ("A. One",)),
        ("A. One (an affiliation without end, B. Two", ("A. One",)),
        ("Ann Example, Jr., Bob Example III", ("Ann Example Jr.", "Bob Example III")),
        ("Ann Example, et al.", ("Ann Example",)),
        (r"Ren\'e Example, {\L}ukasz Vzor, J{\o}rgen K\"oln", ("René Example", "Łukasz Vzor", "Jørgen Köln")),
        ("Ann  Example ,\n  Bob\tExample;Cy", ("Ann Example", "Bob Example", "Cy")),
        ("Alexander Anderson", ("Alexander Anderson",)),
        ("", ()),
        (" , and ,", ()),
    ],
)
def test_a_line_is_parted_into_names(line: str, expected: tuple[str, ...]) -> None:
    """Names come out in order, without affiliations, with suffixes at the names they belong to."""
    assert names(line) == expected


@given(st.text(max_size=80))
def test_no_line_breaks_the_reader(line: str) -> None:
    """Whatever stands there, names are neither empty nor ragged."""
    assert all(name == " ".join(name.split()) != "" for name in names(line))
