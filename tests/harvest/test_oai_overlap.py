"""A list whose records move while it is read: nothing is passed over, whatever the length of its pages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from llmsurvey.harvest import oai_overlap
from llmsurvey.store.ledger import Status
from tests.harvest.test_killed import killed
from tests.harvest.world import OAI, World, listed
from tests.standin import Record, oai
from tests.standin.exchange import Answer, Request

ONE_DAY = date(2019, 3, 1)
Made = Callable[[int], World]


@pytest.fixture
def of_one_day(four_months: list[Record]) -> list[Record]:
    """Return papers that were all changed on one day, as after an edit of many at once."""
    return [replace(record, datestamp=ONE_DAY) for record in four_months]


@pytest.fixture(autouse=True)
def _pages_are_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oai_overlap, "LONG_PAGE", 5)


def census(world: World) -> set[str]:
    """Return the identifiers of all papers that came in."""
    return {row[0] for row in world.holds()["census"]}


def stored_with_phrase(world: World) -> list[str]:
    """Return the stored papers, each of which has a phrase."""
    return [str(row[0]) for row in world.holds()["papers"]]


def revised(world: World, records: list[Record], count: int) -> None:
    """Revise the first papers of the day, which leave it."""
    day = sorted(record.arxiv_id for record in records if record.arxiv_id in listed(records))
    for arxiv_id in day[:count]:
        world.arxiv.revise(arxiv_id, world.now, datestamp=world.now.date())


@pytest.mark.parametrize("count", [1, 3, 12, 30])
def test_records_that_leave_a_day_hide_no_others(tmp_path: Path, of_one_day: list[Record], count: int) -> None:
    """Papers revised between two pages move the others up; all come in, and requests end."""
    with World(tmp_path, of_one_day) as world:
        honest, served = world.arxiv.site.answer, 0

        def answer(request: Request) -> Answer:
            nonlocal served
            served += 1
            if served == 5:
                revised(world, of_one_day, count)
            return honest(request)

        world.arxiv.site.answer = answer  # type: ignore[method-assign]  # a site that is edited meanwhile
        (entry,) = world.harvest(OAI).windows
        assert (entry.status, entry.papers) == (Status.COMPLETE, len(listed(of_one_day)))
        assert entry.matched == len(stored_with_phrase(world))
        assert census(world) == listed(of_one_day)
        assert served < 30


def test_records_that_leave_a_day_during_an_interruption_hide_no_others(
    tmp_path: Path, of_one_day: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list that goes on days later looks whether it still stands where it stood, however short its pages are."""
    monkeypatch.setattr(oai_overlap, "LONG_PAGE", 1_000)
    with World(tmp_path, of_one_day) as world:
        assert killed(world, "oai", monkeypatch, 4, landed=True)
        revised(world, of_one_day, 7)
        world.tomorrow()
        world.tomorrow()
        assert world.harvest(OAI).gaps == ()
        assert census(world) == listed(of_one_day)


@pytest.mark.parametrize("page_size", [1, 2, 5, 12, 104])
def test_pages_of_any_length_come_to_their_end(tmp_path: Path, of_one_day: list[Record], page_size: int) -> None:
    """Each record counts once on the ledger, and the overlap costs few requests."""
    with World(tmp_path, of_one_day, page_size=page_size) as world:
        (entry,) = world.harvest(OAI).windows
        assert (entry.received, entry.papers) == (104, 104)
        assert len(world.arxiv.requests) <= -(-104 // page_size) * 2


def test_a_server_that_takes_its_own_tokens_only_is_asked_by_them(tmp_path: Path, of_one_day: list[Record]) -> None:
    """One refusal, and the list goes on without an overlap."""
    with World(tmp_path, of_one_day) as world:
        honest, given = world.arxiv.site.answer, {""}

        def answer(request: Request) -> Answer:
            if request.get("resumptionToken") not in given:
                return oai.error_answer(oai.ProtocolError("badResumptionToken"), world.now)
            page = honest(request)
            given.add(page.body.decode().partition("<resumptionToken")[2].partition(">")[2].partition("<")[0])
            return page

        world.arxiv.site.answer = answer  # type: ignore[method-assign]  # a site with a list of its tokens
        assert world.harvest(OAI).gaps == ()
        assert census(world) == listed(of_one_day)
        assert len(world.arxiv.requests) == 10
