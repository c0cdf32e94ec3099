"""Sizes are read as prose tells them, and what else is counted in millions is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.knowledge.candidates.sizes import sizes

B = 10**9


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a 7B model", [7 * B]),
        ("a model with 1.5 billion parameters", [1_500_000_000]),
        ("a 12-billion-parameter model", [12 * B]),
        ("1,085 billion parameters", [1085 * B]),
        ("models of 0.5B to 72B parameters", [500_000_000, 72 * B]),
        ("models of 4, 12 and 27B parameters", [4 * B, 12 * B, 27 * B]),
        ("scales ranging from 0.6 to 235 billion", [600_000_000, 235 * B]),
        ("1.2 trillion parameters", [1200 * B]),
        ("a 340M encoder-decoder", [340_000_000]),
        ("an 8x7B mixture", []),
        ("trained on 15 trillion tokens", []),
        ("15B tokens of text", []),
        ("2M images and 3 million image-text pairs", []),
        ("$5M were spent, or $ 6 million", []),
        ("a 0B model", []),
        ("4Bit weights, 3D and 16K context", []),
        ("Qwen2B is a name", []),
        ("built on Qwen3-14B and GPT-4B", []),
        ("built on LLaMA 3.1-8B and Qwen 7B", []),
    ],
)
def test_a_size_is_read(text: str, told: list[int]) -> None:
    """Whatever its unit, alone, in a range or in a list; tokens, pictures and money are no size."""
    assert [each.parameters for each in sizes(text)] == told


@pytest.mark.parametrize(
    "text",
    [
        "a 671B-parameter model with 37B activated for each token",
        "671 billion parameters, activating only 37 billion",
        "671B total parameters and 37B active parameters",
        "671B total parameters (37B activated)",
    ],
)
def test_the_active_part_is_told_from_the_whole(text: str) -> None:
    """Of a sparse model both are read, each as what it is."""
    assert [(each.parameters, each.active) for each in sizes(text)] == [(671 * B, False), (37 * B, True)]


@given(
    st.integers(1, 999), st.sampled_from(["B parameters", " billion parameters", "B-parameter", "-billion-parameter"])
)
def test_every_way_of_writing_tells_the_same(number: int, written: str) -> None:
    """A size with its unit is read exactly, and surely, as parameters are spoken of."""
    (told,) = sizes(f"It is a model of {number}{written} size.")
    assert (told.parameters, told.surely) == (number * B, True)
