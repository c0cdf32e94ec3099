"""A layer is kept as a file that can be compared and read back."""

from pathlib import Path

from llmsurvey.knowledge.layer import decoded, encoded
from tests.knowledge.layers import entry, layer


def test_a_layer_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    """An entry a line; the same layer gives the same bytes."""
    kept = layer(entry("Nova"), entry("Star", bases=("Nova",)))
    raw = encoded(kept)
    assert decoded(raw, tmp_path) == kept
    assert raw == encoded(layer(entry("Nova"), entry("Star", bases=("Nova",))))
    assert raw.count(b"\n") >= len(kept.assets)
