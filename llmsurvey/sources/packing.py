"""Unpacking a snapshot: gzip, zip, zstd or plain bytes in, plain bytes out, a bounded piece at a time.

Damage is a `DamagedFile`, raised behind the last good piece.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import zstandard
from isal import isal_zlib

from llmsurvey.errors import BadUsage, Stop

BLOCK = 4 << 20
"""Bytes of text in one block, about two and a half thousand records."""
_AT_ONCE = 1 << 14
"""Packed bytes that are unpacked at once: what is lost where a packing is damaged."""
_LARGEST_WINDOW = 128 << 20
"""Bytes a zstd archive may ask to be kept in memory, as with the program of that name."""
_LARGEST_EXPANSION = 200
"""Packed records shrink to a third or a fifth; an archive that grows more than this is a bomb."""
_ZSTANDARD = (b"\x28\xb5\x2f\xfd", *(bytes((first,)) + b"\x2a\x4d\x18" for first in range(0x50, 0x60)))
"""How a zstd archive begins: with data, or with a frame to be skipped, as pzstd writes it (RFC 8878, section 3.1)."""
_HEADER_CHECKSUM = 2
"""Flag in the fourth byte of a gzip member: a checksum stands behind its header (RFC 1952, section 2.3.1)."""
_BOMBS_FROM = 256 << 20
"""Bytes unpacked before expansion is judged."""


AGAIN = "what was whole before is kept; download the file again and import it"
"""The next step after damage."""


_DAMAGE: tuple[Any, ...] = (
    EOFError,
    zlib.error,
    isal_zlib.error,
    zstandard.ZstdError,
    zipfile.BadZipFile,
    NotImplementedError,
    ValueError,
)
"""What the libraries raise where a packing is damaged."""


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


@dataclass(slots=True)
class Meter:
    """How far a file has been read, for a progress bar and for the ledger."""

    packed: int = 0
    """Bytes read from the disk."""
    digest: str = ""
    """SHA-256 of all that was read; set at the end of standard input, which cannot be read twice."""


class Counted:
    """A reader that counts, and hashes where the bytes pass only once."""

    def __init__(self, file: BinaryIO, meter: Meter, *, hashed: bool) -> None:
        self._file, self._meter, self._hashed = file, meter, hashed
        self._ahead = b""
        self.hash = sha256()

    def peek(self, size: int) -> bytes:
        """Look at the first bytes without taking them."""
        while len(self._ahead) < size and (more := self._file.read(size - len(self._ahead))):
            self._ahead += more
        return self._ahead

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes, none at the end."""
        data, self._ahead = (self._ahead, b"") if self._ahead else (self._file.read(size), b"")
        self._meter.packed += len(data)
        if self._hashed:
            self.hash.update(data)
        return data


def unpacked(file: Counted, source: SnapshotInput, meter: Meter) -> Iterator[bytes]:
    """Yield the bytes of a file as they were before it was packed; raises `DamagedFile` behind the last good ones."""
    start = file.peek(4)
    if start[:2] == b"\x1f\x8b":
        packed = _inflated(file)
    elif start in _ZSTANDARD:
        packed = _zstandard(file)
    elif start == b"PK\x03\x04":
        packed = _zipped(file, source, meter)
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
    except _DAMAGE as error:
        raise DamagedFile(
            f"{source.name} is cut short or damaged: {error}",
            hint=AGAIN,
        ) from error


def _inflated(file: Source) -> Iterator[bytes]:
    """Unpack gzip, member after member, a bounded piece at a time."""
    inflate, packed, inside = None, b"", False
    while packed or (packed := file.read(_AT_ONCE)):
        inside = True
        inflate = inflate or _member(packed)
        data = inflate.decompress(packed, BLOCK)
        if data:
            yield data
        packed = inflate.unconsumed_tail
        if inflate.eof:
            packed, inside = inflate.unused_data.lstrip(b"\0"), False
            inflate = None
    if inside:
        raise EOFError("the archive ends before its end mark")


def _member(start: bytes) -> Any:  # noqa: ANN401 - either library's own
    """Return what unpacks a member of a gzip file. The faster library takes a header with a checksum for damaged."""
    checksum = start[3:4] and start[3] & _HEADER_CHECKSUM
    return (zlib if checksum else isal_zlib).decompressobj(wbits=31)


def _zstandard(file: Source) -> Iterator[bytes]:
    """Unpack zstd, frame after frame. The pieces are tiny, as one cannot be unpacked in parts and may grow hugely."""
    frame, inside = _zstandard_frame(), False
    pending = b""
    while packed := pending or file.read(_AT_ONCE >> 3):
        pending, inside = b"", True
        data = frame.decompress(packed)
        if data:
            yield data
        if frame.eof:
            pending, inside = frame.unused_data, False
            frame = _zstandard_frame()
    if inside:
        raise EOFError("the archive ends before its end mark")


def _zstandard_frame() -> "zstandard.ZstdDecompressionObj":
    return zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW).decompressobj()


def _zipped(file: Counted, source: SnapshotInput, meter: Meter) -> Iterator[bytes]:
    if source.path is None:
        raise BadUsage(
            "a zip archive cannot be read from standard input", hint="unpack it: unzip -p FILE | llmsurvey import -"
        )
    with source.path.open("rb") as packed:
        try:
            archive = zipfile.ZipFile(packed)
        except zipfile.BadZipFile:
            yield from _torn_zip(file)
            return
        with archive, archive.open(_only_member(archive, source)) as member:
            while data := member.read(_AT_ONCE << 2):
                meter.packed = max(meter.packed, packed.tell())
                yield data


def _only_member(archive: zipfile.ZipFile, source: SnapshotInput) -> zipfile.ZipInfo:
    members = [each for each in archive.infolist() if not each.is_dir() and not each.filename.startswith("__MACOSX/")]
    if len(members) != 1:
        names = ", ".join(member.filename for member in members[:5])
        raise Stop(
            f"{source.name} holds {len(members)} files ({names}), not one snapshot",
            hint="unpack it and name the file to read",
        )
    if members[0].flag_bits & 1:
        raise Stop(f"{source.name} is locked with a password", hint="unpack it and name the file to read")
    return members[0]


def _torn_zip(file: Source) -> Iterator[bytes]:
    """Read what is there of a zip archive whose directory, at its end, is not: that of the first file in it.

    The header before each file is laid out in APPNOTE.TXT of the format, section 4.3.7.
    """
    flags, method, size, name = _header(file)
    while name.endswith(b"/"):  # a folder stands before what is in it
        _exactly(file, size)
        flags, method, size, name = _header(file)
    if method == zipfile.ZIP_DEFLATED and not flags & 1:
        inflate = zlib.decompressobj(wbits=-15)
        while not inflate.eof and (packed := inflate.unconsumed_tail or file.read(_AT_ONCE)):
            yield inflate.decompress(packed, BLOCK)
    elif method == zipfile.ZIP_STORED and not flags & 1:
        while size > 0 and (data := file.read(min(_AT_ONCE, size))):
            size -= len(data)
            yield data
    raise EOFError("the archive ends before its directory")


def _header(file: Source) -> tuple[int, int, int, bytes]:
    """Return flags, method, packed size and name of the file of a zip archive that comes next."""
    flags, method, size, name_length, extra = struct.unpack("<6xHH8xI4xHH", _exactly(file, 30))
    name = _exactly(file, name_length)
    _exactly(file, extra)
    return flags, method, size, name


def _exactly(file: Source, size: int) -> bytes:
    data = b""
    while len(data) < size and (more := file.read(size - len(data))):
        data += more
    if len(data) < size:
        raise EOFError("the archive ends in its first header")
    return data
