"""Putting full-text indexes of different rows together: FTS5's own records, read and written. Pure but for `add`.

FTS5 keeps an index as segments, which it searches one by one and merges as it grows. Indexes of rows that do not meet
become one by numbering their segments through, adding up their totals, and listing all segments. The records are laid
out in `fts5_index.c` and `fts5_storage.c` of SQLite; `fts5_main.c` calls this version 4 of the format.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

TOTALS: Final = 1
"""Row of the `data` table with the number of rows and the tokens of each column."""
STRUCTURE: Final = 10
"""Row of the `data` table that lists the segments."""
SEGMENT_BIT: Final = 37
"""Rows of the `data` table with the pages of a segment begin with its number, from this bit on."""
_A_LEVEL: Final = 8
"""Segments that are listed as equally large. FTS5 merges sixteen of them at once, which takes seconds."""
_NEWER_FORMAT: Final = b"\xff\x00\x00\x01"


class UnknownFormat(Exception):  # noqa: N818 - a verdict, answered by building the index otherwise
    """A record that is not laid out as known."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment: its number, and its first and last page."""

    number: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Structure:
    """The segments of an index, from the oldest to the newest."""

    cookie: bytes
    """Four bytes that tell whether settings have changed."""
    written: int
    """Pages that were ever written."""
    segments: tuple[Segment, ...]


def structure_of(record: bytes) -> Structure:
    """Read the list of an index's segments."""
    cookie, numbers = record[:4], _numbers(record[4:])
    if record[4:8] == _NEWER_FORMAT:
        raise UnknownFormat("a list of segments of a newer format")
    try:
        levels, total, written = next(numbers), next(numbers), next(numbers)
        found: list[Segment] = []
        for _ in range(levels):
            merging, segments = next(numbers), next(numbers)
            if merging:
                raise UnknownFormat("segments that are being merged")
            # Lower levels are newer.
            found[:0] = [Segment(next(numbers), next(numbers), next(numbers)) for _ in range(segments)]
    except StopIteration as error:
        raise UnknownFormat("a list of segments that ends too early") from error
    if len(found) != total or next(numbers, None) is not None:
        raise UnknownFormat("a list of segments that does not add up")
    return Structure(cookie, written, tuple(found))


def record_of(structure: Structure) -> bytes:
    """Write the list of an index's segments."""
    segments = structure.segments
    first = len(segments) % _A_LEVEL
    # From the newest level to the oldest; only the newest may have fewer segments than the others.
    parts = [segments[at : at + _A_LEVEL] for at in range(0, len(segments) - first, _A_LEVEL)]
    levels = [segments[len(segments) - first :], *reversed(parts)]
    numbers = [len(levels), len(segments), structure.written]
    for level in levels:
        numbers += [0, len(level)]
        for each in level:
            numbers += [each.number, each.first, each.last]
    return structure.cookie + b"".join(map(_varint, numbers))


def added_up(records: Sequence[bytes]) -> bytes:
    """Add up the totals of indexes: rows, then tokens by column."""
    totals = [tuple(_numbers(record)) for record in records if record]
    if len({len(each) for each in totals}) > 1:
        raise UnknownFormat("totals of indexes that differ in their columns")
    return b"".join(_varint(sum(column)) for column in zip(*totals, strict=True))


def add(connection: sqlite3.Connection, table: str, part: str) -> None:
    """Add to the index of the main database that of the attached database `part`, which has rows of its own.

    Query it through another connection: FTS5 keeps the list of segments in mind as long as its own does not write it.
    """
    main, other = (_records(connection, f"{name}.{table}") for name in ("main", part))
    known, new = structure_of(main[STRUCTURE]), structure_of(other[STRUCTURE])
    shift = max((each.number for each in known.segments), default=0)
    shifted = (Segment(each.number + shift, each.first, each.last) for each in new.segments)
    both = Structure(known.cookie, known.written + new.written, (*known.segments, *shifted))
    connection.execute(
        f"INSERT INTO main.{table}_data SELECT id + ?, block FROM {part}.{table}_data WHERE id > ? ORDER BY id",
        (shift << SEGMENT_BIT, STRUCTURE),
    )
    connection.execute(
        f"INSERT INTO main.{table}_idx SELECT segid + ?, term, pgno FROM {part}.{table}_idx ORDER BY segid, term",
        (shift,),
    )
    connection.execute(f"INSERT INTO main.{table}_docsize SELECT * FROM {part}.{table}_docsize ORDER BY id")
    totals = added_up([main.get(TOTALS, b""), other[TOTALS]])
    for row, record in ((TOTALS, totals), (STRUCTURE, record_of(both))):
        connection.execute(f"INSERT OR REPLACE INTO main.{table}_data (id, block) VALUES (?, ?)", (row, record))


def _records(connection: sqlite3.Connection, table: str) -> dict[int, bytes]:
    asked = f"SELECT id, block FROM {table}_data WHERE id IN (?, ?)"
    return dict(connection.execute(asked, (TOTALS, STRUCTURE)))


def _numbers(record: bytes) -> Iterator[int]:
    """Read SQLite's numbers of variable length: seven bits a byte, the first bit tells that another byte follows."""
    number = length = 0
    for byte in record:
        length += 1
        if length == 9:  # noqa: PLR2004 - the last of nine bytes has eight bits
            yield number << 8 | byte
            number = length = 0
            continue
        number = number << 7 | byte & 0x7F
        if byte < 0x80:  # noqa: PLR2004 - the first bit
            yield number
            number = length = 0
    if length:
        raise UnknownFormat("a number that ends too early")


def _varint(number: int) -> bytes:
    if number >= 1 << 56:
        return bytes((0x80 | number >> shift & 0x7F) for shift in range(57, 7, -7)) + bytes((number & 0xFF,))
    septets = [number & 0x7F]
    while number := number >> 7:
        septets.append(number & 0x7F | 0x80)
    return bytes(reversed(septets))
