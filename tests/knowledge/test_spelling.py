"""Names of models are compared by what tells them apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.knowledge.spelling import abbreviates, aside, same_size, sizes_in, spelled


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Llama 2", "LLaMA2"),
        ("GPT-NeoX", "gpt neox"),
        ("PanGu-Σ", "PANGU Σ"),
        ("YaYi 2.0", "YAYI 2"),
        ("Tulu V2 DPO", "Tulu 2 DPO"),
        ("VideoMAE V2", "VideoMAEv2"),
        ("DALL·E", "DALL-E"),
    ],
)
def test_case_signs_and_the_form_of_versions_do_not_matter(one: str, other: str) -> None:
    """Both are compared in the same form."""
    assert spelled(one).loose == spelled(other).loose


@pytest.mark.parametrize(("one", "other"), [("Command R", "Command R+"), ("Qwen2", "Qwen2.5"), ("GPT-4", "GPT-4V")])
def test_what_tells_models_apart_is_kept(one: str, other: str) -> None:
    """A plus, a point release and a letter make another model."""
    assert spelled(one).loose != spelled(other).loose


@pytest.mark.parametrize(
    ("name", "stem", "size", "tail"),
    [
        ("Llama 2-70B", "llama2", 70 * 10**9, "70B"),
        ("PaLM (540B)", "palm", 540 * 10**9, "540B"),
        ("Mixtral 8x7B", "mixtral", None, "8x7B"),
        ("Alpha 141B-A39B", "alpha", 141 * 10**9, "141B-A39B"),
        ("DeepSeek-V2 (MoE-236B)", "deepseek2", 236 * 10**9, "MoE-236B"),
        ("Pythia-1.4b", "pythia", 1_400_000_000, "1.4b"),
        ("SeamlessM4T", "seamlessm4t", None, ""),
        ("7B", "7b", None, ""),
    ],
)
def test_a_size_at_the_end_is_taken_apart(name: str, stem: str, size: int | None, tail: str) -> None:
    """The stem, the size and how it was written."""
    parts = spelled(name)
    assert (parts.stem, parts.size, parts.tail) == (stem, size, tail)


def test_sizes_are_the_same_but_for_rounding() -> None:
    """Two in a hundred; what is not known is the same as nothing."""
    assert same_size(65 * 10**9, 65_200_000_000)
    assert not same_size(6 * 10**9, 6_700_000_000)
    assert same_size(6 * 10**9, 6_700_000_000, within=0.15)
    assert not same_size(None, None)


def test_every_size_of_a_name_is_found() -> None:
    """A size may be one of parameters or of examples."""
    assert sizes_in("BELLE-7B-2M") == (7 * 10**9, 2 * 10**6)


def test_digits_without_end_are_no_size() -> None:
    """A name may hold anything."""
    assert spelled("x " + "9" * 400 + "t").size is None
    assert sizes_in("9" * 400 + "b") == ()


def test_what_stands_in_parentheses_behind_a_name_is_parted() -> None:
    """A name of parentheses alone has nothing before them."""
    assert aside("Emu (Meta)") == ("Emu", "Meta")
    assert aside("Emu") is None
    assert aside("(Meta)") is None


@pytest.mark.parametrize(
    ("short", "long", "does"),
    [
        ("SV3D", "Stable Video 3D", True),
        ("MUM", "Multitask Unified Model", True),
        ("dense", "GShard", False),
        ("M", "Model", False),
        ("", "", False),
    ],
)
def test_initials_are_known(short: str, long: str, does: bool) -> None:
    """The first letters of at least two words; a number stands whole."""
    assert abbreviates(short, long) is does


@given(st.text(max_size=30))
def test_any_text_is_taken_apart(name: str) -> None:
    """The stem begins the whole, and only a name with a size has a tail."""
    parts = spelled(name)
    assert parts.loose.startswith(parts.stem)
    assert parts.sized or not parts.tail
