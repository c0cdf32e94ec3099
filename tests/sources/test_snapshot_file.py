"""Files as blocks of whole lines, however they are cut and packed."""

import gzip
import os
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from llmsurvey.errors import BadUsage, Stop
from llmsurvey.sources import packing, snapshot_file
from llmsurvey.sources.packing import unpacked
from llmsurvey.sources.snapshot_file import Span, blocks, checked
from llmsurvey.sources.snapshot_input import Counted, DamagedFile, Meter, SnapshotInput
from llmsurvey.sources.snapshot_lines import pieces


def text_of(block: bytes | Span) -> bytes:
    """Return a block's bytes, wherever they lie."""
    return b"".join(pieces(block))


def zipped(data: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive with one member."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.zip"
        with zipfile.ZipFile(path, "w", method) as archive:
            archive.writestr("a.json", data)
        return path.read_bytes()


def halves(pack: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Return a packer that makes two members, or frames, one after the other."""
    return lambda data: pack(data[: len(data) // 2]) + pack(data[len(data) // 2 :])


def with_a_checked_header(data: bytes) -> bytes:
    """Return a gzip archive with a name and a checksum of its header, as few programs write it."""
    header = b"\x1f\x8b\x08\x0a" + b"\0" * 6 + b"name\0"
    return header + (zlib.crc32(header) & 0xFFFF).to_bytes(2, "little") + gzip.compress(data)[10:]


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "gzip": gzip.compress,
    "two gzip members": halves(gzip.compress),
    "gzip with a checksum of its header": with_a_checked_header,
    "zstd": zstandard.ZstdCompressor().compress,
    "zstd behind a frame to be skipped": lambda data: b"\x50\x2a\x4d\x18\x04\0\0\0abcd" + zstandard.compress(data),
    "two zstd frames": halves(zstandard.ZstdCompressor().compress),
    "zip": zipped,
}

lines = st.lists(st.binary(max_size=40).map(lambda data: data.replace(b"\n", b"")), max_size=30)


@pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS.keys())
@given(made=lines, ended=st.booleans(), block=st.integers(1, 60))
@settings(max_examples=25)
def test_blocks_are_the_file_cut_at_line_ends(
    pack: Callable[[bytes], bytes], made: list[bytes], block: int, *, ended: bool
) -> None:
    """Put together they are the file's text; each ends where a line ends."""
    data = b"{}\n" + b"\n".join(made) + (b"\n" if ended else b"")
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(snapshot_file, "BLOCK", block)
        patch.setattr(snapshot_file, "FIRST_BLOCK", max(1, block // 2))
        patch.setattr(packing, "BLOCK", block)
        patch.setattr(packing, "AT_ONCE", 16)
        path = Path(folder) / "a"
        path.write_bytes(pack(data))
        found = [text_of(each) for each in blocks(SnapshotInput(path), Meter())]
    assert b"".join(found) == data
    assert all(each.endswith(b"\n") for each in found[:-1])


def stored(data: bytes) -> bytes:
    """Return a zip archive whose one member is not compressed."""
    return zipped(data, zipfile.ZIP_STORED)


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress, zipped, stored])
@given(share=st.floats(0.3, 0.99))
@settings(max_examples=15)
def test_before_damage_come_the_whole_lines(pack: Callable[[bytes], bytes], share: float) -> None:
    """A torn archive gives the lines that were whole, and then the fault."""
    data = b"".join(b"%d %s\n" % (number, os.urandom(20).hex().encode()) for number in range(12_000))
    with TemporaryDirectory() as folder:
        path, found = Path(folder) / "torn", list[bytes]()
        whole = pack(data)
        path.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(DamagedFile, match="torn is cut short or damaged"):
            found.extend(map(text_of, blocks(SnapshotInput(path), Meter())))
    kept = b"".join(found)
    assert data.startswith(kept)
    assert kept.endswith(b"\n") or not kept
    assert share < 0.6 or len(kept) > len(data) / 10


def test_one_bad_byte_in_the_middle_is_damage(tmp_path: Path) -> None:
    """Neither gzip's nor zip's check sum is passed over."""
    for name, pack in (("a.gz", gzip.compress), ("a.zip", zipped)):
        data = bytearray(pack(b"".join(b"%d\n" % number for number in range(50_000))))
        data[len(data) // 2] ^= 0xFF
        (tmp_path / name).write_bytes(data)
        with pytest.raises(DamagedFile):
            list(blocks(SnapshotInput(tmp_path / name), Meter()))


def test_an_archive_that_asks_for_gigabytes_of_memory_is_refused(tmp_path: Path) -> None:
    """A zstd window is bounded, as with the program of that name."""
    parameters = zstandard.ZstdCompressionParameters(window_log=30, enable_ldm=True)
    packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    (tmp_path / "a.zst").write_bytes(packer.compress(b"{}\n" * 1_000) + packer.flush())
    with pytest.raises(DamagedFile, match="memory"):
        list(blocks(SnapshotInput(tmp_path / "a.zst"), Meter()))


def test_a_zip_through_a_pipe_is_refused(tmp_path: Path) -> None:
    """Its directory is at its end, where a pipe cannot go first."""
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(b"{}\n"))
    meter = Meter()
    with path.open("rb") as file, pytest.raises(BadUsage, match="standard input"):
        list(unpacked(Counted(file, meter, hashed=True), SnapshotInput(None), meter))


STARTS = {
    "an HTML or XML page": b"<!DOCTYPE html>",
    "an HTML page": b"<html>",
    "a PNG image": b"\x89PNG\r\n",
    "a JPEG image": b"\xff\xd8\xff\xe0",
    "a PDF": b"%PDF-1.4",
    "a JSON array": b'[{"id": "1806.00001"}]',
    "a JSON array, set apart": b'[\r\n  {"id": "1806.00001"}]',
    "a bzip2 archive": b"BZh9",
    "a database": b"SQLite format 3\0",
}


@pytest.mark.parametrize(("what", "start"), STARTS.items(), ids=STARTS.keys())
def test_what_is_plainly_no_snapshot_is_named(tmp_path: Path, what: str, start: bytes) -> None:
    """By its first bytes."""
    (tmp_path / "a.json").write_bytes(start + b" " * 100)
    with pytest.raises(Stop, match=what.partition(",")[0]):
        checked(str(tmp_path / "a.json"))


def test_what_cannot_be_read_at_all_is_named(tmp_path: Path) -> None:
    """An empty file, a folder, nothing, a name that is none, a pipe."""
    (tmp_path / "empty").touch()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Stop, match="is empty"):
        checked(str(tmp_path / "empty"))
    for argument, said in (
        (str(tmp_path), "is a folder"),
        (str(tmp_path / "missing"), "there is no file"),
        ("x" * 5_000, "there is no file"),
        ("a\0b", "there is no file"),
        (str(tmp_path / "pipe"), "is a pipe"),
    ):
        with pytest.raises(BadUsage, match=said):
            checked(argument)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_read_access_is_named(tmp_path: Path) -> None:
    """And the next step with it."""
    (tmp_path / "a.json").write_bytes(b"{}")
    (tmp_path / "a.json").chmod(0)
    with pytest.raises(Stop, match="may not be read"):
        checked(str(tmp_path / "a.json"))
