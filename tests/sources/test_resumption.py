"""Resumption tokens."""

import re
from datetime import date
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.sources.resumption import Place, back, place, same
from tests.standin import tokens

ARGUMENTS = {"verb": "ListRecords", "metadataPrefix": "arXivRaw", "set": "cs:cs:CL"}


@given(st.dates(date(2005, 9, 16), date(2030, 1, 1)), st.integers(0, 100_000), st.integers(0, 2))
def test_a_token_says_where_the_list_goes_on(day: date, skip: int, quotings: int) -> None:
    """Day and offset are read from a token as the service writes it, quoted once or more."""
    token = tokens.written({**ARGUMENTS, "from": day.isoformat()}, skip)
    again = token
    for _ in range(quotings):
        again = quote(again)
    assert place(again) == Place(day, skip)
    assert same(token, again)


@pytest.mark.parametrize("token", ["6511260|1001", "", "%", "a%26b", "from%3D2019-13-01%26skip%3D1", "from=x&skip=-1"])
def test_a_token_of_another_shape_says_nothing(token: str) -> None:
    """Old tokens and damaged ones have no place."""
    assert place(token) is None


def test_places_are_ordered() -> None:
    """A later day is further, and within a day a greater offset."""
    assert Place(date(2019, 1, 1), 5_000) < Place(date(2019, 1, 2), 0) < Place(date(2019, 1, 2), 1)


@given(st.dates(date(2005, 9, 16), date(2030, 1, 1)), st.integers(2, 100_000), st.integers(0, 2))
def test_a_token_can_go_back_within_its_day(day: date, skip: int, quotings: int) -> None:
    """Nothing but the number to skip changes, however the token is quoted; its day's start it does not reach."""
    token = tokens.written({**ARGUMENTS, "from": day.isoformat()}, skip)
    for _ in range(quotings):
        token = quote(token)
    earlier = back(token, 1)
    assert earlier is not None
    assert place(earlier) == Place(day, skip - 1)
    assert back(earlier, -1) is None
    assert back(token, skip) is None
    assert same(re.sub(r"[0-9]+$", str(skip), earlier), token)
    assert back("6511260|1001", 1) is None
