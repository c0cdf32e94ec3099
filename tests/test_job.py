"""The main job keeps the catalogue of the store up to date."""

from pathlib import Path

import pytest

from llmsurvey import job
from llmsurvey.figures.figure import Figure
from llmsurvey.knowledge.catalogue import load
from llmsurvey.knowledge.finding import BrokenKnowledge
from llmsurvey.store.catalogue import Renewed, renew
from tests.records import TRACKED
from tests.store.stores import store, untouched
from tests.undrawn import undrawn


def test_the_job_brings_the_catalogue_into_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a run, with the user's own file, nothing is left to load."""
    monkeypatch.setattr(Figure, "save", undrawn)
    mine = tmp_path / "mine.toml"
    mine.write_text('[[model]]\nname = "A"\norganisation = "B"\nsource = "an invented note"\n', encoding="utf-8")
    database = store(tmp_path)
    outcome = job.run(database, TRACKED, tmp_path / "reports", overlays=[mine])
    assert outcome.report.is_file()
    with database.writing() as connection:
        assert renew(connection, load([mine])) == Renewed(0, 0, 0)


def test_a_broken_overlay_ends_the_job_before_anything_is_changed(tmp_path: Path) -> None:
    """The errors are told at once; no report appears, no byte of the store changes."""
    mine = tmp_path / "mine.toml"
    mine.write_text('[[model]]\nname = "A"\n', encoding="utf-8")
    database = store(tmp_path)
    before = untouched(tmp_path)
    with pytest.raises(BrokenKnowledge, match="no organisation"):
        job.run(database, TRACKED, tmp_path / "reports", overlays=[mine])
    assert untouched(tmp_path) == before
