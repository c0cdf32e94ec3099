"""The published facts this project was checked against, where they lie beside the checkout."""

import csv
import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("LLMSURVEY_SHARED") or Path(__file__).parents[2] / ".." / "shared")


def fact_rows(name: str) -> list[dict[str, str]]:
    """Read a fact file; the calling test is skipped where the folder is missing."""
    path = SHARED / "facts" / name
    if not path.is_file():
        pytest.skip(f"no {name}: LLMSURVEY_SHARED names no folder with facts")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
