"""Invented catalogues as their publishers write them, imported for one test."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path

from llmsurvey.knowledge.layer import Asset, Layer
from llmsurvey.sources.catalogue_import import FORMATS, read

TODAY = date(2024, 6, 30)
EPOCH_COLUMNS = (
    "Model",
    *FORMATS["epoch"].required,
    "Confidence",
    "Link",
    "Training dataset size (datapoints)",
    "Dataset size notes",
    "Epochs",
)
ECOSYSTEM = ("name", *FORMATS["ecosystem-graphs"].required, "url", "license")


def sheet(columns: tuple[str, ...], *rows: dict[str, str]) -> str:
    """Write rows as CSV."""
    text = StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def epoch(tmp_path: Path, *rows: dict[str, str]) -> Layer:
    """Import rows as Epoch AI gives them."""
    path = tmp_path / "epoch.csv"
    path.write_text(sheet(EPOCH_COLUMNS, *rows), encoding="utf-8")
    return read("epoch", path, TODAY)


def ecosystem(tmp_path: Path, **cells: str) -> Layer:
    """Import one row as Ecosystem Graphs gives it."""
    path = tmp_path / "assets.csv"
    path.write_text(sheet(ECOSYSTEM, {"name": "Nova", "type": "model"} | cells), encoding="utf-8")
    return read("ecosystem-graphs", path, TODAY)


def asset(layer: Layer) -> Asset:
    """Return the one entry."""
    (only,) = layer.assets
    return only
