"""Rows of Epoch AI become entries."""

from pathlib import Path

import pytest

from llmsurvey.knowledge.layer import Asset
from llmsurvey.knowledge.model import Access
from tests.sources.sheets import asset, epoch


def test_a_row_of_epoch_is_an_entry(tmp_path: Path) -> None:
    """Each column in its place; bases are parted at commas, but not inside a name that has one."""
    layer = epoch(
        tmp_path,
        {
            "Model": "Nova",
            "Organization": "Alpha,Beta",
            "Publication date": "2024-05-01",
            "Parameters": "7000000000.0",
            "Model accessibility": "Open weights (restricted use)",
            "Base model": "Star, the second,Sun",
            "Domain": "Language,Vision",
            "Confidence": "Likely",
            "Link": "https://arxiv.org/abs/2405.00001v2",
        },
        {"Model": "Star, the second"},
    )
    assert layer.assets[0] == Asset(
        line=2,
        name="Nova",
        organisation="Alpha, Beta",
        date="2024-05-01",
        arxiv="2405.00001",
        url="https://arxiv.org/abs/2405.00001v2",
        parameters=7_000_000_000,
        access=Access.OPEN_WEIGHTS,
        domains=("language", "vision"),
        confidence="Likely",
        bases=("Star, the second", "Sun"),
    )
    assert (layer.data_date, layer.rejects) == ("2024-05-01", ())


@pytest.mark.parametrize(
    ("cells", "tokens"),
    [
        ({"Dataset size notes": "two trillion tokens"}, 2 * 10**12),
        ({"Dataset size notes": "two trillion words"}, None),
        ({"Dataset size notes": "tokens", "Epochs": "3.0"}, None),
        ({"Dataset size notes": "tokens", "Base model": "Star"}, None),
        ({"Dataset size notes": "tokens", "Domain": "Vision"}, None),
    ],
)
def test_data_points_are_tokens_only_where_the_notes_say_so(
    tmp_path: Path, cells: dict[str, str], tokens: int | None
) -> None:
    """One pass over tokens, by a language model without a base."""
    row = {"Model": "Nova", "Domain": "Language", "Training dataset size (datapoints)": "2e12"} | cells
    assert asset(epoch(tmp_path, row)).training_tokens == tokens


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Parameters": "many"}, "no number"),
        ({"Parameters": "-7"}, "no possible count"),
        ({"Parameters": "nan"}, "no possible count"),
        ({"Publication date": "2024-02-30"}, "no possible date"),
        ({"Publication date": "2031-01-01"}, "no possible date"),
        ({"Model accessibility": "for friends"}, "not known"),
        ({"Model": "=1+1"}, "formula"),
        ({"Model": "", "Parameters": "7"}, "no name"),
        ({"Model": "x" * 400}, "a name of 400 characters"),
    ],
)
def test_what_cannot_be_taken_is_rejected_with_its_line(tmp_path: Path, cells: dict[str, str], reason: str) -> None:
    """And the rest goes in."""
    layer = epoch(tmp_path, {"Model": "Star"}, {"Model": "Nova"} | cells)
    assert "Star" in {each.name for each in layer.assets}
    (reject,) = layer.rejects
    assert reject.line == 3
    assert reason in reject.reason
