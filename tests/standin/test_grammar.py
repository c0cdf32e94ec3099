"""Tests of the query grammar."""

import pytest

from tests.standin.grammar import BadQuery, Both, Term, parsed


@pytest.mark.parametrize(
    ("query", "nested"),
    [
        ("ti:a", "ti:a"),
        ("ti:a AND ti:b OR ti:c", "ti:a AND (ti:b OR ti:c)"),
        ("ti:a OR ti:b AND ti:c", "ti:a OR (ti:b AND ti:c)"),
        ("(ti:a AND ti:b) OR ti:c", "(ti:a AND ti:b) OR ti:c"),
        ("((ti:a))", "ti:a"),
        ('ti:"  dark matter "', 'ti:"dark matter"'),
        ("ANDNOT ti:a AND ti:b", "ANDNOT (ti:a AND ti:b)"),
        ("ti:a OR (ANDNOT ti:b)", "ti:a OR (ANDNOT ti:b)"),
        ("ti:a ANDNOT ti:b", "ti:a ANDNOT ti:b"),
    ],
)
def test_expressions_nest_to_the_right(query: str, nested: str) -> None:
    """There is no precedence: what follows an operator belongs together."""
    assert str(parsed(query)) == nested


@pytest.mark.parametrize(
    "query", ["(ti:space", "ti:a AND", "AND ti:a", "ti:a ti:b", "ti:a)", "foo:a", "ti:", "()", "", 'ti:"a', "all:a AND"]
)
def test_what_the_grammar_lacks_is_refused(query: str) -> None:
    """The message repeats the query as it was read."""
    with pytest.raises(BadQuery, match="Invalid query string"):
        parsed(query)


def test_quotes_are_remembered() -> None:
    """Quotes ask for adjacency, so the term keeps them."""
    assert parsed('ti:"a" AND ti:a') == Both("AND", Term("ti", "a", quoted=True), Term("ti", "a"))
