"""A snapshot file as blocks of whole lines, whatever it is packed in: plain, gzip, zip, zstd, or standard input.

Memory stays flat: a block is a few megabytes, and a line longer than `LONGEST_LINE` is cut short on the way, to be
rejected as no JSON. What was whole before a fault is handed out first; then the fault is raised.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import BinaryIO

from llmsurvey.errors import BadUsage, Stop
from llmsurvey.sources.packing import unpacked
from llmsurvey.sources.snapshot_input import BLOCK, Counted, DamagedFile, Meter, SnapshotInput

FIRST_BLOCK = 256 << 10
"""The first block is small, so that a file without records is known soon."""
LONGEST_LINE = 4 << 20
"""Bytes a line may have; those of real records stay below one megabyte."""
_NO_RECORDS = {
    b"<!": "an HTML or XML page",
    b"<h": "an HTML page",
    b"<?": "an XML file",
    b"\x89P": "a PNG image",
    b"\xff\xd8": "a JPEG image",
    b"GI": "a GIF image",
    b"%P": "a PDF",
    b"BZ": "a bzip2 archive",
    b"\xfd7": "an xz archive",
    b"\x7fE": "a program",
    b"SQ": "a database",
    b"[{": "a JSON array",
    b"[\n": "a JSON array",
    b"[\r": "a JSON array",
    b"[ ": "a JSON array",
    b"[]": "a JSON array",
}


_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_PACKED = (b"\x1f\x8b", b"\x28\xb5", b"PK", *(bytes((first,)) + b"\x2a" for first in range(0x50, 0x60)))
_SHRINKING = 3
"""How many times shorter records are when packed, at least."""


def checked(argument: str) -> SnapshotInput:
    """Look at what a user named: a file that may hold records, or `-`. Anything else is a `BadUsage` or `Stop`."""
    if argument == "-":
        return SnapshotInput(None)
    path = Path(argument).expanduser()
    hint = "name the snapshot: a .json, .jsonl, .gz, .zip or .zst file, or - for standard input"
    try:
        kind = path.stat().st_mode
    except (OSError, ValueError) as error:  # ValueError: NUL in a name
        raise BadUsage(f"there is no file {str(path)[:200]!r} to be read ({error.args[-1]})", hint=hint) from error
    if S_ISDIR(kind):
        raise BadUsage(f"{path} is a folder", hint=hint)
    if not S_ISREG(kind):
        raise BadUsage(f"{path} is a pipe or a device, not a file", hint="pipe the data into: llmsurvey import -")
    with _readable(path) as file:
        start = file.read(2)
    if not start:
        raise Stop(f"{path} is empty", hint="download it again: the public snapshot has several gigabytes")
    if start in _NO_RECORDS:
        raise Stop(f"{path} is {_NO_RECORDS[start]}, not a snapshot", hint=hint)
    return SnapshotInput(path)


def likely_length(source: SnapshotInput) -> int:
    """Return about how many bytes of text a file holds; 0 for standard input, which tells nothing of it."""
    if source.path is None:
        return 0
    with _readable(source.path) as file:
        return source.size() * (_SHRINKING if file.read(2).startswith(_PACKED) else 1)


@contextmanager
def _readable(path: Path | None) -> Iterator[BinaryIO]:
    if path is None:
        if sys.stdin is None:
            raise Stop("standard input is closed", hint="pipe the data into: llmsurvey import -")
        yield sys.stdin.buffer
        return
    try:
        with path.open("rb") as file:
            yield file
    except PermissionError as error:
        raise Stop(f"{path} may not be read", hint="give yourself read access to it") from error
    except OSError as error:
        raise Stop(f"{path} cannot be read: {error.strerror}", hint="check the disk, then try again") from error


@dataclass(frozen=True, slots=True)
class Span:
    """A block that still lies in its file, for whoever works on it to read."""

    path: Path
    offset: int
    length: int

    def __len__(self) -> int:
        """Return how many bytes it has."""
        return self.length

    def opened(self) -> BinaryIO:
        """Open the file where the block begins; it goes on behind the block."""
        file = self.path.open("rb")
        file.seek(self.offset)
        return file


def blocks(source: SnapshotInput, meter: Meter) -> Iterator[bytes | Span]:
    """Yield the text of a file in blocks that end at a line's end. Raises `DamagedFile` behind the last good block."""
    with _readable(source.path) as file:
        if source.path is not None and not file.read(2).startswith(_PACKED):
            yield from _spans(file, source.path, meter)
            return
        if source.path is not None:
            file.seek(0)
        counted = Counted(file, meter, hashed=source.path is None)
        try:
            yield from _whole_lines(unpacked(counted, source, meter))
        finally:
            counted.note_digests()  # what was read of damaged input is known again, too


def _spans(file: BinaryIO, path: Path, meter: Meter) -> Iterator[Span]:
    """Cut a plain file at line ends without reading more of it than the lines at the cuts.

    Of a line that is too long the span has the beginning, by which it is known as such.
    """
    offset, wanted, size = 0, FIRST_BLOCK, path.stat().st_size
    file.seek(0)
    if file.read(len(_BYTE_ORDER_MARK)) == _BYTE_ORDER_MARK:
        offset = len(_BYTE_ORDER_MARK)
    while offset < size:
        file.seek(min(offset + wanted, size))
        tail = file.readline(LONGEST_LINE)
        length = file.tell() - offset
        while tail and not tail.endswith(b"\n"):
            tail = file.readline(LONGEST_LINE)
        yield Span(path, offset, length)
        offset = meter.packed = file.tell()
        wanted = BLOCK


def _whole_lines(data: Iterator[bytes]) -> Iterator[bytes]:
    """Gather pieces of text into blocks that end at a line's end; the last line needs none.

    A fault passes behind the lines that were whole before it.
    """
    held: list[bytes] = []
    size, wanted = 0, FIRST_BLOCK
    try:
        for piece in _without_mark(data):
            end = piece.rfind(b"\n") + 1
            if end and size + len(piece) >= wanted:
                yield b"".join((*held, piece[:end]))
                held, size, wanted = [piece[end:]], len(piece) - end, BLOCK
            elif size <= BLOCK + LONGEST_LINE:  # else all of it belongs to a line that is too long already
                held.append(piece)
                size += len(piece)
    except DamagedFile:
        whole = b"".join(held)
        if end := whole.rfind(b"\n") + 1:
            yield whole[:end]
        raise
    if size:
        yield b"".join(held)


def _without_mark(data: Iterator[bytes]) -> Iterator[bytes]:
    for first in data:
        yield first.removeprefix(_BYTE_ORDER_MARK)
        break
    yield from data
