"""Files of curated facts, read into raw entries: which tables there are, and what makes two entries the same."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import msgspec

from llmsurvey.knowledge.edge import Edge, Relation
from llmsurvey.knowledge.fact import PACKAGE, Source
from llmsurvey.knowledge.finding import Finding, nearest
from llmsurvey.knowledge.milestones import Mark
from llmsurvey.knowledge.model import Model
from llmsurvey.knowledge.stage import Ability, ChronicleEntry, Stage, Technique
from llmsurvey.knowledge.toml import NotTomlError, tables
from llmsurvey.paper import folded

_LARGEST_FILE = 200_000_000
"""Bytes. Fifty thousand edges take six million."""


@dataclass(frozen=True)
class Table:
    """One kind of entry: the record it becomes, and the fields that name it."""

    record: type[msgspec.Struct]
    identity: tuple[str, ...] = ("name",)

    @cached_property
    def fields(self) -> frozenset[str]:
        """The keys an entry may have."""
        known = {field.encode_name for field in msgspec.structs.fields(self.record)}
        return frozenset(known - {"origins"} | {"hide"})

    @cached_property
    def required(self) -> frozenset[str]:
        """The keys a whole record must have, after all files are merged."""
        return frozenset(field.encode_name for field in msgspec.structs.fields(self.record) if field.required)

    @cached_property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """The words that a field may hold, of the fields that hold one of a few."""
        found: dict[str, tuple[str, ...]] = {}
        for each in msgspec.structs.fields(self.record):
            for kind in (each.type, *get_args(each.type)):
                if isinstance(kind, type) and issubclass(kind, StrEnum):
                    found[each.encode_name] = tuple(kind)
        return found


TABLES = {
    "source": Table(Source, ("key",)),
    "relation": Table(Relation),
    "model": Table(Model),
    "edge": Table(Edge, ("from", "to", "relation")),
    "stage": Table(Stage),
    "ability": Table(Ability),
    "technique": Table(Technique),
    "chronicle": Table(ChronicleEntry),
    "milestone": Table(Mark, ("model",)),
}
"""The tables that a file may hold, in the order in which they are checked."""

PACKAGED = (
    "sources",
    "relations",
    "models",
    "lineage",
    "stages",
    "abilities",
    "techniques",
    "chronicle",
    "milestones",
)
"""The package's own files of such tables, in data/."""


@dataclass(slots=True)
class Entry:
    """One `[[table]]` of one file, not yet checked."""

    table: str
    file: str
    values: dict[str, Any]
    hide: bool = field(default=False)

    @property
    def title(self) -> str:
        """The entry in words, for messages."""
        return titled(self.table, self.values)


def titled(table: str, values: dict[str, Any]) -> str:
    """Name an entry in words: `model GPT-3`, `edge GPT-3 → Codex`."""
    if table == "edge":
        return f"edge {values.get('from', '?')} → {values.get('to', '?')}"
    return f"{table} {values.get(TABLES[table].identity[0], '?')}"


def packaged_entries(findings: list[Finding]) -> Iterator[Entry]:
    """Read the package's own files."""
    for name in PACKAGED:
        place = files("llmsurvey.knowledge").joinpath("data", f"{name}.toml")
        yield from _entries(place.read_bytes(), f"{PACKAGE}{name}.toml", findings)


def overlay_entries(path: Path, findings: list[Finding]) -> Iterator[Entry]:
    """Read a user's own file; what is wrong with it as a whole is a finding."""
    try:
        if path.stat().st_size > _LARGEST_FILE:
            findings.append(Finding(str(path), "", "the file is too large", "split it"))
            return
        raw = path.read_bytes()
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        findings.append(Finding(str(path), "", f"cannot be read: {reason}", "check the path"))
        return
    yield from _entries(raw, str(path), findings)


def _entries(raw: bytes, file: str, findings: list[Finding]) -> Iterator[Entry]:
    try:
        found = tables(raw)
    except NotTomlError as fault:
        findings.append(Finding(file, "", f"is not TOML: {fault}", "entries look like [[model]], then name = ..."))
        return
    for table, rows in found.items():
        if table not in TABLES:
            findings.append(Finding(file, "", f"unknown table {table!r}", nearest(table, list(TABLES))))
        elif not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            findings.append(Finding(file, "", f"{table!r} is no list of entries", f"write [[{table}]] above each"))
        else:
            yield from (_entry(table, file, row, findings) for row in rows)


def _entry(table: str, file: str, values: dict[str, Any], findings: list[Finding]) -> Entry:
    """Take an entry's unknown keys and its `hide` out of its values."""
    shape = TABLES[table]
    for key in sorted(values.keys() - shape.fields) if not values.keys() <= shape.fields else ():
        findings.append(
            Finding(file, titled(table, values), f"unknown key {key!r}", nearest(key, sorted(shape.fields)))
        )
        del values[key]
    hide = values.pop("hide", False)
    if not isinstance(hide, bool):
        findings.append(Finding(file, titled(table, values), "hide is neither true nor false", "write hide = true"))
    if table != "source" and not hide and not values.get("source"):
        findings.append(Finding(file, titled(table, values), "no source", 'add source = "…", a key or a citation'))
    return Entry(table, file, values, hide is True)


@lru_cache(maxsize=65536)
def key_of(text: str) -> str:
    """Make the form in which names are compared: case and white space do not matter."""
    return folded(text).casefold()
