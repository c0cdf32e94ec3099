"""The network stage of the main job: it fetches, and without a network it is over at once, in one line."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from llmsurvey import job
from llmsurvey.config import NO_CONTACT
from llmsurvey.figures.figure import Figure
from llmsurvey.harvest.runner import Progress
from llmsurvey.harvest.upkeep import Fetched, Upkeep
from llmsurvey.sources.host_clock import HostClock, Machine, state_folder
from llmsurvey.sources.transport import clock_name
from tests.harvest.world import World, matching
from tests.standin import Fault, Record
from tests.undrawn import undrawn

SHUT = "http://127.0.0.1:1/api/query"


@contextmanager
def unseen(_requests: int) -> Iterator[Progress]:
    """Show nothing."""
    yield lambda _: None


def upkeep(world: World, **settings: object) -> Upkeep:
    """Return the stage against the stand-in."""
    chosen = replace(world.settings, **settings)  # type: ignore[arg-type]  # what a test wants otherwise
    return Upkeep(chosen, unseen, now=lambda: world.now)


@pytest.fixture(autouse=True)
def _state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


def test_the_job_fetches_what_is_missing(tmp_path: Path, four_months: list[Record]) -> None:
    """After the first run the papers are there; a second one on the same day asks nothing and says nothing of it."""
    with World(tmp_path, four_months) as world:
        world.now = world.now.replace(year=2018, month=10, day=10)
        stage = upkeep(world, contact="you@example.org")
        (said,) = stage(world.database).remarks
        assert re.match(r"(\d+) of \1 windows complete, ", said)
        assert {row[0] for row in world.holds()["papers"]} == matching(four_months)
        asked = len(world.arxiv.requests)
        assert stage(world.database) == Fetched()
        assert len(world.arxiv.requests) == asked


def test_without_a_network_the_job_says_so_in_a_line_and_works_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report is written from what is there, after one request; none is tried again."""
    monkeypatch.setattr(Figure, "save", undrawn)
    stage = upkeep(world, arxiv_api_url=SHUT, contact="you@example.org")
    outcome = job.run(world.database, world.tracked, world.folder / "reports", fetch=stage)
    assert outcome.report.is_file()
    assert outcome.gaps == 0
    assert outcome.trouble.startswith("arXiv could not be asked: ")
    assert "\n" not in outcome.trouble
    assert not any("asked" in remark for remark in outcome.remarks)
    clock = HostClock(state_folder(), clock_name(SHUT), Machine())
    assert clock.requests_today() == 1


def test_a_passing_fault_of_the_way_does_not_end_the_stage(tmp_path: Path, four_months: list[Record]) -> None:
    """Once arXiv has answered there is a network, and a stray log-in page is asked past."""
    with World(tmp_path, four_months, [Fault(name="captive_portal", on="api", requests=(3,))]) as world:
        world.now = world.now.replace(year=2018, month=10, day=10)
        fetched = upkeep(world, contact="you@example.org")(world.database)
        assert (fetched.gaps, fetched.trouble) == (0, "")
        assert {row[0] for row in world.holds()["papers"]} == matching(four_months)


def test_a_missing_contact_is_said_once(world: World) -> None:
    """Nobody's address is invented."""
    assert upkeep(world, arxiv_api_url=SHUT)(world.database).remarks.count(NO_CONTACT) == 1


def test_a_refusal_leaves_gaps_and_an_absence_none(tmp_path: Path, four_months: list[Record]) -> None:
    """Refused by arXiv, the job is done and gaps remain; without a network it is done."""
    with World(tmp_path, four_months, [Fault(name="rate_limit")]) as world:
        world.now = world.now.replace(year=2018, month=10, day=10)
        refused = upkeep(world)(world.database)
        away = upkeep(world, arxiv_api_url=SHUT)(world.database)
    assert "Too Many Requests" in refused.trouble
    assert (refused.gaps, away.gaps) == (5, 0)
    assert away.trouble


def test_a_budget_that_is_used_up_is_told_with_what_is_left(tmp_path: Path, four_months: list[Record]) -> None:
    """What was fetched before is kept, and the next day goes on from there."""
    with World(tmp_path, four_months) as world:
        world.now = world.now.replace(year=2018, month=10, day=10)
        fetched = upkeep(world, daily_requests=3)(world.database)
        assert "daily budget of 3 requests" in fetched.trouble
        assert "4 windows were not asked for" in fetched.trouble
        assert fetched.gaps == 4
        assert "1 of 5 windows complete, 3 requests; " in fetched.remarks[1]
