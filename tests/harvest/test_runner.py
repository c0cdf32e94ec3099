"""A harvest brings what arXiv has, once each, through every fault; what it cannot bring is a gap with a name."""

import random
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from llmsurvey.harvest import api_windows
from llmsurvey.harvest.order import Order
from llmsurvey.harvest.span import Span
from llmsurvey.month import Month
from llmsurvey.phrase import Phrase
from llmsurvey.sources import arxiv_api
from llmsurvey.store.ledger import Status
from llmsurvey.survey import Coverage, Question, TrackedPhrase
from tests.harvest.world import API, HASTY, LAST, OAI, World, listed, matching
from tests.standin import Fault, Record
from tests.standin import api as stand_in_api
from tests.standin.exchange import Answer, Request, Service
from tests.standin.fault_kinds import FAULTS
from tests.standin.faults import _Armed
from tests.standin.invented import papers
from tests.standin.oai import Sizes

ORDERS = {"api": API, "oai": OAI}
HARMLESS = {"stale_response_date", "past_expiration", "expired_token"}
"""What a list survives however often it comes: the place where it goes on is known without the token."""
LATE = {"stall": 0.5, "slow_drip": 1.5}


def stored(world: World) -> set[str]:
    """Return the identifiers of the stored papers."""
    return {str(row[0]) for row in world.holds()["papers"]}


def test_a_search_brings_what_the_server_finds(world: World, four_months: list[Record]) -> None:
    """Every paper the loopback arXiv finds is stored once, every window complete; no request more than pages."""
    done = world.harvest(API)
    assert stored(world) == matching(four_months)
    assert {entry.status for entry in done.windows} == {Status.COMPLETE}
    least = sum(max(1, -(-(entry.expected or 0) // 8)) for entry in done.windows)
    assert (done.requests, done.stopped, done.gaps) == (least, None, ())
    assert world.holds()["pages"] == []


def test_a_list_brings_every_paper_of_the_set(world: World, four_months: list[Record]) -> None:
    """All are counted, those with a phrase are stored, and the list costs no request more than it has pages."""
    done = world.harvest(OAI)
    in_set = listed(four_months)
    assert {row[0] for row in world.holds()["census"]} == in_set
    assert stored(world) >= in_set & matching(four_months)
    assert (done.windows[0].papers, done.requests) == (len(in_set), -(-len(in_set) // 12))


def test_what_was_harvested_is_not_asked_again(world: World) -> None:
    """A second run on the same day has nothing to ask, of either source."""
    for order in ORDERS.values():
        world.harvest(order)
        assert world.plan(order).windows == ()
        assert world.harvest(order).requests == 0


def test_a_month_read_by_search_is_complete_and_no_denominator(world: World) -> None:
    """The counts are all there is; the papers known of the month are not taken for all papers."""
    world.harvest(API)
    points = world.survey().series(Question(Phrase("language model"), until=LAST)).points
    assert [point.complete for point in points] == [True] * 4
    assert {(point.total, point.coverage) for point in points} == {(None, Coverage.PARTIAL)}


def test_another_phrase_is_counted_within_what_the_search_brought(world: World) -> None:
    """A phrase nobody asked for says so, and none of its months is complete."""
    world.harvest(API)
    series = world.survey().series(Question(Phrase("toy lattices"), since=Month(2018, 6), until=LAST))
    assert series.within is not None
    assert "arXiv's API" in series.within
    assert not any(point.complete for point in series.points)


def test_a_harvested_store_has_its_readings_and_its_gaps(world: World) -> None:
    """Each source and subject is a line; months never asked are holes, months that came in are none."""
    world.harvest(API)
    world.harvest(OAI)
    readings = [(each.source, each.name, each.status) for each in world.survey().readings()]
    assert readings == [("api", "language model", "complete"), ("oai", "set cs", "complete")]
    windows = [hole.window for hole in world.survey().holes() if hole.window]
    assert windows
    assert all(first > LAST for first, _ in windows)


def test_a_newly_tracked_phrase_is_asked_for_alone(world: World, four_months: list[Record]) -> None:
    """Months that are complete for the old phrase are asked for the new one only; both are complete then."""
    world.harvest(API)
    world.tracked = (*world.tracked, TrackedPhrase(Phrase("toy lattices"), Month(2018, 6)))
    assert {each.entry.subject for each in world.plan(API).windows} == {"toy lattices"}
    assert {hole.phrase for hole in world.survey().holes() if hole.window and hole.window[1] <= LAST} == {
        "toy lattices"
    }
    world.harvest(API)
    assert stored(world) == matching(four_months) | matching(four_months, "toy lattices")
    series = world.survey().series(Question(Phrase("toy lattices"), until=LAST))
    assert (series.within, {point.complete for point in series.points}) == (None, {True})


def test_phrases_without_kinship_share_a_query(world: World, four_months: list[Record]) -> None:
    """One query brings both, and a phrase that another one covers needs none of its own."""
    world.tracked = (*world.tracked, TrackedPhrase(Phrase("toy lattices"), Month(2018, 6)))
    done = world.harvest(API)
    assert {entry.subject for entry in done.windows} == {"language model | toy lattices"}
    assert stored(world) == matching(four_months) | matching(four_months, "toy lattices")


def test_a_list_goes_on_from_the_last_success(world: World, four_months: list[Record]) -> None:
    """Only what changed since comes again: a revision that lost the phrase, a withdrawal, a new paper."""
    world.harvest(OAI)
    victim = next(record for record in four_months if record.arxiv_id in listed(four_months) & stored(world))
    world.tomorrow()
    world.arxiv.revise(victim.arxiv_id, world.now, title="Nothing", abstract="Of the kind", datestamp=world.now.date())
    world.tomorrow()
    done = world.harvest(OAI)
    assert (done.requests, done.windows[0].received) == (1, 1)
    assert date.fromisoformat(done.windows[0].start) == date(2026, 8, 12)
    assert ("Nothing",) in {row[1:2] for row in world.holds()["papers"]}
    world.tomorrow()
    world.arxiv.withdraw(victim.arxiv_id, world.now)
    world.tomorrow()
    world.harvest(OAI)
    assert {row[0] for row in world.holds()["papers"] if row[-1]} >= {victim.arxiv_id}


def test_an_empty_list_of_changes_holds_nothing_up(world: World, four_months: list[Record]) -> None:
    """Nothing changed of late, or a cache says so: the next list begins on the same day, and ends on its own one."""
    world.harvest(OAI)
    for _ in range(60):
        world.tomorrow()
    done = world.harvest(OAI)
    assert (done.gaps, done.windows[0].received) == ((), 0)
    world.tomorrow()
    world.tomorrow()
    victim = next(record for record in four_months if record.arxiv_id in listed(four_months) & stored(world))
    world.arxiv.withdraw(victim.arxiv_id, world.now)
    world.tomorrow()
    done = world.harvest(OAI)
    assert (done.gaps, done.windows[0].received) == ((), 1)


ONE_DAY = date(2005, 9, 16)


@pytest.mark.parametrize("name", ["expired_token", "false_zero", "sticky_no_records"])
def test_a_token_that_is_never_taken_is_a_gap_in_bounded_time(
    tmp_path: Path, four_months: list[Record], name: str
) -> None:
    """A list whose papers all changed on one day cannot go on by the day; it ends as a gap, and goes on when it can."""
    records = [replace(record, datestamp=ONE_DAY) for record in four_months]
    with World(tmp_path, records, [Fault(name=name, on="oai", where="resumptionToken")]) as world:
        (gap,) = world.harvest(OAI).gaps
        assert gap.papers < len(listed(records))
        assert len(world.arxiv.requests) < 30
        world.arxiv.plan._armed.clear()
        world.tomorrow()
        assert world.harvest(OAI).gaps == ()
        assert {row[0] for row in world.holds()["census"]} == listed(records)


def test_pages_of_a_list_may_have_any_length(world: World, four_months: list[Record]) -> None:
    """A server whose pages differ in length costs some requests more; all papers come in, and requests end."""
    chance, honest = random.Random(3), world.arxiv.site.answer

    def answer(request: Request) -> Answer:
        world.arxiv.site.sizes = Sizes(records=chance.randint(1, 20))
        return honest(request)

    world.arxiv.site.answer = answer  # type: ignore[method-assign]  # a site that cannot decide
    assert world.harvest(OAI).gaps == ()
    assert {row[0] for row in world.holds()["census"]} == listed(four_months)


@pytest.mark.parametrize("places", [{3}, {2, 3}, {4, 5, 6}])
def test_records_of_an_earlier_page_under_the_right_token_are_not_taken(
    world: World, four_months: list[Record], places: set[int]
) -> None:
    """A cache that serves the page before, with the token of this one, hides no paper."""
    honest, records, served = world.arxiv.site.answer, re.compile(rb"<record>.*</record>", re.DOTALL), 0
    before = b""

    def answer(request: Request) -> Answer:
        nonlocal served, before
        served += 1
        right = honest(request)
        if served in places:
            return replace(right, body=records.sub(lambda _: before, right.body))
        found = records.search(right.body)
        before = found[0] if found else before
        return right

    world.arxiv.site.answer = answer  # type: ignore[method-assign]  # a site with a cache before it
    assert world.harvest(OAI).gaps == ()
    assert {row[0] for row in world.holds()["census"]} == listed(four_months)


def test_a_first_page_that_is_always_shorter_is_taken(world: World, four_months: list[Record]) -> None:
    """The list is begun anew once for it, and not for ever."""
    honest = world.arxiv.site.answer

    def answer(request: Request) -> Answer:
        world.arxiv.site.sizes = Sizes(records=12 if "resumptionToken" in request.parameters else 3)
        return honest(request)

    world.arxiv.site.answer = answer  # type: ignore[method-assign]  # a site with two page lengths
    assert world.harvest(OAI).gaps == ()
    assert len(world.arxiv.requests) < 20
    assert {row[0] for row in world.holds()["census"]} == listed(four_months)


@pytest.mark.parametrize("source", ORDERS)
def test_a_zero_that_nothing_contradicts_is_asked_again(tmp_path: Path, four_months: list[Record], source: str) -> None:
    """On a first fill nobody knows better, so that an answer without a paper is believed when it is said twice."""
    with World(tmp_path, four_months, [Fault(name="false_zero", on=source, requests=(1,))]) as world:
        order = API if source == "api" else Order("oai", sets=("stat",))
        assert world.harvest(order).gaps == ()
        wanted = matching(four_months) if source == "api" else listed(four_months, "stat")
        assert {row[0] for row in world.holds()["census"]} == wanted


def test_recent_months_are_asked_again(world: World) -> None:
    """The last two settled months and the running one are asked again after a day; a late paper comes in."""
    world.harvest(API)
    order = Order(span=Span(Month(2026, 5)))
    assert [each.entry.start[:7] for each in world.plan(order).windows] == ["2026-05", "2026-06", "2026-07", "2026-08"]
    world.harvest(order)
    assert world.plan(order).windows == ()
    world.tomorrow()
    assert [each.entry.start[:7] for each in world.plan(order).windows] == ["2026-06", "2026-07", "2026-08"]


Calm = dict[str, dict[str, list[tuple[Any, ...]]]]


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory, four_months: list[Record]) -> Calm:
    """Return what a store holds after an undisturbed harvest, by source; of a list's ledger row some is the fault's."""
    found = {}
    for source, order in ORDERS.items():
        with World(tmp_path_factory.mktemp(source), four_months) as world:
            world.harvest(order)
            found[source] = world.holds(leaving_out={"windows"} if source == "oai" else ())
    return found


FAULTS_BY_SOURCE = [
    (source, name) for source in ORDERS for name, kind in FAULTS.items() if Service(source) in kind.services
]


@pytest.mark.parametrize(("source", "name"), FAULTS_BY_SOURCE)
def test_every_fault_costs_time_and_nothing_else(
    tmp_path: Path, four_months: list[Record], calm: Calm, source: str, name: str
) -> None:
    """Met twice, a fault leaves the store of an undisturbed run, at once or after the next run."""
    fault = Fault(name=name, on=source, requests=(2, 5), seconds=LATE.get(name, 0.05))
    with World(tmp_path, four_months, [fault]) as world:
        world.limits = HASTY if name in LATE else world.limits
        done = world.harvest(ORDERS[source])
        assert all(gap.fault for gap in done.gaps)
        if done.gaps or done.stopped:
            world.tomorrow()
            done = world.harvest(ORDERS[source])
        assert (done.gaps, done.stopped, done.unasked) == ((), None, 0)
        assert name in {seen.outcome for seen in world.arxiv.requests}
        assert world.holds(leaving_out={"windows"} if source == "oai" else ()) == calm[source]


@pytest.mark.parametrize(("source", "name"), FAULTS_BY_SOURCE)
def test_a_fault_that_stays_ends_the_run_soon_and_the_next_one_makes_up_for_it(
    tmp_path: Path, four_months: list[Record], source: str, name: str
) -> None:
    """However long a fault stays, requests end; nothing is doubled, and once it passes nothing is missing."""
    if name in {"stall", "slow_drip", "huge_body"}:
        pytest.skip("each request takes its time, and the fault met twice says the same")
    if (source, name) == ("oai", "short_page"):
        pytest.skip("a list says no total: if every page of it lacks a record, only other sources can tell (`verify`)")
    fault = Fault(name=name, on=source, seconds=0)
    with World(tmp_path, four_months, [fault]) as world:
        first = world.harvest(ORDERS[source])
        assert len(world.arxiv.requests) < 100
        assert first.stopped or first.gaps or name in HARMLESS
        world.arxiv.plan._armed.clear()
        world.tomorrow()
        second = world.harvest(ORDERS[source])
        assert (second.gaps, second.stopped) == ((), None)
        wanted = matching(four_months)
        assert stored(world) == wanted if source == "api" else stored(world) >= wanted & listed(four_months)


def test_a_zero_where_papers_are_known_is_no_answer(world: World) -> None:
    """A month that had papers is not complete with none; it is a gap that says so, and its papers stay."""
    order, world.now = Order(span=Span(LAST)), datetime(2018, 10, 10, 12, tzinfo=UTC)
    world.harvest(order)
    before = stored(world)
    world.tomorrow()
    world.arxiv.plan._armed.append(_Armed(Fault(name="false_zero", on="api", where="201809010000")))
    done = world.harvest(order)
    assert [gap.fault and gap.fault.split(":")[0] for gap in done.gaps] == ["FalseZero"]
    assert stored(world) == before
    assert [hole.status for hole in world.survey().holes() if hole.window == (LAST, LAST)] == ["gap"]


def test_a_window_beyond_the_wall_is_split(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts come in the place of a month that is too large; together they hold all its papers."""
    for module in (arxiv_api, api_windows, stand_in_api):
        monkeypatch.setattr(module, "WALL", 1_000)
    monkeypatch.setattr(api_windows, "PART", 500)
    monkeypatch.setattr(api_windows, "PAGE", 500)
    records = list(papers(1_300, last="2018-06", share=0.9))
    with World(tmp_path, records) as world:
        done = world.harvest(Order(span=Span(None, Month(2018, 6))))
        assert len(done.windows) == 3
        assert stored(world) == matching(records)
        assert world.survey().series(Question(Phrase("language model"), until=Month(2018, 6))).points[0].complete


def test_a_total_that_moves_begins_the_window_anew(world: World, four_months: list[Record]) -> None:
    """Papers that come in between two pages move the offsets; in the end all are there, and none twice."""
    late = list(papers(200, last="2018-06", seed=2, share=1.0))[-20:]
    plain_page = world.arxiv.site.answer
    served = 0

    def answer(request: object) -> object:
        nonlocal served
        served += 1
        if served == 2:
            for record in late:
                world.arxiv.add(record)
        return plain_page(request)  # type: ignore[arg-type]  # handed on

    world.arxiv.site.answer = answer  # type: ignore[method-assign, assignment]  # a site that changes meanwhile
    done = world.harvest(API)
    assert done.gaps == ()
    assert stored(world) == matching([*four_months, *late])


def test_a_server_with_shorter_pages_is_asked_for_those(world: World, four_months: list[Record]) -> None:
    """Where pages of five come however many are asked for, five are asked for; the run does not end with gaps."""
    honest = world.arxiv.site.answer

    def answer(request: Request) -> Answer:
        page = honest(request)
        head, *entries = page.body.removesuffix(b"</feed>\n").split(b"  <entry>")
        return replace(page, body=b"  <entry>".join([head, *entries[:5]]) + b"</feed>\n")

    world.arxiv.site.answer = answer  # type: ignore[method-assign]  # a site that is sparing
    assert world.harvest(API).gaps == ()
    assert stored(world) == matching(four_months)


def test_an_unreachable_arxiv_ends_the_run_and_keeps_what_was_done(tmp_path: Path, four_months: list[Record]) -> None:
    """Windows that were complete stay so, the others are unasked, and nothing stands on the ledger about them."""
    fault = Fault(name="captive_portal", on="api", requests=tuple(range(5, 60)))
    with World(tmp_path, four_months, [fault]) as world:
        done = world.harvest(API)
        assert done.stopped is not None
        assert done.unasked + len(done.windows) == 4
        assert done.windows


def test_a_reversed_clock_changes_nothing(world: World) -> None:
    """A machine whose clock was set back by a year asks nothing it has, and loses nothing."""
    world.harvest(API)
    before = world.holds()
    world.now = world.now.replace(year=2025)
    world.harvest(API)
    assert world.holds() == before
