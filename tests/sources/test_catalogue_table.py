"""A catalogue's file is read whole, or refused with a reason."""

import gzip
from pathlib import Path

import pytest

from llmsurvey.errors import Stop
from llmsurvey.knowledge.layer import decoded, encoded
from llmsurvey.sources.catalogue_import import read
from tests.sources.sheets import EPOCH_COLUMNS, TODAY, epoch, sheet


def test_a_row_without_content_is_a_remark(tmp_path: Path) -> None:
    """Publishers keep lines with bookkeeping alone; nothing of a model is lost with them."""
    layer = epoch(tmp_path, {"Model": "Star"}, {"Confidence": "Unknown"}, {})
    assert layer.rejects == ()
    assert [(each.line, each.name) for each in layer.remarks] == [(3, "")]


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_may_be_packed_marked_or_from_windows(tmp_path: Path, packed: bool) -> None:
    """A byte order mark, CRLF and gzip change nothing."""
    plain = sheet(EPOCH_COLUMNS, {"Model": "Nova", "Organization": "Alpha"})
    raw = b"\xef\xbb\xbf" + plain.replace("\n", "\r\n").replace("\r\r", "\r").encode()
    path = tmp_path / "file"
    path.write_bytes(gzip.compress(raw) if packed else raw)
    assert [each.name for each in read("epoch", path, TODAY).assets] == ["Nova"]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "is empty"),
        (b"<!doctype html>", "is a web page"),
        (b'{"a": 1}', "is JSON"),
        ("Modèle\n".encode("utf-16"), "is UTF-16"),
        (b"Model,Organization\nNova,Alpha\n", "lacks the columns"),
        (sheet(EPOCH_COLUMNS).encode(), "holds no entry"),
        (sheet(EPOCH_COLUMNS, {"Model": "Nova"}).encode() + b'"Star', "cut short"),
        (gzip.compress(sheet(EPOCH_COLUMNS, {"Model": "Nova"}).encode())[:-9], "cut short or damaged"),
    ],
)
def test_a_file_that_is_no_whole_catalogue_is_refused(tmp_path: Path, raw: bytes, said: str) -> None:
    """Half a catalogue in place of a whole one would lose models silently."""
    path = tmp_path / "file.csv"
    path.write_bytes(raw)
    with pytest.raises(Stop, match=said):
        read("epoch", path, TODAY)


def test_a_broken_row_with_bytes_that_are_no_text_is_kept_as_a_remark(tmp_path: Path) -> None:
    """What cannot be decoded is told in signs that can be written."""
    path = tmp_path / "file.csv"
    text = sheet((*EPOCH_COLUMNS, "Note"), {"Model": "Nova"}, {"Note": "x", "Organization": "Alpha"})
    path.write_bytes(text.encode().replace(b"Note", b"N\xf6te") + b"St\xcar,Alpha\n")
    layer = read("epoch", path, TODAY)
    assert [each.name for each in layer.rejects] == ["", "St\N{REPLACEMENT CHARACTER}r"]
    assert "N\N{REPLACEMENT CHARACTER}te" in layer.rejects[0].reason
    assert decoded(encoded(layer), path) == layer
