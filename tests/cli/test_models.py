"""`models` lists, shows and compares."""

from pathlib import Path

import pytest

from llmsurvey.cli.run import run
from llmsurvey.errors import ExitCode
from llmsurvey.knowledge.catalogue import Knowledge, load
from tests.cli.facts import Ask, ask

__all__ = ["ask"]

CONTRACT = {"name": str, "organisation": str, "released": str, "open_weights": bool, "sources": list}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """Return the package's own facts."""
    return load()


def test_the_list_has_the_keys_that_programs_rely_on(ask: Ask, knowledge: Knowledge) -> None:
    """Every model is listed, oldest first, each with the contract's keys and types."""
    rows = ask("models", "list")
    assert [row["name"] for row in rows] == [model.name for model in knowledge.models]
    for row in rows:
        assert all(isinstance(row[key], kind) for key, kind in CONTRACT.items())
        assert row["parameters"] is None or isinstance(row["parameters"], int)
        assert row["sources"]
    (row,) = [row for row in rows if row["name"] == "GPT-3"]
    assert (row["parameters"], row["open_weights"], row["organisation"]) == (175_000_000_000, False, "OpenAI")


@pytest.mark.parametrize("size", ["10e9", "10B", "10,000,000,000"])
def test_a_size_may_be_written_in_any_way(ask: Ask, size: str) -> None:
    """Bounds are included, and models of unknown size are left out."""
    rows = ask("models", "list", "--min-params", size, "--open", "--since", "2022", "--until", "2022-12")
    assert {row["name"] for row in rows} >= {"BLOOM", "OPT", "GPT-NeoX-20B"}
    assert all(row["parameters"] >= 10**10 and row["open_weights"] for row in rows)
    assert all(row["released"].startswith("2022") for row in rows)


def test_open_and_closed_share_no_model(ask: Ask) -> None:
    """One list is open, the other closed; ELMo, of which it is not known, is in neither."""
    opened, closed = ({row["name"] for row in ask("models", "list", each)} for each in ("--open", "--closed"))
    assert not opened & closed
    assert "ELMo" not in opened | closed


def test_open_and_closed_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    """Both at once is a wrong call; the last one does not win silently."""
    assert run(["models", "list", "--open", "--closed"]) == ExitCode.USAGE
    said = capsys.readouterr()
    assert (said.out, "exclude each other" in said.err) == ("", True)


def test_what_is_left_out_unknown_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """The number of models whose size is not known stands on standard error."""
    assert run(["models", "list", "--min-params", "100B"]) == 0
    assert "left out" in capsys.readouterr().err


def test_a_model_shows_each_value_with_its_source(ask: Ask) -> None:
    """Found by an alias, with values, events and names."""
    answer = ask("models", "show", "gpt-3.5 turbo")
    assert answer["name"] == "gpt-3.5-turbo"
    assert answer["series"] == "GPT-3.5"
    assert all(value["source"] and value["origin"].startswith("package:") for value in answer["values"])
    assert answer["events"][0]["date"] == answer["released"]


def test_a_value_of_the_users_own_file_is_told_as_such(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An overlay of the settings corrects a size; `models show` names the file."""
    mine = tmp_path / "mine.toml"
    mine.write_text('[[model]]\nname = "GPT-3"\nparameters = "174B"\nsource = "an invented note"\n', encoding="utf-8")
    monkeypatch.setenv("LLMSURVEY_OVERLAYS", str(mine))
    (value,) = [each for each in ask("models", "show", "GPT-3")["values"] if each["field"] == "parameters"]
    assert (value["value"], value["origin"]) == (174_000_000_000, str(mine))
    assert run(["models", "show", "GPT-3"]) == 0
    assert str(mine) in capsys.readouterr().out


def test_two_models_stand_side_by_side(ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    """Sizes are also given as a ratio."""
    answer = ask("models", "compare", "Chinchilla", "Gopher")
    assert [each["name"] for each in answer["models"]] == ["Chinchilla", "Gopher"]
    assert answer["ratios"]["parameters"] == 0.25
    assert run(["models", "compare", "GPT-4", "Gopher"]) == 0
    assert "280B" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "GPT-35x"], "did you mean GPT-3.5"),
        (["show", ""], "no model is called"),
        (["compare", "GPT-3", "nobody at all"], "no model is called"),
        (["list", "--min-params", "0"], "out of range"),
        (["list", "--min-params", "-1"], "out of range"),
        (["list", "--max-params", "nan"], "not a number"),
        (["list", "--min-params", "10X"], "not a number"),
        (["list", "--min-params", "10B", "--max-params", "9B"], "swap"),
        (["list", "--since", "2022-13"], "not a possible date"),
        (["list", "--since", "2023", "--until", "2022"], "lies after"),
        (["list", "--org", "Goggle"], "did you mean Google"),
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Unknown names, impossible sizes and dates end in exit code 2 with the next step."""
    assert run(["models", *arguments]) == ExitCode.USAGE
    answer = capsys.readouterr()
    assert (answer.out, said in answer.err) == ("", True)


def test_a_broken_overlay_is_told_with_every_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """All errors of the file at once, exit code 1."""
    mine = tmp_path / "mine.toml"
    mine.write_text('[[model]]\nname = "A"\ncolour = 1\n[[edge]]\nfrom = "A"\nto = "Nobody"\n', encoding="utf-8")
    monkeypatch.setenv("LLMSURVEY_OVERLAYS", str(mine))
    assert run(["models", "list"]) == ExitCode.FAILURE
    said = capsys.readouterr().err
    assert all(each in said for each in ("colour", "organisation", "no relation", str(mine)))
