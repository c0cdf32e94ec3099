"""A public catalogue becomes a layer."""

from pathlib import Path

import pytest

from llmsurvey.errors import BadUsage, Stop
from llmsurvey.knowledge.layer import CATALOGUES
from llmsurvey.sources.catalogue_import import FORMATS, read
from tests.sources.sheets import TODAY


def test_what_is_no_file_or_no_catalogue_is_refused(tmp_path: Path) -> None:
    """A folder, nothing, and a catalogue of another name."""
    for path in (tmp_path, tmp_path / "missing.csv"):
        with pytest.raises(Stop):
            read("epoch", path, TODAY)
    with pytest.raises(BadUsage) as fault:
        read("epohc", tmp_path, TODAY)
    assert "did you mean epoch?" in fault.value.hint


def test_every_catalogue_has_a_reader() -> None:
    """The names that a layer may bear are those that can be imported."""
    assert tuple(FORMATS) == CATALOGUES
