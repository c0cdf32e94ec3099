"""Stanford CRFM's Ecosystem Graphs, the table of all assets: rows into entries.

Sizes are free text; dependencies are a list as Python writes it; `type` parts models, data sets and applications.
"""

import ast
import re
from collections.abc import Sequence
from datetime import date

from llmsurvey.knowledge.layer import Asset, AssetKind, Remark
from llmsurvey.knowledge.model import Access
from llmsurvey.paper import folded
from llmsurvey.sources.catalogue_table import Row
from llmsurvey.sources.cells import UnreadableError, arxiv_id, day, parts, size, stated, web_address

NAME = "name"
REQUIRED = ("type", "organization", "created_date", "size", "access", "dependencies", "modality")

_OPEN_LICENCE = re.compile(
    r"apache|\bmit\b|bsd|\bcc\b|cc[- ]by|creative commons|gpl|rail|llama|gemma|community|unlicense", re.IGNORECASE
)
"""Licences under which weights are given away. "Open" alone also stands for products that anyone may use."""
_LONGEST_LIST = 20_000
"""Characters of a list of dependencies; the longest real one has nine hundred."""


def assets(rows: Sequence[Row], latest: date) -> tuple[list[Asset], list[Remark], list[Remark]]:
    """Make entries of rows; return also the values that were rejected, and sizes and dates in free text."""
    made: list[Asset] = []
    rejected: list[Remark] = []
    remarks: list[Remark] = []
    for row in rows:
        try:
            made.append(_asset(row, latest, rejected, remarks))
        except ValueError:
            rejected.append(Remark(row.line, row.name, f"type: {row.cell('type')[:60]!r} is not known"))
    return made, rejected, remarks


def _asset(row: Row, latest: date, rejected: list[Remark], remarks: list[Remark]) -> Asset:
    kind = AssetKind(row.cell("type").casefold())
    parameters = active = when = None
    bases: tuple[str, ...] = ()
    try:
        bases = _names(row.cells["dependencies"])
    except UnreadableError as fault:
        rejected.append(Remark(row.line, row.name, str(fault)))
    try:
        when = day(row.cell("created_date"), latest)
    except UnreadableError as fault:
        remarks.append(Remark(row.line, row.name, f"created_date: {fault}"))
    if kind is AssetKind.MODEL:
        try:
            parameters, active = size(row.cell("size"))
        except UnreadableError as fault:
            remarks.append(Remark(row.line, row.name, str(fault)))
    return Asset(
        line=row.line,
        name=row.name,
        kind=kind,
        organisation=stated(row.cell("organization")),
        date=when,
        arxiv=arxiv_id(row.cell("url")),
        url=web_address(row.cell("url")),
        parameters=parameters,
        active_parameters=active,
        access=_access(row),
        domains=_forms(row.cell("modality")),
        bases=bases,
    )


def _names(text: str) -> tuple[str, ...]:
    """Read a list of names as Python writes it."""
    if not text.strip():
        return ()
    try:
        found = ast.literal_eval(text.strip()) if len(text) <= _LONGEST_LIST else None
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        found = None
    if not isinstance(found, list) or not all(isinstance(name, str) for name in found):
        raise UnreadableError(f"dependencies: {text[:60]!r} is no list of names")
    return tuple(dict.fromkeys(name for each in found if (name := folded(each))))


def _access(row: Row) -> Access | None:
    """Read who may use it. `limited` stands for an API and for weights on request alike, and so tells neither."""
    stated = row.cell("access").casefold()
    if stated == "closed":
        return Access.CLOSED
    if stated == "open" and row.cell("type").casefold() == "model" and _OPEN_LICENCE.search(row.cell("license")):
        return Access.OPEN_WEIGHTS
    return None


def _forms(modality: str) -> tuple[str, ...]:
    """Read `image, text; text` as what it works on; text and code are language."""
    words = parts(modality.replace(";", ","), ())
    names = (re.sub(r"\s*\(.*\)", "", word).casefold() for word in words)
    known = ("language" if name in {"text", "code"} else name for name in names if name != "unknown")
    return tuple(dict.fromkeys(known))
