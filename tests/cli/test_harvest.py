"""`harvest`, `gaps` and `verify` as a person meets them: exit codes, JSON, and what is refused."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from llmsurvey.cli.run import run
from llmsurvey.errors import ExitCode
from llmsurvey.store import lock
from llmsurvey.store.upgrade import opened
from tests.standin import Fault, Record, StandIn
from tests.standin.faults import _Armed
from tests.standin.invented import papers

MONTHS = ("--until", "2018-07")


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """Return 40 invented papers of two months."""
    return list(papers(40, last="2018-07", share=0.5))


@pytest.fixture
def arxiv(records: list[Record], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """Serve them, and set the program on it in a folder of its own."""
    with StandIn(records) as served:
        for name, value in {
            "LLMSURVEY_ARXIV_API_URL": served.api_url,
            "LLMSURVEY_ARXIV_OAI_URL": served.oai_url,
            "LLMSURVEY_ARXIV_DELAY": "0",
            "LLMSURVEY_ARXIV_COOLDOWN": "0",
            "LLMSURVEY_DATABASE_URL": str(tmp_path / "survey.db"),
            "XDG_STATE_HOME": str(tmp_path),
        }.items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(tmp_path)
        yield served


def answered(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    """Run a command with --json and return exit code and answer."""
    code = run([*arguments, "--json"])
    out = capsys.readouterr().out
    return code, json.loads(out) if out else None


def test_a_dry_run_sends_nothing(arxiv: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    """It states windows, requests and minutes, and the next run does just that."""
    code, plan = answered(capsys, "harvest", "--dry-run", *MONTHS)
    assert (code, len(plan["windows"]), plan["requests"], len(arxiv.requests)) == (0, 2, 2, 0)
    assert plan["minutes"] > 0
    assert run(["harvest", "--dry-run", "--counts", *MONTHS]) == 0
    assert "4 counts, 4 requests" in capsys.readouterr().out
    code, done = answered(capsys, "harvest", *MONTHS)
    assert (code, done["requests"], len(arxiv.requests)) == (0, 2, 2)


def test_a_harvest_that_finds_nothing_new_is_done(arxiv: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 0, and not one request."""
    assert run(["harvest", *MONTHS]) == ExitCode.DONE
    asked = len(arxiv.requests)
    capsys.readouterr()
    code, done = answered(capsys, "harvest", *MONTHS)
    assert (code, done["windows"], len(arxiv.requests)) == (0, [], asked)


def test_gaps_lists_what_a_harvest_left(arxiv: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    """A refused query is a gap with its reason, exit code 3; the next run fills it."""
    arxiv.plan._armed.append(_Armed(Fault(name="xml_bomb", on="api", where="201806010000")))
    assert run(["harvest", *MONTHS]) == ExitCode.GAPS
    assert "ForbiddenXml" in capsys.readouterr().err
    _, holes = answered(capsys, "gaps")
    (gap,) = [hole for hole in holes if hole["status"] == "gap"]
    assert (gap["source"], gap["phrase"], gap["window"]) == ("api", "language model", ["2018-06", "2018-06"])
    assert "llmsurvey harvest" in gap["reason"]
    arxiv.plan._armed.clear()
    assert run(["harvest", *MONTHS]) == ExitCode.DONE
    capsys.readouterr()
    _, holes = answered(capsys, "gaps")
    assert not [hole for hole in holes if hole["status"] == "gap"]


def test_an_arxiv_that_is_gone_is_unreachable(
    arxiv: StandIn, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 4, with the reason, after what is there has been kept."""
    assert arxiv.requests == []
    monkeypatch.setenv("HTTPS_PROXY", "")
    monkeypatch.setenv("LLMSURVEY_ARXIV_API_URL", arxiv.url + "/nothing/here")
    assert run(["harvest", *MONTHS]) == ExitCode.UNREACHABLE
    assert "404" in capsys.readouterr().err


def test_a_second_run_is_refused_at_once(arxiv: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 5, with the name of the run that holds the lock, and no request."""
    with lock.held(opened(str(tmp_path / "survey.db")), "harvest"):
        assert run(["harvest", *MONTHS]) == ExitCode.LOCKED
    assert "harvest, process" in capsys.readouterr().err
    assert arxiv.requests == []


REFUSED = {
    "a month to come": (("--since", "2999-01"), "future"),
    "reversed months": (("--since", "2018-07", "--until", "2018-06"), "after"),
    "no month": (("--since", "June"), "not a month"),
    "a set that is none": (("--set", "cs:XX"), "there are"),
    "a set for the search": (("--source", "api", "--set", "cs"), "only OAI-PMH has sets"),
    "counts of lists": (("--counts", "--source", "oai"), "counts nothing"),
    "before every phrase": (("--until", "2001-01"), "first month is 2018-06"),
}


@pytest.mark.parametrize(("arguments", "text"), REFUSED.values(), ids=REFUSED.keys())
@pytest.mark.usefixtures("arxiv")
def test_what_cannot_be_meant_is_refused(
    arguments: tuple[str, ...], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, and words that say what would be right."""
    assert run(["harvest", *arguments]) == ExitCode.USAGE
    assert text in capsys.readouterr().err


def test_counts_are_shown_beside_the_store(arxiv: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    """Each row has arXiv's number and ours, by phrase and month."""
    run(["harvest", *MONTHS])
    capsys.readouterr()
    code, told = answered(capsys, "harvest", "--counts", *MONTHS)
    rows = [row for row in told["counts"] if row["phrase"] == "language model"]
    assert (code, told["requests"]) == (0, 4)
    assert [set(row) for row in rows] == [{"phrase", "month", "server", "local", "complete"}] * 2
    assert arxiv.requests


def test_a_list_is_read_and_verified(arxiv: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    """After a harvest of sets, `verify` finds nothing that differs."""
    assert run(["harvest", "--set", "cs", "--set", "stat"]) == ExitCode.DONE
    assert {seen.service for seen in arxiv.requests} == {"oai"}
    capsys.readouterr()
    code, findings = answered(capsys, "verify")
    assert code == 0
    assert {"check", "subject", "expected", "found", "tolerance", "consistent", "meaning"} == set(findings[0])


@pytest.mark.usefixtures("arxiv")
def test_verify_tells_a_difference_by_its_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A store that lost papers after they came in differs from its ledger: exit code 3."""
    run(["harvest", *MONTHS])
    with opened(str(tmp_path / "survey.db")).writing() as connection:
        connection.exec_driver_sql("DELETE FROM papers WHERE month = '2018-07'")
    capsys.readouterr()
    assert run(["verify"]) == ExitCode.GAPS
    assert "differs" in capsys.readouterr().out
