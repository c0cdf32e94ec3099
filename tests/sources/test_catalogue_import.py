"""A public catalogue's file becomes a layer, whole, or is refused with a reason."""

import csv
import gzip
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from llmsurvey.errors import BadUsage, Stop
from llmsurvey.knowledge.layer import CATALOGUES, Asset, AssetKind, Layer, decoded, encoded
from llmsurvey.knowledge.model import Access
from llmsurvey.sources.catalogue_import import FORMATS, read

TODAY = date(2024, 6, 30)
EPOCH = ("Model", *FORMATS["epoch"].required, "Confidence", "Link", "Training dataset size (datapoints)", "Epochs")
EPOCH_FIELDS = (*EPOCH, "Dataset size notes")
ECOSYSTEM = ("name", *FORMATS["ecosystem-graphs"].required, "url", "license")


def sheet(columns: tuple[str, ...], *rows: dict[str, str]) -> str:
    """Write rows as CSV."""
    text = StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def epoch(tmp_path: Path, *rows: dict[str, str]) -> Layer:
    """Import rows as Epoch AI gives them."""
    path = tmp_path / "epoch.csv"
    path.write_text(sheet(EPOCH_FIELDS, *rows), encoding="utf-8")
    return read("epoch", path, TODAY)


def ecosystem(tmp_path: Path, **cells: str) -> Layer:
    """Import one row as Ecosystem Graphs gives it."""
    path = tmp_path / "assets.csv"
    path.write_text(sheet(ECOSYSTEM, {"name": "Nova", "type": "model"} | cells), encoding="utf-8")
    return read("ecosystem-graphs", path, TODAY)


def asset(layer: Layer) -> Asset:
    """Return the one entry."""
    (only,) = layer.assets
    return only


def test_a_row_of_epoch_is_an_entry(tmp_path: Path) -> None:
    """Each column in its place; bases are parted at commas, but not inside a name that has one."""
    layer = epoch(
        tmp_path,
        {
            "Model": "Nova",
            "Organization": "Alpha,Beta",
            "Publication date": "2024-05-01",
            "Parameters": "7000000000.0",
            "Model accessibility": "Open weights (restricted use)",
            "Base model": "Star, the second,Sun",
            "Domain": "Language,Vision",
            "Confidence": "Likely",
            "Link": "https://arxiv.org/abs/2405.00001v2",
        },
        {"Model": "Star, the second"},
    )
    assert layer.assets[0] == Asset(
        line=2,
        name="Nova",
        organisation="Alpha, Beta",
        date="2024-05-01",
        arxiv="2405.00001",
        url="https://arxiv.org/abs/2405.00001v2",
        parameters=7_000_000_000,
        access=Access.OPEN_WEIGHTS,
        domains=("language", "vision"),
        confidence="Likely",
        bases=("Star, the second", "Sun"),
    )
    assert (layer.data_date, layer.rejects) == ("2024-05-01", ())


@pytest.mark.parametrize(
    ("cells", "tokens"),
    [
        ({"Dataset size notes": "two trillion tokens"}, 2 * 10**12),
        ({"Dataset size notes": "two trillion words"}, None),
        ({"Dataset size notes": "tokens", "Epochs": "3.0"}, None),
        ({"Dataset size notes": "tokens", "Base model": "Star"}, None),
        ({"Dataset size notes": "tokens", "Domain": "Vision"}, None),
    ],
)
def test_data_points_are_tokens_only_where_the_notes_say_so(
    tmp_path: Path, cells: dict[str, str], tokens: int | None
) -> None:
    """One pass over tokens, by a language model without a base."""
    row = {"Model": "Nova", "Domain": "Language", "Training dataset size (datapoints)": "2e12"} | cells
    assert asset(epoch(tmp_path, row)).training_tokens == tokens


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Parameters": "many"}, "no number"),
        ({"Parameters": "-7"}, "no possible count"),
        ({"Parameters": "nan"}, "no possible count"),
        ({"Publication date": "2024-02-30"}, "no possible date"),
        ({"Publication date": "2031-01-01"}, "no possible date"),
        ({"Model accessibility": "for friends"}, "not known"),
        ({"Model": "=1+1"}, "formula"),
        ({"Model": "", "Parameters": "7"}, "no name"),
        ({"Model": "x" * 400}, "a name of 400 characters"),
    ],
)
def test_what_cannot_be_taken_is_rejected_with_its_line(tmp_path: Path, cells: dict[str, str], reason: str) -> None:
    """And the rest goes in."""
    layer = epoch(tmp_path, {"Model": "Star"}, {"Model": "Nova"} | cells)
    assert "Star" in {each.name for each in layer.assets}
    (reject,) = layer.rejects
    assert reject.line == 3
    assert reason in reject.reason


def test_a_row_without_content_is_a_remark(tmp_path: Path) -> None:
    """Publishers keep lines with bookkeeping alone; nothing of a model is lost with them."""
    layer = epoch(tmp_path, {"Model": "Star"}, {"Confidence": "Unknown"}, {})
    assert layer.rejects == ()
    assert [(each.line, each.name) for each in layer.remarks] == [(3, "")]


@pytest.mark.parametrize(
    ("text", "parameters", "active"),
    [
        ("7B parameters (dense)", 7 * 10**9, None),
        ("61B parameters (sparse); 6.6B active parameters", 61 * 10**9, 6_600_000_000),
        ("1.75T", 1_750 * 10**9, None),
        ("100 million parameters", 10**8, None),
        ("unknown", None, None),
        ("", None, None),
    ],
)
def test_sizes_in_words_are_read(tmp_path: Path, text: str, parameters: int | None, active: int | None) -> None:
    """All parameters, and those that are active."""
    found = asset(ecosystem(tmp_path, size=text))
    assert (found.parameters, found.active_parameters) == (parameters, active)


@pytest.mark.parametrize("text", ["as large as a house", "9" * 400 + "B", "0B parameters"])
def test_text_that_tells_no_possible_size_is_a_remark(tmp_path: Path, text: str) -> None:
    """The entry is taken without it."""
    layer = ecosystem(tmp_path, size=text)
    assert asset(layer).parameters is None
    assert "size" in layer.remarks[0].reason


def test_dependencies_are_read_as_python_writes_a_list(tmp_path: Path) -> None:
    """Each name once; what is no list is rejected, and never run."""
    assert asset(ecosystem(tmp_path, dependencies="['The Pile', \"Star's\", 'The Pile']")).bases == (
        "The Pile",
        "Star's",
    )
    for wrong in ("['open", "__import__('os')", "{'a': 1}", "[" * 30_000):
        layer = ecosystem(tmp_path, dependencies=wrong)
        assert asset(layer).bases == ()
        assert "no list of names" in layer.rejects[0].reason


@pytest.mark.parametrize(
    ("access", "licence", "expected"),
    [
        ("open", "Apache 2.0", Access.OPEN_WEIGHTS),
        ("open", "", None),
        ("limited", "", None),
        ("closed", "MIT", Access.CLOSED),
    ],
)
def test_open_means_weights_only_with_a_licence(
    tmp_path: Path, access: str, licence: str, expected: Access | None
) -> None:
    """The word open alone also stands for products that anyone may use."""
    assert asset(ecosystem(tmp_path, access=access, license=licence)).access is expected


def test_kinds_and_makers_are_read(tmp_path: Path) -> None:
    """A data set is none of the models; a maker said to be unknown is not stated."""
    found = asset(ecosystem(tmp_path, type="dataset", organization="Unknown", modality="text; image"))
    assert (found.kind, found.organisation, found.domains) == (AssetKind.DATASET, None, ("language", "image"))


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_may_be_packed_marked_or_from_windows(tmp_path: Path, packed: bool) -> None:
    """A byte order mark, CRLF and gzip change nothing."""
    plain = sheet(EPOCH_FIELDS, {"Model": "Nova", "Organization": "Alpha"})
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
        (sheet(EPOCH_FIELDS).encode(), "holds no entry"),
        (sheet(EPOCH_FIELDS, {"Model": "Nova"}).encode() + b'"Star', "cut short"),
        (gzip.compress(sheet(EPOCH_FIELDS, {"Model": "Nova"}).encode())[:-9], "cut short or damaged"),
    ],
)
def test_a_file_that_is_no_whole_catalogue_is_refused(tmp_path: Path, raw: bytes, said: str) -> None:
    """Half a catalogue in place of a whole one would lose models silently."""
    path = tmp_path / "file.csv"
    path.write_bytes(raw)
    with pytest.raises(Stop, match=said):
        read("epoch", path, TODAY)


def test_what_is_no_file_or_no_catalogue_is_refused(tmp_path: Path) -> None:
    """A folder, nothing, and a catalogue of another name."""
    for path in (tmp_path, tmp_path / "missing.csv"):
        with pytest.raises(Stop):
            read("epoch", path, TODAY)
    with pytest.raises(BadUsage) as fault:
        read("epohc", tmp_path, TODAY)
    assert "did you mean epoch?" in fault.value.hint


def test_a_broken_row_with_bytes_that_are_no_text_is_kept_as_a_remark(tmp_path: Path) -> None:
    """What cannot be decoded is told in signs that can be written."""
    path = tmp_path / "file.csv"
    text = sheet((*EPOCH_FIELDS, "Note"), {"Model": "Nova"}, {"Note": "x", "Organization": "Alpha"})
    path.write_bytes(text.encode().replace(b"Note", b"N\xf6te") + b"St\xcar,Alpha\n")
    layer = read("epoch", path, TODAY)
    assert [each.name for each in layer.rejects] == ["", "St\N{REPLACEMENT CHARACTER}r"]
    assert "N\N{REPLACEMENT CHARACTER}te" in layer.rejects[0].reason
    assert decoded(encoded(layer), path) == layer


def test_every_catalogue_has_a_reader() -> None:
    """The names that a layer may bear are those that can be imported."""
    assert tuple(FORMATS) == CATALOGUES


def test_a_layer_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    """An entry a line; the same file gives the same bytes."""
    layer = epoch(tmp_path, {"Model": "Nova", "Publication date": "2024"}, {"Model": "Star"})
    raw = encoded(layer)
    assert decoded(raw, tmp_path) == layer
    assert raw == encoded(epoch(tmp_path, {"Model": "Nova", "Publication date": "2024"}, {"Model": "Star"}))
    assert raw.count(b"\n") >= len(layer.assets)
