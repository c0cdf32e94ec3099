"""A snapshot file as blocks of whole lines, whatever it is packed in: plain, gzip, zip, zstd, or standard input.

Memory stays flat: a block is a few megabytes, and a line longer than `LONGEST_LINE` is cut short on the way, to be
rejected as no JSON. What was whole before a fault is handed out first; then the fault is raised.
"""

import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import BinaryIO, Protocol

import zstandard

from llmsurvey.errors import BadUsage, Stop

BLOCK = 8 << 20
"""Bytes of text in one block, about five thousand records."""
LONGEST_LINE = 16 << 20
_LARGEST_EXPANSION = 200
"""Packed records shrink to a third or a fifth; an archive that grows more than this is a bomb."""
_BOMBS_FROM = 256 << 20
"""Bytes unpacked before expansion is judged."""
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
}


_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_PACKED = (b"\x1f\x8b", b"\x28\xb5", b"PK")


class DamagedFile(Stop):
    """A file that ends before its end, or whose packing is damaged; the blocks before the damage are good."""


class Source(Protocol):
    """Something bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes, none at the end."""


@dataclass(frozen=True, slots=True)
class SnapshotInput:
    """A file to read, or standard input for `-`."""

    path: Path | None

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.path.name if self.path else "standard input"

    def size(self) -> int:
        """Bytes as they lie on the disk; 0 for standard input, which tells no size."""
        return self.path.stat().st_size if self.path else 0

    def digest(self) -> str:
        """Return the SHA-256 of the file as it lies on the disk; empty for standard input, which is read only once."""
        if self.path is None:
            return ""
        with self.path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()


def checked(argument: str) -> SnapshotInput:
    """Look at what a user named: a file that may hold records, or `-`. Anything else is a `BadUsage` or `Stop`."""
    if argument == "-":
        return SnapshotInput(None)
    path = Path(argument).expanduser()
    hint = "name the snapshot: a .json, .jsonl, .gz, .zip or .zst file, or - for standard input"
    if not path.exists():
        raise BadUsage(f"there is no file {path}", hint=hint)
    if path.is_dir():
        raise BadUsage(f"{path} is a folder", hint=hint)
    with _readable(path) as file:
        start = file.read(2)
    if not start:
        raise Stop(f"{path} is empty", hint="download it again: the public snapshot has several gigabytes")
    if start in _NO_RECORDS:
        raise Stop(f"{path} is {_NO_RECORDS[start]}, not a snapshot", hint=hint)
    return SnapshotInput(path)


@contextmanager
def _readable(path: Path | None) -> Iterator[BinaryIO]:
    if path is None:
        yield sys.stdin.buffer
        return
    try:
        with path.open("rb") as file:
            yield file
    except PermissionError as error:
        raise Stop(f"{path} may not be read", hint="give yourself read access to it") from error


@dataclass(frozen=True, slots=True)
class Span:
    """A block that still lies in its file, for whoever works on it to read."""

    path: Path
    offset: int
    length: int

    def read(self) -> bytes:
        """Return the block."""
        with self.path.open("rb") as file:
            file.seek(self.offset)
            data = file.read(self.length)
        return data.removeprefix(_BYTE_ORDER_MARK) if self.offset == 0 else data


@dataclass(slots=True)
class Meter:
    """How far a file has been read, for a progress bar and for the ledger."""

    packed: int = 0
    """Bytes read from the disk."""
    digest: str = ""
    """SHA-256 of all that was read; set at the end of standard input, which cannot be read twice."""


def blocks(source: SnapshotInput, meter: Meter) -> Iterator[bytes | Span]:
    """Yield the text of a file in blocks that end at a line's end. Raises `DamagedFile` behind the last good block."""
    with _readable(source.path) as file:
        if source.path is not None and not file.read(2).startswith(_PACKED):
            yield from _spans(file, source.path, meter)
            return
        if source.path is not None:
            file.seek(0)
        counted = _Counted(file, meter, hashed=source.path is None)
        yield from _whole_lines(_unpacked(counted, source, meter))
        if source.path is None:
            meter.digest = counted.hash.hexdigest()


def _spans(file: BinaryIO, path: Path, meter: Meter) -> Iterator[Span]:
    """Cut a plain file at line ends without reading more of it than the lines at the cuts."""
    offset, size = 0, path.stat().st_size
    while offset < size:
        file.seek(min(offset + BLOCK, size))
        while (tail := file.readline(LONGEST_LINE)) and not tail.endswith(b"\n"):
            pass
        end = file.tell()
        yield Span(path, offset, end - offset)
        offset = meter.packed = end


class _Counted:
    """A reader that counts, and hashes where the bytes pass only once."""

    def __init__(self, file: BinaryIO, meter: Meter, *, hashed: bool) -> None:
        self._file, self._meter, self._hashed = file, meter, hashed
        self._ahead = b""
        self.hash = sha256()

    def peek(self, size: int) -> bytes:
        while len(self._ahead) < size and (more := self._file.read(size - len(self._ahead))):
            self._ahead += more
        return self._ahead

    def read(self, size: int, /) -> bytes:
        data, self._ahead = (self._ahead, b"") if self._ahead else (self._file.read(size), b"")
        self._meter.packed += len(data)
        if self._hashed:
            self.hash.update(data)
        return data


def _unpacked(file: "_Counted", source: SnapshotInput, meter: Meter) -> Iterator[bytes]:
    start = file.peek(4)
    if start[:2] == b"\x1f\x8b":
        packed = _inflated(file)
    elif start == b"\x28\xb5\x2f\xfd":
        packed = _zstandard(file)
    elif start == b"PK\x03\x04":
        packed = _zipped(source, meter)
    else:
        while data := file.read(BLOCK):
            yield data
        return
    yield from _bounded(_faults_named(packed, source), source, meter)


def _bounded(data: Iterator[bytes], source: SnapshotInput, meter: Meter) -> Iterator[bytes]:
    unpacked = 0
    for piece in data:
        unpacked += len(piece)
        if unpacked > max(_BOMBS_FROM, _LARGEST_EXPANSION * meter.packed):
            raise DamagedFile(
                f"{source.name} unpacks to over {_LARGEST_EXPANSION} times its size: an archive bomb, not a snapshot",
                hint="nothing more is read from it; download the snapshot again",
            )
        yield piece


def _faults_named(data: Iterator[bytes], source: SnapshotInput) -> Iterator[bytes]:
    try:
        yield from data
    except (EOFError, zlib.error, zstandard.ZstdError, zipfile.BadZipFile) as error:
        raise DamagedFile(
            f"{source.name} is cut short or damaged: {error}",
            hint="what was whole before is kept; download the file again and import it",
        ) from error


def _inflated(file: Source) -> Iterator[bytes]:
    """Unpack gzip, member after member, a bounded piece at a time."""
    inflate, packed, inside = zlib.decompressobj(wbits=31), b"", False
    while packed or (packed := file.read(1 << 20)):
        inside = True
        data = inflate.decompress(packed, BLOCK)
        if data:
            yield data
        packed = inflate.unconsumed_tail
        if inflate.eof:
            packed, inside = inflate.unused_data.lstrip(b"\0"), False
            inflate = zlib.decompressobj(wbits=31)
    if inside:
        yield inflate.flush()
        raise EOFError("the archive ends before its end mark")


def _zstandard(file: Source) -> Iterator[bytes]:
    """Unpack zstd, frame after frame. Pieces are small, as one piece of input cannot be unpacked in parts."""
    frame, inside = zstandard.ZstdDecompressor(max_window_size=1 << 31).decompressobj(), False
    pending = b""
    while packed := pending or file.read(1 << 14):
        pending, inside = b"", True
        data = frame.decompress(packed)
        if data:
            yield data
        if frame.eof:
            pending, inside = frame.unused_data, False
            frame = zstandard.ZstdDecompressor(max_window_size=1 << 31).decompressobj()
    if inside:
        raise EOFError("the archive ends before its end mark")


def _zipped(source: SnapshotInput, meter: Meter) -> Iterator[bytes]:
    if source.path is None:
        raise BadUsage(
            "a zip archive cannot be read from standard input", hint="unpack it: unzip -p FILE | llmsurvey import -"
        )
    with source.path.open("rb") as packed, zipfile.ZipFile(packed) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) != 1:
            names = ", ".join(member.filename for member in members[:5])
            raise Stop(
                f"{source.name} holds {len(members)} files ({names}), not one snapshot",
                hint="unpack it and name the file to read",
            )
        if members[0].flag_bits & 1:
            raise Stop(f"{source.name} is locked with a password", hint="unpack it and name the file to read")
        with archive.open(members[0]) as file:
            while data := file.read(BLOCK):
                meter.packed = max(meter.packed, packed.tell())
                yield data


def _whole_lines(data: Iterator[bytes]) -> Iterator[bytes]:
    """Cut pieces of text at line ends; the last line needs none. A fault passes, and the broken line before it goes."""
    rest: list[bytes] = []
    held, first = 0, True
    for piece in data:
        if first:
            piece, first = piece.removeprefix(_BYTE_ORDER_MARK), False  # noqa: PLW2901 - the same piece
        end = piece.rfind(b"\n") + 1
        if end:
            yield b"".join((*rest, piece[:end]))
            rest, held = [piece[end:]], len(piece) - end
        elif held <= LONGEST_LINE:
            rest.append(piece)
            held += len(piece)
    if held:
        yield b"".join(rest)
