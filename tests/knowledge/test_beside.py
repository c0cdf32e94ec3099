"""The folder beside the database keeps imported catalogues, whole or not at all."""

from pathlib import Path

import pytest

from llmsurvey.errors import CannotWrite
from llmsurvey.knowledge.beside import FactsFolder, write
from llmsurvey.knowledge.catalogue import examined
from llmsurvey.knowledge.layer import DamagedLayer
from tests.knowledge.layers import entry, layer


def test_the_folder_is_called_after_the_database(tmp_path: Path) -> None:
    """And need not exist: then there are no layers."""
    folder = FactsFolder.beside(tmp_path / "survey.db")
    assert folder.path == tmp_path / "survey.catalogues"
    assert (folder.layers(), folder.overlays(), folder.read("epoch")) == ((), (), None)


def test_a_layer_is_kept_read_and_dropped(tmp_path: Path) -> None:
    """Keeping the same one again changes nothing; dropping it twice is no error."""
    folder, kept = FactsFolder(tmp_path), layer(entry("Nova"))
    assert (folder.keep(kept), folder.keep(kept)) == (True, False)
    assert folder.read("epoch") == kept
    assert folder.layers() == (tmp_path / "epoch.json",)
    assert (folder.drop("epoch"), folder.drop("epoch")) == (True, False)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_layer_is_told_with_the_remedy(tmp_path: Path) -> None:
    """As a finding among those of the other files; reading it alone is an error."""
    folder = FactsFolder(tmp_path)
    for raw in (b"{", b"\xff", b'{"catalogue": "epoch", "format": 99}', b"[]"):
        folder.file_of("epoch").write_bytes(raw)
        with pytest.raises(DamagedLayer):
            folder.read("epoch")
        _, (finding,) = examined((), folder)
        assert (finding.file, finding.hint) == (str(folder.file_of("epoch")), "import the catalogue again")


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """What was there stays, and no draft is left."""
    (tmp_path / "file").write_text("old", encoding="utf-8")
    with pytest.raises(CannotWrite, match="file"):
        write(tmp_path / "file" / "x.json", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
