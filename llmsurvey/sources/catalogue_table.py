"""A public catalogue's CSV file, plain or packed, as rows with their line numbers.

Damage is refused before anything is taken: half a catalogue in place of a whole one would lose models silently.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from pathlib import Path

from llmsurvey.errors import Stop
from llmsurvey.knowledge.layer import Remark
from llmsurvey.paper import folded
from llmsurvey.sources.packing import unpacked
from llmsurvey.sources.snapshot_input import Counted, DamagedFile, Meter, SnapshotInput

_LARGEST_FILE = 200_000_000
"""Bytes, unpacked. The largest of the catalogues has eight million."""
_LARGEST_CELL = 1_000_000
"""Characters. The longest real cell has seven thousand."""
_MOST_ROWS = 200_000
_FORMULA_SIGNS = ("=", "@", "+", "-")
"""A spreadsheet would run such a name; no model is called so."""
_LONGEST_NAME = 300
"""Characters. The longest real name has 120."""
_SHOWN = 80
_AGAIN = "nothing has changed; download the file again"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a catalogue."""

    line: int
    """Its first line in the file, counted from 1."""
    name: str
    cells: dict[str, str]

    def cell(self, column: str) -> str:
        """Return a cell with white space folded; empty where the file has no such column."""
        return folded(self.cells.get(column, ""))


@dataclass(frozen=True, slots=True)
class CatalogueTable:
    """The rows of one file."""

    file: str
    sha256: str
    rows: tuple[Row, ...]
    rejects: tuple[Remark, ...]
    empty: tuple[Remark, ...]
    """Rows without a name in which nothing is said of a model; their publishers keep such lines."""


def table(path: Path, name: str, required: Sequence[str]) -> CatalogueTable:
    """Read a catalogue's file; `name` is the column with the entries' names, `required` are those it must have.

    Raises `Stop` for what is no such file, or not all of it. A row that cannot be read is among the rejects.
    """
    raw = _bytes(path)
    text = _text(raw, path)
    rows: list[Row] = []
    rejects: list[Remark] = []
    empty: list[Remark] = []
    for line, record in _records(text, path, name, required):
        taken = _row(line, record, name)
        if isinstance(taken, Row):
            rows.append(taken)
        elif isinstance(record, Remark) or any(record[column].strip() for column in (name, *required)):
            rejects += [taken] if taken else []
        elif taken:
            empty.append(taken)
        if len(rows) > _MOST_ROWS:
            raise Stop(f"{path.name} has more than {_MOST_ROWS:,} rows: no catalogue of models", hint=_AGAIN)
    if not rows:
        first = f"; line {rejects[0].line}: {rejects[0].reason}" if rejects else ""
        raise Stop(f"{path.name} holds no entry that could be read{first}", hint=_AGAIN)
    return CatalogueTable(path.name, sha256(path.read_bytes()).hexdigest(), tuple(rows), tuple(rejects), tuple(empty))


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise Stop(f"{path} is a folder", hint="name the catalogue's file in it")
    if not path.is_file():
        raise Stop(f"there is no file {path}", hint="check the path")
    source, meter = SnapshotInput(path), Meter()
    raw = bytearray()
    try:
        with path.open("rb") as file:
            for piece in unpacked(Counted(file, meter, hashed=False), source, meter):
                raw += piece
                if len(raw) > _LARGEST_FILE:
                    raise Stop(
                        f"{path.name} is larger than {_LARGEST_FILE:,} bytes: no catalogue of models",
                        hint="name the file that the publisher gives; `llmsurvey import` reads snapshots of arXiv",
                    )
    except DamagedFile as fault:
        raise Stop(fault.message, hint=_AGAIN) from fault
    except OSError as fault:
        raise Stop(f"{path} cannot be read: {fault.strerror}", hint="check its rights") from fault
    return bytes(raw)


def _text(raw: bytes, path: Path) -> str:
    """Decode a file; bytes that are no UTF-8 are kept as marks, so that their rows can be told."""
    if not raw.strip():
        raise Stop(f"{path.name} is empty", hint=_AGAIN)
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise Stop(f"{path.name} is UTF-16 text", hint="save it as UTF-8, as its publisher does")
    start = raw[:500].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] == b"<":
        raise Stop(f"{path.name} is a web page, not a CSV file", hint="download the file itself, not the page about it")
    if start[:1] in {b"{", b"["}:
        raise Stop(f"{path.name} is JSON, not a CSV file", hint="download the catalogue as CSV")
    return raw.decode("utf-8-sig", "surrogateescape")


def _records(
    text: str, path: Path, name: str, required: Sequence[str]
) -> Iterator[tuple[int, dict[str, str] | Remark]]:
    """Yield each row with its first line; a broken one as a remark."""
    before = csv.field_size_limit(_LARGEST_CELL)
    try:
        reader = csv.reader(StringIO(text, newline=""), strict=True)
        header = _header(reader, path, name, required)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as fault:
                if "field larger" in str(fault) or "unexpected end" in str(fault):
                    raise Stop(f"{path.name}, line {line}: {_in_words(fault)}", hint=_AGAIN) from fault
                yield line, Remark(line, "", f"is no CSV: {fault}")
                continue
            if len(cells) == len(header):
                yield line, dict(zip(header, cells, strict=True))
            elif cells:
                called = folded(cells[header.index(name)]) if header.index(name) < len(cells) else ""
                yield line, Remark(line, _shown(called), f"has {len(cells)} cells where the header has {len(header)}")
    finally:
        csv.field_size_limit(before)


def _header(reader: Iterator[list[str]], path: Path, name: str, required: Sequence[str]) -> list[str]:
    try:
        header = [folded(cell) for cell in next(reader)]
    except (csv.Error, StopIteration) as fault:
        raise Stop(f"{path.name} is no CSV file: {fault}", hint=_AGAIN) from fault
    missing = [column for column in (name, *required) if column not in header]
    if missing:
        raise Stop(
            f"{path.name} lacks the columns {', '.join(map(repr, missing))}",
            hint="is it the other catalogue's file? `llmsurvey models import --help` names both",
        )
    return header


def _in_words(fault: csv.Error) -> str:
    if "field larger" in str(fault):
        return f"a cell of more than {_LARGEST_CELL:,} characters: no catalogue of models, or a quote that never closes"
    return "the file ends inside a quoted cell: it is cut short"


def _row(line: int, record: dict[str, str] | Remark, column: str) -> Row | Remark | None:
    """Judge a row by its name; None for one in which nothing is said."""
    if isinstance(record, Remark):
        return record
    name = folded(record[column])
    said = [key for key, cell in record.items() if cell.strip()]
    if not said:
        return None
    fault = _fault(name, record, said)
    if fault:
        return Remark(line, _shown(name), fault)
    return Row(line, name, record)


def _shown(name: str) -> str:
    """Write a name for a message: short, and without signs that cannot be printed."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in name[:_SHOWN])


def _fault(name: str, record: dict[str, str], said: Sequence[str]) -> str:
    """Say why a row cannot be taken; nothing where it can."""
    if any("\udc80" <= letter <= "\udcff" for cell in record.values() for letter in cell):
        return "holds bytes that are no UTF-8 text"
    if not name:
        return f"has no name, only {_shown(', '.join(said[:4]))}"
    if name.startswith(_FORMULA_SIGNS):
        return "begins like a spreadsheet's formula"
    if not name.isprintable():
        return "has control characters in its name"
    return f"has a name of {len(name):,} characters" if len(name) > _LONGEST_NAME else ""
