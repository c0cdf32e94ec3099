"""`models candidates` lists new models; `models add` takes one into the user's own facts."""

import json
from pathlib import Path

import pytest

from llmsurvey.cli.run import run
from llmsurvey.errors import ExitCode
from llmsurvey.store.upgrade import opened
from tests.cli.facts import Ask, ask
from tests.knowledge.candidates.papers import BAR, FOO, METHOD, introducing
from tests.stored_papers import a_paper, a_store, add

__all__ = ["ask"]

KEYS = [
    "name",
    "other_names",
    "parameters",
    "active_parameters",
    "sizes",
    "called",
    "score",
    "arxiv_id",
    "title",
    "submitted",
    "evidence",
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a store of four papers; one that was withdrawn is among them."""
    withdrawn = a_paper(
        "2504.00004", title="Gone: A Language Model", abstract="We present Gone, an LLM.", withdrawn=True
    )
    a_store(tmp_path / "s.db", [FOO, BAR, METHOD, withdrawn])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LLMSURVEY_DATABASE_URL", str(tmp_path / "s.db"))
    return tmp_path


def test_the_list_has_documented_keys(ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    """The surest first, each with its evidence; every key stands in the help text."""
    rows = ask("models", "candidates")
    assert [row["name"] for row in rows] == ["Bar", "Foo3"]
    assert all(list(row) == KEYS for row in rows)
    evidence = rows[1]["evidence"][0]
    assert (evidence["field"], evidence["sentence"], evidence["start"]) == ("abstract", 1, FOO.abstract.index("Foo3"))
    assert run(["models", "candidates", "--help"]) == 0
    told = capsys.readouterr().out
    assert all(key in told for key in (*KEYS, *evidence))


def test_the_table_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    """A line a candidate, with the place and the reasons."""
    assert run(["models", "candidates", "--limit", "1"]) == 0
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 2
    assert "presented as a language model +4" in said.out
    assert "1 of 2; --limit" in said.err


@pytest.mark.parametrize(("since", "names"), [("2025", 2), ("2025-02", 1), ("2025-02-03", 1), ("2025-02-04", 0)])
def test_since_may_be_a_year_a_month_or_a_day(ask: Ask, since: str, names: int) -> None:
    """Counted from its first day, by version 1."""
    assert len(ask("models", "candidates", "--since", since)) == names


@pytest.mark.parametrize("arguments", [["--since", "2025-13"], ["--since", "soon"], ["--limit", "0"], ["--limit", "x"]])
def test_nonsense_is_a_usage_error(arguments: list[str]) -> None:
    """An impossible date or limit."""
    assert run(["models", "candidates", *arguments]) == ExitCode.USAGE


def test_an_empty_store_has_no_candidates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says so, prints an empty list, and succeeds."""
    opened(str(tmp_path / "e.db")).close()
    monkeypatch.setenv("LLMSURVEY_DATABASE_URL", str(tmp_path / "e.db"))
    assert run(["models", "candidates", "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == []
    assert "no paper is stored" in said.err


def test_an_added_model_is_in_the_catalogue(ask: Ask, folder: Path) -> None:
    """Listed with its source and size, found by its sizes, and no candidate any more."""
    added = ask("models", "add", "foo3", "--org", "Foo Labs")
    assert (added["name"], added["changed"]) == ("Foo3", True)
    assert Path(added["file"]) == folder / "s.catalogues" / "mine.toml"
    (row,) = [row for row in ask("models", "list") if row["name"] == "Foo3"]
    assert (row["organisation"], row["parameters"], row["released"]) == ("Foo Labs", 671 * 10**9, "2025-01-02")
    assert any("arXiv:2501.00001" in source for source in row["sources"])
    assert ask("models", "add", "Bar-3B")["name"] == "Bar"
    assert ask("models", "candidates") == []
    assert ask("models", "add", "Foo3")["changed"] is False


def test_it_goes_to_the_configured_file(ask: Ask, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last one of the settings; one that is not there yet is made."""
    (folder / "first.toml").write_text("# first\n", encoding="utf-8")
    monkeypatch.setenv("LLMSURVEY_OVERLAYS", f"{folder / 'first.toml'}:{folder / 'last.toml'}")
    assert Path(ask("models", "add", "Bar")["file"]) == folder / "last.toml"
    assert (folder / "first.toml").read_text(encoding="utf-8") == "# first\n"
    assert ask("models", "show", "Bar")["values"][0]["origin"] == str(folder / "last.toml")


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (["Nothing"], ExitCode.USAGE, "no stored paper introduces"),
        (["Baz"], ExitCode.USAGE, "no stored paper introduces"),
        (["BLOOM"], ExitCode.USAGE, "in the catalogue already"),
        (["*"], ExitCode.USAGE, "no word"),
        (["Foo3", "--paper", "2502.00002"], ExitCode.USAGE, "does not introduce"),
        (["Foo3", "--paper", "2001.00001"], ExitCode.FAILURE, "2001.00001"),
    ],
)
def test_what_cannot_be_added_is_refused(
    arguments: list[str], code: ExitCode, part: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message says why, and nothing is written."""
    assert run(["models", "add", *arguments]) == code
    assert part in capsys.readouterr().err
    assert not (folder / "s.catalogues").exists()


def test_a_name_of_two_papers_is_added_by_its_paper(ask: Ask, folder: Path) -> None:
    """--paper says which, with or without a version."""
    add(opened(str(folder / "s.db")), [introducing("Qux"), introducing("Qux", arxiv_id="2503.00002")])
    assert run(["models", "add", "Qux"]) == ExitCode.USAGE
    assert ask("models", "add", "Qux", "--paper", "arXiv:2503.00002v1")["changed"]
    assert ask("models", "show", "Qux")["arxiv_id"] == "2503.00002"
