"""A user's own files of facts, written for one test."""

from collections.abc import Callable
from pathlib import Path

import pytest

from llmsurvey.knowledge.catalogue import Knowledge, load

Overlay = Callable[[str], Path]


@pytest.fixture
def overlay(tmp_path: Path) -> Overlay:
    """Return a function that writes a file of facts and names it; each call makes another file."""

    def write(text: str) -> Path:
        path = tmp_path / f"mine-{len(list(tmp_path.iterdir()))}.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """Return the package's own facts."""
    return load()
