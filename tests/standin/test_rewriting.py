"""Tests of what arXiv makes of a query."""

import pytest

from tests.standin.rewriting import adapted, padded


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("ti:language model", "ti:language OR all:model"),
        ('"language model"', 'all:"language model"'),
        (
            '(ti:"x" OR abs:"x") AND submittedDate:[202301010000 TO 202301312359]',
            '(ti:"x" OR abs:"x") AND submittedDate:"202301010000 TO 202301312359"',
        ),
        ("lastUpdatedDate:[20230101 TO 20230131]", 'submittedDate:"202301010000 TO 202301312359"'),
        ("submittedDate:[2023 TO 202402]", 'submittedDate:"202301010000 TO 202402292359"'),
        ("submittedDate:[20230101000059 TO 20230131235959]", 'submittedDate:"202301010000 TO 202301312359"'),
        ("submittedDate:[20230101 to 20230131]", "submittedDate:[20230101 OR all:to OR all:20230131]"),
        ("submittedDate:[20230101 TO *]", "submittedDate:[20230101 OR all:TO OR all:*]"),
        ("a b", "all:a OR all:b"),
        ("a AND AND OR b", "all:a OR all:b"),
        ("a AND NOT b", "all:a ANDNOT all:b"),
        ("a NOT b", "all:a ANDNOT all:b"),
        ("ti:(a b)", "(ti:a OR ti:b)"),
        ("ti:(a AND (b OR c))", "(ti:a AND (ti:b OR ti:c) )"),
        ("((ti:a OR ti:b) AND cat:c)", "( (ti:a OR ti:b) AND cat:c)"),
        ("title:a", "ti:a"),
        ("au:del_maestro", 'au:"del maestro"'),
        ("au:del_maestro AND au:ann_b", 'au:"del maestro" AND au:ann_b'),
        ("ti:a_b AND au:c_d", 'ti:a_b AND au:"a b"'),
        ("a AND au:", "all:a AND"),
        ("ti:\n\ra", "ti:a"),
        ("(ti:space", "(ti:space"),
        ("cat:cs.CL AND (ti:a)", "cat:cs.CL AND (ti:a)"),
        ("ANDROID", "all:ANDROID"),
        ('ti:"a AND b"', 'ti:"a AND b"'),
        ("", ""),
        ('"', ""),
    ],
)
def test_a_query_is_rewritten(sent: str, expected: str) -> None:
    """Prefixes, operators and dates are put in; what cannot be understood falls apart into `all:` terms."""
    assert adapted(sent) == expected


@pytest.mark.parametrize("query", ['(ti:"x" OR abs:"x") AND submittedDate:"202301010000 TO 202302010000"', "all:x"])
def test_a_rewritten_query_stays(query: str) -> None:
    """Rewriting twice is rewriting once."""
    assert adapted(adapted(query)) == adapted(query) == query


@pytest.mark.parametrize("day", ["202399", "20", "2023-01", "abcd", "2023010112"])
def test_an_odd_date_is_left_alone(day: str) -> None:
    """Only years, months and days are padded."""
    assert padded(day, start=True) == day
