"""Numbers as people write them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.quantity import count, quantity, written


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("70B", 70e9),
        ("1.4T", 1.4e12),
        ("5.76e23", 5.76e23),
        ("10e9", 10e9),
        ("117m", 117e6),
        ("22 K", 22e3),
        ("1_000_000", 1e6),
        ("175,000,000,000", 175e9),
        (" 8.8E+13 ", 8.8e13),
        ("0.5B", 5e8),
        ("70000000000.0", 70e9),
    ],
)
def test_numbers_are_read(text: str, value: float) -> None:
    """A suffix, an exponent or grouped digits give the number they stand for."""
    assert quantity(text) == value
    assert count(text) == int(value)


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "-1",
        "nan",
        "inf",
        "-inf",
        "10X",
        "",
        " ",
        "B",
        "1e",
        "1..2",
        "1e999",
        "1e-999",
        "0x10",
        "7 0B",
        "\N{ARABIC-INDIC DIGIT SEVEN}B",
        "1B\0",
    ],
)
def test_nonsense_is_refused(text: str) -> None:
    """What is no positive number is a wrong usage, with an example of a right one."""
    with pytest.raises(BadUsage) as fault:
        quantity(text)
    assert "70B" in fault.value.hint


def test_a_count_is_at_least_one() -> None:
    """Less than one parameter is none."""
    with pytest.raises(BadUsage):
        count("0.2")


@pytest.mark.parametrize(
    ("value", "text"),
    [(70e9, "70B"), (1.085e12, "1.085T"), (999, "999"), (999_999, "1M"), (0.5, "0.5"), (5.76e23, "5.76e+23")],
)
def test_numbers_are_written_short(value: float, text: str) -> None:
    """The largest suffix that fits is used, and an exponent above them."""
    assert written(value) == text


@given(st.floats(min_value=1e-6, max_value=1e30))
def test_what_is_written_is_read_back(value: float) -> None:
    """Reading a written number returns it to four digits."""
    assert quantity(written(value)) == pytest.approx(value, rel=1e-3)


@given(st.text(max_size=12))
def test_any_text_is_a_positive_number_or_refused(text: str) -> None:
    """No text ends in another error, or in a number that is not positive and finite."""
    with suppress(BadUsage):
        assert 0 < quantity(text) < float("inf")
