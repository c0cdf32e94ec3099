"""`papers` finds, shows and exports what the store holds."""

import json
from pathlib import Path

import msgspec
import pytest

from llmsurvey.cli.papers import Format
from llmsurvey.cli.run import run
from llmsurvey.errors import ExitCode
from llmsurvey.exports.formats import FORMATS
from llmsurvey.exports.tables import COLUMNS
from llmsurvey.store.upgrade import opened
from tests.stored_papers import a_paper, a_store, add


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Work with a store of three papers."""
    shelf = [
        a_paper("2303.18223", title="A Survey of Large Language Models", authors=("Wayne Xin Zhao", "Kun Zhou")),
        a_paper("hep-th/9901001", title="Models of \x1b[31mkettles", day="1999-01-04", categories=("hep-th",)),
        a_paper("2304.00001", title="Kettles", withdrawn=True, day="2023-04-01"),
    ]
    database = a_store(tmp_path / "s.db", shelf)
    add(database, [msgspec.structs.replace(shelf[0], abstract="Longer.", versions=2)])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LLMSURVEY_DATABASE_URL", str(tmp_path / "s.db"))
    return str(tmp_path / "s.db")


def test_a_search_prints_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    """`papers search --json` has the keys that other programs rely on."""
    assert run(["papers", "search", "language model", "--json"]) == 0
    (hit,) = json.loads(capsys.readouterr().out)
    assert hit["arxiv_id"] == "2303.18223"
    assert hit["submitted"] == "2023-03-31T00:00:00Z"
    assert hit["authors"] == ["Wayne Xin Zhao", "Kun Zhou"]
    assert (hit["categories"], hit["primary_category"]) == (["cs.CL"], "cs.CL")
    assert hit["title"] == "A Survey of Large Language Models"


def test_a_search_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    """A line a paper, without what could steer the terminal; what is cut off by the limit is told elsewhere."""
    assert run(["papers", "search", "kettle OR model", "--limit", "2"]) == 0
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 3
    assert "\x1b" not in said.out
    assert "[withdrawn] Kettles" in said.out
    assert "--limit" in said.err


def test_no_hit_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing found is no failure; standard output holds no data then, or an empty list."""
    assert run(["papers", "search", "teapot"]) == 0
    assert capsys.readouterr().out == ""
    assert run(["papers", "search", "teapot", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_store_that_does_not_exist_is_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A query before the first import finds nothing and fails nothing."""
    assert run(["--database", str(tmp_path / "new" / "n.db"), "papers", "search", "model", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", 'a "b'],
        ["search", ""],
        ["search", "word " * 10_000],
        ["search", "model", "--since", "2023-13"],
        ["search", "model", "--since", "2023-02", "--until", "2023-01"],
        ["search", "model", "--category", "cs.XX"],
        ["search", "model", "--author", "."],
        ["search", "model", "--limit", "0"],
        ["export", "--format", "docx"],
        ["export", "--phrase", "***"],
        ["export", "--query", ")"],
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong options end in exit code 2, with a next step and nothing on standard output."""
    assert run(["papers", *arguments]) == ExitCode.USAGE
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) > 1


def test_a_paper_is_shown_with_all_that_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    """The record, the changes, the tracked phrases under both rules, and the address of its page."""
    assert run(["papers", "show", "arXiv:2303.18223v1", "--json"]) == 0
    known = json.loads(capsys.readouterr().out)
    assert known["url"] == "https://arxiv.org/abs/2303.18223"
    assert [change["field"] for change in known["changes"]] == ["abstract"]
    assert {"phrase": "large language model", "stemmed": True, "exact": True} in known["phrases"]
    assert run(["papers", "show", "2303.18223"]) == 0
    said = capsys.readouterr().out
    for part in ("Wayne Xin Zhao, Kun Zhou", "language model: stemmed and exact", "Of something.", "\nLonger."):
        assert part in said


@pytest.mark.parametrize("arxiv_id", ["2303.1822", "2401.00001", "kettle"])
def test_an_absent_paper_is_a_failure_with_a_next_step(arxiv_id: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 1, and what to do."""
    assert run(["papers", "show", arxiv_id]) == ExitCode.FAILURE
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_the_formats_are_those_of_the_exports() -> None:
    """The choices of `--format` are the table of formats."""
    assert [each.value for each in Format] == list(FORMATS)


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_is_exported(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Standard output and a file get the same, for all papers."""
    assert run(["papers", "export", "--format", name]) == 0
    said = capsys.readouterr()
    assert "3 papers" in said.err
    assert run(["papers", "export", "--format", name, "--out", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out").read_bytes().decode() == said.out
    assert capsys.readouterr().out == ""


def test_conditions_narrow_an_export(capsys: pytest.CaptureFixture[str]) -> None:
    """A query, a phrase, months, category and author all hold at once."""
    narrowed = ["--query", "survey NOT kettle", "--phrase", "language model", "--since", "2023-03", "--author", "zhou"]
    assert run(["papers", "export", "--format", "csv", *narrowed, "--category", "cs.*"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(",")[0] for line in lines] == [COLUMNS[0], "2303.18223"]


def test_an_export_that_cannot_be_written_keeps_the_older_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder in the place of the file is told."""
    (tmp_path / "out").mkdir()
    assert run(["papers", "export", "--out", str(tmp_path / "out")]) == ExitCode.FAILURE
    assert "it is a folder" in capsys.readouterr().err
    assert list(tmp_path.glob(".*part")) == []


def test_a_choice_of_papers_is_cited_as_all_of_them_are(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The key of a paper does not depend on what else is exported with it."""
    twins = [a_paper(f"2305.0000{n}", title="Twins", abstract=f"Number {n}.", authors=("Ann Example",)) for n in (1, 2)]
    add(opened(store), twins)
    assert run(["papers", "export", "--query", '"number 2"']) == 0
    assert capsys.readouterr().out.startswith("@misc{example2023twinsa,")
