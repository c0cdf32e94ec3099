"""`trend` counts the papers of each month with a phrase, and says how."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from llmsurvey.cli.run import run
from llmsurvey.errors import ExitCode
from llmsurvey.month import Month
from llmsurvey.store import server_counts
from llmsurvey.store.server_counts import ServerCount
from llmsurvey.store.upgrade import opened
from tests.records import month_of_lines, snapshot


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Work with a store of one month, of which matches were kept."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LLMSURVEY_DATABASE_URL", str(tmp_path / "s.db"))
    assert run(["import", str(snapshot(tmp_path / "a.jsonl", month_of_lines(count=40)))]) == 0
    capsys.readouterr()


def test_the_answer_is_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    """`trend --json` has the keys that other programs rely on, with their kinds of values."""
    assert run(["trend", "language model", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["rule"], answer["as_of"][:4]) == ("stemmed", "2018")
    (series,) = answer["series"]
    assert (series["phrase"], series["within"]) == ("language model", None)
    (point,) = series["points"]
    expected = {"month": "2018-06", "count": 10, "cumulative": 10, "total": 40, "share": 0.25}
    assert {key: point[key] for key in expected} == expected
    assert point["complete"] in {True, False}


def test_arxivs_own_counts_stand_beside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What arXiv itself counts is a column and a key of its own, also of months of which nothing is stored."""
    for month, papers in ((Month(2018, 6), 12), (Month(2018, 7), 15)):
        with opened(str(tmp_path / "s.db")).writing() as connection:
            server_counts.keep(
                connection, "language model", month, ServerCount(papers, datetime(2018, 9, 1, tzinfo=UTC))
            )
    assert run(["trend", "language model", "--json", "--as-of", "2018-09-01"]) == 0
    (series,) = json.loads(capsys.readouterr().out)["series"]
    assert [point["count"] for point in series["points"]][:1] == [10]
    assert series["arxiv"] == [
        {"month": "2018-06", "count": 12, "complete": True},
        {"month": "2018-07", "count": 15, "complete": True},
    ]
    assert run(["trend", "language model", "--csv", "--as-of", "2018-09-01"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith(",arxiv")
    assert [line.rpartition(",")[2] for line in lines[1:]] == ["12", "15"]


def test_an_untracked_phrase_is_counted_within_what_was_kept(capsys: pytest.CaptureFixture[str]) -> None:
    """The answer says so in the key `within`, and a warning says it to a person."""
    assert run(["trend", "kettle", "--json", "--until", "2018-06"]) == 0
    said = capsys.readouterr()
    assert "a.jsonl only these were kept" in json.loads(said.out)["series"][0]["within"]
    assert '"kettle" is counted within' in said.err


def test_the_last_day_there_is_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """A date far ahead counts all papers."""
    assert run(["trend", "language model", "--as-of", "9999-12-31", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["series"][0]["points"][-1]["cumulative"] == 10


def test_a_misspelt_category_is_answered_with_the_one_meant(capsys: pytest.CaptureFixture[str]) -> None:
    """Capitals and small letters apart, too."""
    assert run(["trend", "model", "--category", "cs.cl"]) == ExitCode.USAGE
    assert "did you mean cs.CL" in capsys.readouterr().err


def test_an_import_without_a_record_names_no_months(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A torn archive that holds nothing whole is told without the months it does not have."""
    (tmp_path / "torn.gz").write_bytes(b"\x1f\x8b\x08\0")
    assert run(["import", str(tmp_path / "torn.gz")]) == ExitCode.GAPS
    assert "torn.gz: incomplete, 0 records (0 papers)" in capsys.readouterr().out
