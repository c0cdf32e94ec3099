"""What a person types is read as it is meant, and what cannot be meant is told with its place."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.errors import BadUsage
from llmsurvey.phrase import LONGEST
from llmsurvey.store.query import DEEPEST, MOST_WORDS, parsed


@pytest.mark.parametrize(
    ("query", "expression"),
    [
        ("language model", '"language" AND "model"'),
        ('"language model"', '"language model"'),
        ("\u201clanguage model\u201d", '"language model"'),
        ("language-model", '"language model"'),
        ("a AND b OR c", '("a" AND "b") OR "c"'),
        ("a (b OR c)", '"a" AND ("b" OR "c")'),
        ("a NOT b", '"a" NOT "b"'),
        ("a AND NOT b NOT c", '"a" NOT ("b" OR "c")'),
        ("NOT NOT a", '"a"'),
        ("a not b or c", '"a" AND "not" AND "b" AND "or" AND "c"'),
        ("title:a NEAR(b*, 2) ^c {d}", '"title a" AND "near" AND ("b" AND "2") AND "c" AND "d"'),
        ("a' OR 1=1; DROP TABLE papers --", '"a" OR ("1 1" AND "drop" AND "table" AND "papers")'),
        ("a & b", '"a" AND "b"'),
        ("Éa\0b \udc80c", '"ea" AND "b" AND "c"'),
    ],
)
def test_a_query_becomes_quoted_tokens(query: str, expression: str) -> None:
    """Only AND, OR, NOT in capitals, quotes and parentheses mean something; all else is words or nothing."""
    assert parsed(query).match().expression == expression
    assert not parsed(query).match().negated


@pytest.mark.parametrize(
    ("query", "expression"),
    [("NOT a", '"a"'), ("NOT a NOT b", '"a" OR "b"'), ("a OR NOT b", '"b" NOT "a"'), ("NOT (a b)", '"a" AND "b"')],
)
def test_a_not_alone_asks_for_the_others(query: str, expression: str) -> None:
    """FTS5 has no NOT with one side, so that its opposite is asked for."""
    assert parsed(query).match().expression == expression
    assert parsed(query).match().negated


def test_words_can_be_asked_for_in_the_title() -> None:
    """Every wanted word is bound to the title, no unwanted one."""
    assert parsed('a "b c" NOT d').match().in_title == '(title : "a" AND title : "b c") NOT "d"'


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "holds no word"),
        (" *** ", "holds no word"),
        ("NOT", "holds no word"),
        ('a ""', "the quotes at character 3"),
        ('a "b', "the quote at character 3 of the query is never closed"),
        ("a AND", "the AND at character 3 of the query has no word behind it"),
        ("OR a", "the OR at character 1 of the query has no word before it"),
        ("a OR AND b", "the OR at character 3 of the query has no word behind it"),
        ("a (b", "the parenthesis at character 3 of the query is never closed"),
        ("a ) b", "the parenthesis at character 3 of the query was never opened"),
        ("a ()", "the ( at character 3 of the query has no word behind it"),
        (f"a {'b' * (LONGEST + 1)}", "at character 3 of the query"),
        ("a " * (MOST_WORDS + 1), f"has {MOST_WORDS + 1} words"),
        ("word " * 10_000, "has 10,000 words"),
        ("(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1), f"at character {DEEPEST + 1} of the query lies inside"),
        ("(" * 10_000 + "a", "too deep"),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_place(query: str, said: str) -> None:
    """The message names the place in the query, counted from 1, and the hint says how to write it."""
    with pytest.raises(BadUsage) as fault:
        parsed(query)
    assert said in fault.value.message
    assert fault.value.hint


@given(st.text() | st.text(st.sampled_from("ab \"()ANDORT'*")))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing but `BadUsage` comes out of reading a query."""
    with suppress(BadUsage):
        assert parsed(text).holds((text, "")) in {True, False}
