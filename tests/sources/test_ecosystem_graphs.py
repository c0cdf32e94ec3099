"""Rows of Ecosystem Graphs become entries: sizes are in words, dependencies as Python writes a list."""

from pathlib import Path

import pytest

from llmsurvey.knowledge.layer import AssetKind
from llmsurvey.knowledge.model import Access
from tests.sources.sheets import asset, ecosystem


@pytest.mark.parametrize(
    ("text", "parameters", "active"),
    [
        ("7B parameters (dense)", 7 * 10**9, None),
        ("61B parameters (sparse); 6.6B active parameters", 61 * 10**9, 6_600_000_000),
        ("1.75T", 1_750 * 10**9, None),
        ("100 million parameters", 10**8, None),
        ("unknown", None, None),
        ("", None, None),
    ],
)
def test_sizes_in_words_are_read(tmp_path: Path, text: str, parameters: int | None, active: int | None) -> None:
    """All parameters, and those that are active."""
    found = asset(ecosystem(tmp_path, size=text))
    assert (found.parameters, found.active_parameters) == (parameters, active)


@pytest.mark.parametrize("text", ["as large as a house", "9" * 400 + "B", "0B parameters"])
def test_text_that_tells_no_possible_size_is_a_remark(tmp_path: Path, text: str) -> None:
    """The entry is taken without it."""
    layer = ecosystem(tmp_path, size=text)
    assert asset(layer).parameters is None
    assert "size" in layer.remarks[0].reason


def test_dependencies_are_read_as_python_writes_a_list(tmp_path: Path) -> None:
    """Each name once; what is no list is rejected, and never run."""
    assert asset(ecosystem(tmp_path, dependencies="['The Pile', \"Star's\", 'The Pile']")).bases == (
        "The Pile",
        "Star's",
    )
    for wrong in ("['open", "__import__('os')", "{'a': 1}", "[" * 30_000):
        layer = ecosystem(tmp_path, dependencies=wrong)
        assert asset(layer).bases == ()
        assert "no list of names" in layer.rejects[0].reason


@pytest.mark.parametrize(
    ("access", "licence", "expected"),
    [
        ("open", "Apache 2.0", Access.OPEN_WEIGHTS),
        ("open", "", None),
        ("limited", "", None),
        ("closed", "MIT", Access.CLOSED),
    ],
)
def test_open_means_weights_only_with_a_licence(
    tmp_path: Path, access: str, licence: str, expected: Access | None
) -> None:
    """The word open alone also stands for products that anyone may use."""
    assert asset(ecosystem(tmp_path, access=access, license=licence)).access is expected


def test_kinds_and_makers_are_read(tmp_path: Path) -> None:
    """A data set is none of the models; a maker said to be unknown is not stated."""
    found = asset(ecosystem(tmp_path, type="dataset", organization="Unknown", modality="text; image"))
    assert (found.kind, found.organisation, found.domains) == (AssetKind.DATASET, None, ("language", "image"))
