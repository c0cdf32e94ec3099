"""`models import` and its companions: public catalogues come, are asked, and go without a trace."""

import csv
from pathlib import Path

import pytest

from llmsurvey.cli.run import run
from llmsurvey.errors import ExitCode
from llmsurvey.sources.catalogue_import import FORMATS
from tests.cli.facts import Ask, ask
from tests.knowledge.facts import SHARED

__all__ = ["ask"]

COLUMNS = ("Model", *FORMATS["epoch"].required, "Confidence")
QUESTIONS = (
    ("models", "list"),
    ("models", "show", "GPT-3"),
    ("models", "conflicts"),
    ("lineage", "roots"),
    ("lineage", "descendants", "LLaMA"),
    ("lineage", "diff", "--from", "2020-01-01", "--to", "2024-12-31"),
    ("scaling", "compare"),
    ("knowledge", "check"),
)
HELD = ("organisation", "released", "parameters", "active_parameters", "training_tokens", "access", "arxiv_id")
"""What a catalogue may fill where it is not known, and never change."""


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLMSURVEY_DATABASE_URL", f"sqlite:///{tmp_path / 'own.db'}")


def catalogue(path: Path, *rows: dict[str, str]) -> str:
    """Write an invented catalogue."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows({"Organization": "Alpha", "Publication date": "2024-05-01"} | row for row in rows)
    return str(path)


def answers(ask: Ask) -> list[object]:
    """Ask everything that a catalogue could change."""
    return [ask(*question) for question in QUESTIONS]


def test_a_catalogue_comes_and_goes_without_a_trace(
    ask: Ask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is asked after it has gone is answered to the letter as before it came."""
    before = answers(ask)
    file = catalogue(
        tmp_path / "a.csv",
        {"Model": "Nova", "Base model": "LLaMA-65B"},
        {"Model": "GPT-3", "Organization": "OpenAI", "Publication date": "2020-05-28", "Parameters": "1e9"},
    )
    imported = ask("models", "import", "epoch", file)
    assert (imported["added"], imported["conflicts"], imported["edges"]) == (["Nova"], 1, 1)
    assert "Nova" in {each["name"] for each in ask("lineage", "descendants", "LLaMA")}
    assert ask("models", "show", "GPT-3")["released"] == "2020-05-28"
    assert answers(ask) != before
    assert run(["models", "drop-layer", "epoch"]) == 0
    assert capsys.readouterr().out == "epoch: removed\n"
    assert answers(ask) == before


def test_an_import_of_the_same_file_changes_nothing(
    ask: Ask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says so, and the layer's file stays the same to the byte."""
    file = catalogue(tmp_path / "a.csv", {"Model": "Nova"})
    assert ask("models", "import", "epoch", file)["changed"] is True
    kept = (tmp_path / "own.catalogues" / "epoch.json").read_bytes()
    assert run(["models", "import", "epoch", file]) == 0
    assert "nothing has changed" in capsys.readouterr().out
    assert (tmp_path / "own.catalogues" / "epoch.json").read_bytes() == kept


def test_a_newer_file_takes_the_older_ones_place(ask: Ask, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """New models come, changed values change, what is gone is gone; the numbers are told."""
    assert run(["models", "import", "epoch", catalogue(tmp_path / "a.csv", {"Model": "Nova"}, {"Model": "Star"})]) == 0
    newer = catalogue(tmp_path / "b.csv", {"Model": "Nova", "Parameters": "7e9"}, {"Model": "Sun"})
    assert run(["models", "import", "epoch", newer]) == 0
    assert "1 names are new, 1 are gone" in capsys.readouterr().out
    names = {row["name"]: row for row in ask("models", "list")}
    assert names["Nova"]["parameters"] == 7_000_000_000
    assert "Sun" in names
    assert "Star" not in names


def test_a_file_that_is_refused_leaves_the_older_layer(
    ask: Ask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1, and the models of the older file are still there."""
    assert run(["models", "import", "epoch", catalogue(tmp_path / "a.csv", {"Model": "Nova"})]) == 0
    (tmp_path / "b.csv").write_text("<html>", encoding="utf-8")
    assert run(["models", "import", "epoch", str(tmp_path / "b.csv")]) == ExitCode.FAILURE
    assert "web page" in capsys.readouterr().err
    assert "Nova" in {row["name"] for row in ask("models", "list")}


def test_a_rejected_value_leaves_a_gap(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The rest is taken; exit code 3, with the line on standard error."""
    file = catalogue(tmp_path / "a.csv", {"Model": "Nova", "Parameters": "many"})
    assert run(["models", "import", "epoch", file]) == ExitCode.GAPS
    assert "line 2" in capsys.readouterr().err


def test_layers_are_listed(ask: Ask, tmp_path: Path) -> None:
    """Each with its file and what it brought."""
    assert ask("models", "layers") == []
    ask("models", "import", "epoch", catalogue(tmp_path / "a.csv", {"Model": "Nova", "Base model": "Nobody"}))
    (layer,) = ask("models", "layers")
    assert (layer["layer"], layer["file"], layer["added"]) == ("epoch", "a.csv", ["Nova"])
    assert [each["name"] for each in layer["unknown_names"]] == ["Nobody"]


@pytest.mark.parametrize("arguments", [["drop-layer", "epohc"], ["import", "epohc", "x.csv"]])
def test_an_unknown_catalogue_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """With the name that was meant."""
    assert run(["models", *arguments]) == ExitCode.USAGE
    assert "did you mean epoch?" in capsys.readouterr().err


def test_the_public_catalogues_are_whole(ask: Ask) -> None:
    """Both real files come in without a rejected row; curated values hold; LLaMA's family is broad."""
    folder = SHARED / "catalogues"
    if not folder.is_dir():
        pytest.skip("no catalogues: LLMSURVEY_SHARED names no folder with them")
    curated = {row["name"]: row for row in ask("models", "list")}
    for name, file in (("epoch", "epoch_all_ai_models_2025-03.csv.gz"), ("ecosystem-graphs", "ecosystem_graphs*.csv")):
        layer = ask("models", "import", name, str(next(folder.glob(file))))
        assert layer["rejected"] == []
    rows = {row["name"]: row for row in ask("models", "list")}
    for name, row in curated.items():
        known = {key: row[key] for key in HELD if row[key] is not None}
        assert {key: rows[name][key] for key in known} == known
    family = {each["name"] for each in ask("lineage", "descendants", "LLaMA")}
    assert len(family) > 100
    assert not {"Persimmon", "InCoder", "WizardLM", "YAYI 2", "MPT"} & rows.keys()
    assert {"FinGPT", "FinGPT-13B"} <= rows.keys()


def test_a_file_that_waits_for_a_catalogue_does_not_keep_it_out(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before the import its entry is an error that says so, afterwards it holds; a wrong value is refused at once."""
    mine = tmp_path / "mine.toml"
    monkeypatch.setenv("LLMSURVEY_OVERLAYS", str(mine))
    file = catalogue(tmp_path / "a.csv", {"Model": "Nova", "Parameters": "7e9"})
    entry = '[[model]]\nname = "Nova"\nparameters = "{}"\nsource = "our own count"\n'
    mine.write_text(entry.format("8B"), encoding="utf-8")
    assert run(["models", "show", "Nova"]) == ExitCode.FAILURE
    assert "or import the catalogue that knows it" in capsys.readouterr().err
    assert ask("models", "import", "epoch", file)["changed"]
    assert ask("models", "show", "Nova")["parameters"] == 8 * 10**9
    mine.write_text('[[model]]\nname = "OPT"\nparameters = "0"\nsource = "our own count"\n', encoding="utf-8")
    assert run(["models", "import", "epoch", catalogue(tmp_path / "b.csv", {"Model": "Star"})]) == ExitCode.FAILURE
    mine.unlink()
    monkeypatch.delenv("LLMSURVEY_OVERLAYS")
    assert "Star" not in {each["name"] for each in ask("models", "list")}
