"""Saving a figure: five files, the same bytes, provenance inside, and nothing lost when it fails."""

import csv
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import matplotlib as mpl
import pytest
from PIL import Image

from llmsurvey.errors import CannotWrite
from llmsurvey.figures import style
from llmsurvey.figures.papers_a_month import PapersAMonth
from llmsurvey.figures.papers_over_time import PapersOverTime
from llmsurvey.figures.style import UNKNOWN
from llmsurvey.figures.timeline import Timeline
from tests.catalogues import knowing, model
from tests.figures.invented import SURVEYS, full, one_month
from tests.figures.measured import texts_of
from tests.memory_survey import MemorySurvey

ENDINGS = ("svg", "png", "pdf", "csv", "txt")
_AGAIN = """
import pathlib, sys
from llmsurvey.figures.papers_over_time import PapersOverTime
from tests.figures.invented import full
PapersOverTime().save(full(), pathlib.Path(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with Figure 1 of the full survey."""
    folder = tmp_path_factory.mktemp("figures")
    PapersOverTime().save(full(), folder)
    return folder


def test_five_files_are_written(saved: Path) -> None:
    """The picture three times, its table, its words; no draft stays behind."""
    assert sorted(path.name for path in saved.iterdir()) == sorted(f"papers_over_time.{ending}" for ending in ENDINGS)


def test_the_same_survey_gives_the_same_bytes(saved: Path, tmp_path: Path) -> None:
    """Also in another process, with other hash seeds and a user's own matplotlib settings."""
    (tmp_path / "matplotlibrc").write_text("font.size: 30\nsvg.fonttype: none\naxes.grid: True\n")
    environment = os.environ | {
        "PYTHONHASHSEED": "7",
        "MATPLOTLIBRC": str(tmp_path),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    subprocess.run([sys.executable, "-c", _AGAIN, str(tmp_path / "again")], check=True, env=environment)
    for ending in ENDINGS:
        name = f"papers_over_time.{ending}"
        assert (saved / name).read_bytes() == (tmp_path / "again" / name).read_bytes(), name


def test_provenance_is_in_every_format(saved: Path) -> None:
    """Rule, sources, date and version can be read from the file itself."""
    made = "Rule: stemmed. Source: snapshot dump.jsonl.gz; arXiv API. Data as of 2025-12-31. llmsurvey 0.1.0."
    assert made in (saved / "papers_over_time.svg").read_text()
    with Image.open(saved / "papers_over_time.png") as picture:
        assert picture.info["Description"] == made
    assert made.encode() in (saved / "papers_over_time.pdf").read_bytes()
    assert b"CreationDate" not in (saved / "papers_over_time.pdf").read_bytes()
    with (saved / "papers_over_time.csv").open(newline="") as sheet:
        row = next(csv.DictReader(sheet))
    assert (row["rule"], row["data_as_of"], row["program"]) == ("stemmed", "2025-12-31", "llmsurvey 0.1.0")


def test_ugly_names_are_harmless(tmp_path: Path) -> None:
    """Mathematics, markup, Chinese, control characters and formulas: whole files, and a hint which font to get."""
    figure = PapersAMonth()
    result = figure.save(SURVEYS["crowded"](), tmp_path)
    sheet = (tmp_path / "papers_a_month.csv").read_text()
    assert "\n'=1+1," in sheet.replace("\r\n", "\n")
    svg = (tmp_path / "papers_a_month.svg").read_text()
    assert "\x00" not in svg
    assert "<b>" not in svg
    assert all("Noto Sans CJK SC" in warning for warning in result.warnings)


def test_letters_that_no_font_has_are_no_empty_boxes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sign stands for a row of them; the hint names the font, and the CSV and the alt text have the letters."""
    monkeypatch.setattr(style, "fonts", lambda: ("DejaVu Sans",))
    figure = Timeline()
    survey = MemorySurvey(date(2025, 11, 2), known=knowing([model("悟道 2.0 智源", "2021-06", 10**12)], []))
    written = {text.get_text() for text in texts_of(figure.picture(figure.table(survey)))}
    assert f"{UNKNOWN} 2.0 {UNKNOWN}" in written
    result = figure.save(survey, tmp_path)
    assert "Noto Sans CJK SC" in result.warnings[0]
    assert all("悟道 2.0 智源" in (tmp_path / f"timeline.{ending}").read_text() for ending in ("csv", "txt"))


def test_the_users_settings_come_back() -> None:
    """Drawing leaves matplotlib as it was."""
    before = dict(mpl.rcParams)
    figure = PapersAMonth()
    figure.picture(figure.table(one_month()))
    assert dict(mpl.rcParams) == before


def test_a_failed_save_keeps_the_old_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills up while writing is told by name, and the older picture stays whole."""
    figure = PapersAMonth()
    figure.save(one_month(), tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def full_disk(path: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device", str(path), len(data))

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    with pytest.raises(CannotWrite, match="No space left"):
        figure.save(full(), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    """The error names the place and the next step."""
    (tmp_path / "out").write_text("not a folder")
    with pytest.raises(CannotWrite, match=r"out.*\n.*--out"):
        PapersAMonth().save(one_month(), tmp_path / "out")
