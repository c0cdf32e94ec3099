"""Unpacking a zip archive with one file in it, also where its directory, which stands at the end, is lost."""

import struct
import zipfile
import zlib
from collections.abc import Iterator

from llmsurvey.errors import BadUsage, Stop
from llmsurvey.sources.snapshot_input import AT_ONCE, BLOCK, Counted, Meter, SnapshotInput, Source


def unzipped(file: Counted, source: SnapshotInput, meter: Meter) -> Iterator[bytes]:
    """Yield the bytes of the one file in an archive; what the libraries raise of damage comes behind the last good."""
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
            while data := member.read(AT_ONCE << 2):
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
        while not inflate.eof and (packed := inflate.unconsumed_tail or file.read(AT_ONCE)):
            yield inflate.decompress(packed, BLOCK)
    elif method == zipfile.ZIP_STORED and not flags & 1:
        while size > 0 and (data := file.read(min(AT_ONCE, size))):
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
