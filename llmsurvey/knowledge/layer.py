"""A public catalogue as it was imported: its entries in this program's words, before they meet the curated facts.

A layer is kept as one JSON file beside the database. Matching happens when it is loaded, not when it is imported: a
renewed package or a new overlay meets the same entries.
"""

from enum import StrEnum
from pathlib import Path

import msgspec

from llmsurvey.errors import Stop
from llmsurvey.knowledge.model import Access

CATALOGUES = ("epoch", "ecosystem-graphs")
"""The catalogues that can be imported; the first one lies lowest, so that its values are shown."""
_FORMAT = 1


class AssetKind(StrEnum):
    """What an entry of a catalogue is."""

    MODEL = "model"
    DATASET = "dataset"
    APPLICATION = "application"


class Asset(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry of a catalogue; None and empty stand for "not stated"."""

    line: int
    """First line of the entry in the file, counted from 1."""
    name: str
    kind: AssetKind = AssetKind.MODEL
    organisation: str | None = None
    date: str | None = None
    arxiv: str | None = None
    url: str | None = None
    parameters: int | None = None
    active_parameters: int | None = None
    training_tokens: int | None = None
    access: Access | None = None
    domains: tuple[str, ...] = ()
    """Fields of use or forms of data, in lower case: `language`, `vision`."""
    confidence: str | None = None
    """How sure the catalogue is of its numbers, in its own word."""
    bases: tuple[str, ...] = ()
    """Names of what it is made from, as the catalogue spells them."""


class Remark(msgspec.Struct, frozen=True):
    """A row that was rejected, or a value that was left out of a row that was taken."""

    line: int
    name: str
    """The entry's name; empty where it has none."""
    reason: str


class Layer(msgspec.Struct, frozen=True, kw_only=True):
    """One imported catalogue."""

    format: int = _FORMAT
    catalogue: str
    """One of `CATALOGUES`."""
    source: str
    """Key of the work that facts of this layer cite."""
    file: str
    """Name of the file that was imported."""
    sha256: str
    """Of the file as it lay on the disk."""
    data_date: str | None
    """Latest date of an entry."""
    assets: tuple[Asset, ...]
    rejects: tuple[Remark, ...] = ()
    """Rows, and values, that could not be taken; a whole import has none."""
    remarks: tuple[Remark, ...] = ()
    """Free text that says no size or no date, and rows that say nothing of a model; nothing else is lost."""

    def origin(self, asset: Asset) -> str:
        """Tell where an entry stands."""
        return f"{self.catalogue}: {self.file}, line {asset.line}"

    def citation(self, asset: Asset) -> str:
        """Name an entry as a source: the work's key, and the entry's name as the place in it."""
        return f'{self.source}, "{asset.name}"'


class DamagedLayer(Stop):
    """The file of an imported catalogue cannot be read."""


def encoded(layer: Layer) -> bytes:
    """Write a layer, an entry a line, so that two versions can be compared with `diff`."""
    head = msgspec.to_builtins(layer)
    head["assets"] = []
    whole = msgspec.json.encode(head)
    lines = b",\n".join(msgspec.json.encode(asset) for asset in layer.assets)
    return whole.replace(b'"assets":[]', b'"assets":[\n' + lines + b"\n]", 1) + b"\n"


def decoded(raw: bytes, path: Path) -> Layer:
    """Read a layer back; `DamagedLayer` names the file and the remedy."""
    try:
        layer = msgspec.json.decode(raw, type=Layer)
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise DamagedLayer(f"{path} is no imported catalogue: {fault}", hint="import the catalogue again") from fault
    if layer.format != _FORMAT or layer.catalogue not in CATALOGUES:
        raise DamagedLayer(f"{path} was written by another version of this program", hint="import the catalogue again")
    return layer
