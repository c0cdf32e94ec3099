"""Snapshots plain and packed, and blocks so small that a small one has many."""

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from llmsurvey.harvest import deposit
from llmsurvey.sources import packing, snapshot_file


def packed_as(kind: str, folder: Path, data: bytes) -> Path:
    """Write data plain or packed."""
    path = folder / f"snapshot.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("arxiv-metadata-oai-snapshot.json", data)
            archive.writestr("__MACOSX/._arxiv-metadata-oai-snapshot.json", b"not for us")
        return path
    pack: dict[str, Callable[[bytes], bytes]] = {
        "jsonl": bytes,
        "gz": gzip.compress,
        "zst": zstandard.ZstdCompressor().compress,
    }
    path.write_bytes(pack[kind](data))
    return path


def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut files into blocks of some dozen records, each committed by itself."""
    monkeypatch.setattr(deposit, "_BLOCKS_AT_ONCE", 1)
    for module in (snapshot_file, packing):
        monkeypatch.setattr(module, "BLOCK", 50_000)
    monkeypatch.setattr(snapshot_file, "FIRST_BLOCK", 5_000)
