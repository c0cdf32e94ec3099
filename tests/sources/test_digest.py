"""The digest of a file, worked out beside its reading."""

from hashlib import sha256
from pathlib import Path

import pytest
from blake3 import blake3

from llmsurvey.sources import digest as of_files
from llmsurvey.sources.digest import Digest, fingerprint, older_kinds


def test_the_digest_is_that_of_the_whole_file_and_names_its_kind(tmp_path: Path) -> None:
    """It is the one that `b3sum` or `sha256sum` prints, also of a file of several pieces."""
    data = bytes(range(256)) * 80_000
    (tmp_path / "file").write_bytes(data)
    assert Digest(tmp_path / "file").result() == f"blake3:{blake3(data).hexdigest()}"
    assert Digest(tmp_path / "file", "sha256").result() == f"sha256:{sha256(data).hexdigest()}"


def test_the_older_kinds_are_those_that_a_ledger_has() -> None:
    """What stands for a digest is of no kind."""
    assert older_kinds(["blake3:00", "sha256:00", "sha256:01"]) == ("sha256",)
    assert older_kinds(["blake3:00", "begun with 00", "unknown until read 2024-01-01"]) == ()


def test_a_fault_of_the_reading_is_raised_where_the_digest_is_asked_for(tmp_path: Path) -> None:
    """A file that is gone is told by the one who waits, not lost in the thread."""
    digest = Digest(tmp_path / "gone")
    with pytest.raises(FileNotFoundError):
        digest.result()


def test_a_lack_of_memory_is_raised_there_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread prints no traceback, and half a digest is never taken for one."""
    monkeypatch.setattr(of_files, "_AT_ONCE", 1 << 60)
    (tmp_path / "file").write_bytes(b"x")
    digest = Digest(tmp_path / "file")
    with pytest.raises(MemoryError):
        digest.result()


def test_a_digest_is_outdated_when_its_file_is_not_as_it_was(tmp_path: Path) -> None:
    """Whether something was added, another file took its place, or it is gone."""
    file, other = tmp_path / "file", tmp_path / "other"
    for path in (file, other):
        path.write_bytes(b"x")
    digest = Digest(file)
    assert not digest.is_outdated()
    file.write_bytes(b"xx")
    assert digest.is_outdated()
    digest = Digest(file)
    other.replace(file)
    assert digest.is_outdated()
    digest = Digest(file)
    file.unlink()
    assert digest.is_outdated()


def test_files_differ_at_a_glance(tmp_path: Path) -> None:
    """Another size, another beginning or another end gives another fingerprint; the name does not matter."""
    contents = {"a": b"x" * 99, "b": b"x" * 100, "c": b"y" + b"x" * 99, "d": b"x" * 99 + b"y", "again": b"x" * 99}
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    found = {name: fingerprint(tmp_path / name) for name in contents}
    assert len(set(found.values())) == len(contents) - 1
    assert found["a"] == found["again"]
