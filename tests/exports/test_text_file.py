"""A text file appears whole or not at all."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from llmsurvey.errors import CannotWrite
from llmsurvey.exports.text_file import write_streamed


def test_pieces_become_a_file(tmp_path: Path) -> None:
    """Line ends are the pieces' own."""
    write_streamed(tmp_path / "a.csv", ["é\r\n", "b\n"])
    assert (tmp_path / "a.csv").read_bytes() == "é\r\nb\n".encode()


def test_a_fault_half_way_keeps_the_older_file(tmp_path: Path) -> None:
    """What was there stays, and no draft is left."""
    (tmp_path / "a.csv").write_text("old", encoding="utf-8")

    def pieces() -> Iterator[str]:
        yield "new"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_streamed(tmp_path / "a.csv", pieces())
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["old"]


@pytest.mark.parametrize("place", ["folder", "missing/a.csv"])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, place: str) -> None:
    """The message names the place."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(CannotWrite, match=place):
        write_streamed(tmp_path / place, ["a"])


def test_what_is_no_file_is_written_into(tmp_path: Path) -> None:
    """A pipe stays a pipe: whoever reads from it gets the text."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_streamed(pipe, ["a", "b"])
    assert os.read(reader, 10) == b"ab"
    os.close(reader)
    assert pipe.is_fifo()


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """The file it leads to is renewed."""
    (tmp_path / "there.csv").write_text("old", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(tmp_path / "there.csv")
    write_streamed(tmp_path / "link.csv", ["new"])
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "there.csv").read_text(encoding="utf-8") == "new"


def test_a_full_disk_is_told() -> None:
    """Where nothing can be written, nothing is left."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with pytest.raises(CannotWrite):
        write_streamed(Path("/dev/full/a"), ["a" * 100_000])
