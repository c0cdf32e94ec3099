"""Unpacking a snapshot: gzip, zip, zstd or plain bytes in, plain bytes out, a bounded piece at a time.

Damage is a `DamagedFile`, raised behind the last good piece.
"""

import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import zstandard
from isal import isal_zlib

from llmsurvey.sources.snapshot_input import AGAIN, AT_ONCE, BLOCK, Counted, DamagedFile, Meter, SnapshotInput, Source
from llmsurvey.sources.zip_archive import unzipped

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


def unpacked(file: Counted, source: SnapshotInput, meter: Meter) -> Iterator[bytes]:
    """Yield the bytes of a file as they were before it was packed; raises `DamagedFile` behind the last good ones."""
    start = file.peek(4)
    if start[:2] == b"\x1f\x8b":
        packed = _inflated(file)
    elif start in _ZSTANDARD:
        packed = _zstandard(file)
    elif start == b"PK\x03\x04":
        packed = unzipped(file, source, meter)
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
    while packed or (packed := file.read(AT_ONCE)):
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
    while packed := pending or file.read(AT_ONCE >> 3):
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
