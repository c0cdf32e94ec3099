"""`lineage` answers who descends from whom."""

import json
from pathlib import Path

import networkx as nx
import pytest

from llmsurvey.cli.run import run
from llmsurvey.errors import ExitCode
from llmsurvey.lineage.formats import FORMATS
from tests.cli.facts import Ask, ask

__all__ = ["ask"]


def test_parents_and_children_have_the_keys_that_programs_rely_on(ask: Ask) -> None:
    """The contract of `lineage show`."""
    answer = ask("lineage", "show", "Codex")
    assert answer["name"] == "Codex"
    (parent,) = answer["parents"]
    assert {key: parent[key] for key in ("from", "to", "evidence", "relation", "label")} == {
        "from": "GPT-3",
        "to": "Codex",
        "evidence": "explicit",
        "relation": "code",
        "label": "+code",
    }
    assert "2303.18223" in parent["source"]
    (child,) = answer["children"]
    assert (child["to"], child["evidence"]) == ("GPT-3.5", "weak")


def test_a_path_says_that_it_is_weak(ask: Ask) -> None:
    """The line from GPT-1 to GPT-4 has weak steps and no explicit alternative."""
    answer = ask("lineage", "path", "GPT-1", "GPT-4")
    assert [step["to"] for step in answer["steps"]] == ["GPT-2", "GPT-3", "Codex", "GPT-3.5", "GPT-4"]
    assert (answer["evidence"], answer["explicit_steps"]) == ("weak", None)
    assert answer["remark"].startswith("only through weak evidence")


def test_no_path_is_an_answer(ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    """Where no line leads from A to B, JSON has null and text says so; the exit code is 0."""
    assert ask("lineage", "path", "BLOOM", "GPT-4")["steps"] is None
    assert run(["lineage", "path", "BLOOM", "GPT-4"]) == 0
    assert capsys.readouterr().out == "No line leads from BLOOM to GPT-4.\n"


def test_ancestors_and_descendants_mirror_each_other(ask: Ask) -> None:
    """LLaMA's descendants name it among their ancestors."""
    below = [each["name"] for each in ask("lineage", "descendants", "LLaMA")]
    assert {"Alpaca", "Vicuna"} <= set(below)
    for name in below:
        assert "LLaMA" in {each["name"] for each in ask("lineage", "ancestors", name)}


def test_a_relation_is_followed_alone(ask: Ask) -> None:
    """`--relation` leads along edges that are no descent as well."""
    (child,) = ask("lineage", "descendants", "text-davinci-003", "--relation", "data-inherited")
    assert child["name"] == "Alpaca"


def test_common_ancestors_and_roots(ask: Ask) -> None:
    """GPT-4 and gpt-3.5-turbo meet in GPT-3.5; GPT-1 is the root of most models."""
    answer = ask("lineage", "common", "gpt-3.5-turbo", "GPT-4")
    assert (answer["common"][0]["name"], answer["common"][0]["nearest"]) == ("GPT-3.5", True)
    assert ask("lineage", "common", "BLOOM", "GPT-4")["common"] == []
    assert ask("lineage", "roots")[0]["name"] == "GPT-1"


def test_a_difference_lists_models_and_edges(ask: Ask) -> None:
    """The first quarter of 2023 brought LLaMA, GPT-4 and the edges to them."""
    answer = ask("lineage", "diff", "--from", "2022-12", "--to", "2023-03")
    assert {"LLaMA", "GPT-4", "Alpaca"} <= {each["name"] for each in answer["models"]}
    assert ("LLaMA", "Alpaca") in {(each["from"], each["to"]) for each in answer["edges"]}
    assert (answer["from"], answer["to"]) == ("2022-12-31", "2023-03-31")


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_goes_to_a_file_or_to_standard_output(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same text in both places; the file's ending names the format."""
    file = tmp_path / f"lineage{FORMATS[name].endings[0]}"
    assert run(["lineage", "export", "--out", str(file)]) == 0
    assert capsys.readouterr().out == f"{file}\n"
    assert run(["lineage", "export", "--format", name]) == 0
    assert capsys.readouterr().out == file.read_text(encoding="utf-8")


def test_an_export_is_read_by_networkx(capsys: pytest.CaptureFixture[str]) -> None:
    """What `--format json` prints is a graph, without arguments to the reader."""
    assert run(["lineage", "export", "--format", "json"]) == 0
    assert "GPT-4" in nx.node_link_graph(json.loads(capsys.readouterr().out))


@pytest.mark.parametrize("command", [["show", "ChatGPT"], ["show", "ELMo"], ["show", "gpt-3.5-turbo"], ["roots"]])
def test_text_is_printed_for_a_person(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Without `--json` there is a table, or a sentence where nothing is to be listed."""
    assert run(["lineage", *command]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 2


@pytest.mark.parametrize(
    "command",
    [
        ["path", "LLaMA", "Alpaca"],
        ["path", "LaMDA", "Bard"],
        ["ancestors", "Alpaca"],
        ["common", "Alpaca", "Vicuna"],
        ["common", "BLOOM", "GPT-4"],
        ["diff", "--from", "2023", "--to", "2023-03"],
        ["diff", "--from", "2023-01", "--to", "2023-03"],
    ],
)
def test_every_question_has_an_answer_in_text(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Each question ends in words, or in a refusal that says how dates are written."""
    code = run(["lineage", *command])
    said = capsys.readouterr()
    assert (code == 0) == bool(said.out)
    assert code == 0 or "write YYYY-MM" in said.err


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["show", "GPT-35x"], "did you mean GPT-3.5"),
        (["path", "GPT-3", "nobody"], "no model is called 'nobody'"),
        (["ancestors", "nobody"], "no model is called"),
        (["descendants", "GPT-3", "--relation", "sibling"], "no relation is called 'sibling'"),
        (["common", "nobody", "GPT-3"], "no model is called"),
        (["diff", "--from", "2023-03", "--to", "2022-03"], "lies after"),
        (["diff", "--from", "soon", "--to", "2022-03"], "'soon' is not a date"),
        (["export", "--format", "tikz"], "no format is called 'tikz'"),
        (["export", "--out", "lineage.docx"], "names no format"),
    ],
)
def test_what_cannot_be_meant_is_refused(command: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Unknown names and impossible dates end in exit code 2, and nothing is printed as data."""
    assert run(["lineage", *command]) == ExitCode.USAGE
    answer = capsys.readouterr()
    assert (answer.out, said in answer.err) == ("", True)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder in the place of the file stops the export, and the folder stays."""
    (tmp_path / "a.json").mkdir()
    assert run(["lineage", "export", "--out", str(tmp_path / "a.json")]) == ExitCode.FAILURE
    assert "a.json" in capsys.readouterr().err
