"""How commands print: one record or many rows, as JSON, an aligned table or CSV. Data only, on standard output."""

import csv
import dataclasses
import json
import math
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from functools import singledispatch
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import TextIO

import msgspec
from rich.cells import cell_len, set_cell_size

from llmsurvey.errors import Stop
from llmsurvey.month import Month
from llmsurvey.phrase import Phrase

_GAP = "  "
_NARROWEST = 8
"""Columns of the terminal that a text column keeps, however narrow the terminal is."""
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet runs a cell that begins with one of these (OWASP, "CSV Injection")."""


@singledispatch
def plain(value: object) -> object:
    """Return a value as JSON has it: records become objects, dates ISO-8601 text, a number that is none null."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, msgspec.Struct):
        return {name: plain(getattr(value, name)) for name in value.__struct_fields__}
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"no JSON form is known for {type(value).__name__}")


@plain.register
def _(value: float) -> object:
    return value if math.isfinite(value) else None


@plain.register
def _(value: Enum) -> object:
    return plain(value.value)


@plain.register(Month)
@plain.register(Phrase)
@plain.register(Path)
def _(value: object) -> object:
    return value.text if isinstance(value, Phrase) else str(value)


@plain.register
def _(value: date) -> object:
    return value.isoformat()


@plain.register
def _(value: datetime) -> object:
    text = value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
    return text.replace("+00:00", "Z")


@plain.register(Mapping)
def _(value: Mapping[object, object]) -> object:
    return {str(plain(key)): plain(entry) for key, entry in value.items()}


@plain.register(list)
@plain.register(tuple)
def _(value: Sequence[object]) -> object:
    return [plain(entry) for entry in value]


def as_json(value: object) -> str:
    """Write a record, or a list of them, as JSON; letters stay as they are."""
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False, indent=2)


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write rows as CSV (RFC 4180); text that a spreadsheet would run as a formula is made harmless by a quote sign."""
    sheet = StringIO()
    writer = csv.writer(sheet)
    writer.writerow(columns)
    writer.writerows([_sheet_cell(value) for value in row] for row in rows)
    return sheet.getvalue()


def as_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], width: int | None = None, *, whole: int = 0
) -> str:
    """Align rows under their columns, numbers to the right; `width` cuts text columns to fit, None cuts nothing.

    The first `whole` columns are never cut: an identifier without its end names nothing.
    """
    body = [list(row) for row in rows]
    right = [bool(body) and all(_is_number(row[i]) for row in body) for i in range(len(columns))]
    lines = [list(columns), *([cell_text(value) for value in row] for row in body)]
    widths = [max(cell_len(line[i]) for line in lines) for i in range(len(columns))]
    if width is not None:
        widths = _fitting(
            widths, [i < whole or right[i] for i in range(len(right))], width - len(_GAP) * (len(columns) - 1)
        )
    return "\n".join(_GAP.join(map(_aligned, line, widths, right)).rstrip() for line in lines)


def cell_text(value: object) -> str:
    """Write one value for a table's cell, on one line."""
    match value:
        case None:
            return "-"
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.6g}" if math.isfinite(value) else "-"
        case list() | tuple():
            return ", ".join(cell_text(entry) for entry in value)
    return " ".join(harmless(str(plain(value))).split())


def harmless(text: str) -> str:
    """Replace what could steer a terminal: control characters but line ends, and signs that turn writing around."""
    return "".join(
        sign if sign == "\n" or sign.isprintable() or _is_quiet(sign) else "\N{REPLACEMENT CHARACTER}" for sign in text
    )


def print_text(text: str) -> None:
    """Print text and a line end."""
    _standard_output().write(f"{text}\n")


def print_pieces(pieces: Iterable[str]) -> None:
    """Print pieces of a text as they come; line ends are their own."""
    output = _standard_output()
    if isinstance(output, TextIOWrapper):
        output.reconfigure(newline="")
    output.writelines(pieces)


def _standard_output() -> TextIO:
    if sys.stdout is None:
        raise Stop("standard output is closed, so that the answer has nowhere to go", hint="do not close it")
    return sys.stdout


def print_json(value: object) -> None:
    """Print JSON."""
    print_text(as_json(value))


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print CSV."""
    print_text(as_csv(columns, rows).removesuffix("\r\n") + "\r")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, whole: int = 0) -> None:
    """Print a table: cut to a terminal's width but for the first `whole` columns, all of it to a file or a pipe."""
    to_terminal = sys.stdout is not None and sys.stdout.isatty()
    print_text(as_table(columns, rows, shutil.get_terminal_size().columns if to_terminal else None, whole=whole))


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _is_quiet(sign: str) -> bool:
    """Tell whether a sign that is not printable in Python's eyes is white space or joins letters."""
    return sign in " \t\u200c\u200d" or unicodedata.category(sign) == "Zs"


def _sheet_cell(value: object) -> object:
    """Return what a CSV cell holds."""
    ready = plain(value)
    if isinstance(ready, str):
        return f"'{ready}" if ready.startswith(_FORMULA_SIGNS) else ready
    return "; ".join(map(str, ready)) if isinstance(ready, list) else ready


def _fitting(widths: Sequence[int], kept: Sequence[bool], room: int) -> list[int]:
    """Take from the widest text column until all fit, or none can give more."""
    fitted = list(widths)
    while sum(fitted) > room:
        widest = max((i for i in range(len(fitted)) if not kept[i]), key=lambda i: fitted[i], default=None)
        if widest is None or fitted[widest] <= _NARROWEST:
            break
        fitted[widest] -= 1
    return fitted


def _aligned(text: str, width: int, right: bool) -> str:
    """Bring a cell to its width; what is cut is marked."""
    missing = width - cell_len(text)
    if missing < 0:
        return set_cell_size(text, width - 1) + "…"
    return " " * missing + text if right else text + " " * missing
