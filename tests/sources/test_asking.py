"""A window walked through every fault of the loopback arXiv."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from llmsurvey.errors import Retry
from llmsurvey.phrase import Phrase, Rule, matches
from llmsurvey.sources import faults
from llmsurvey.sources.arxiv_api import ArxivApi, Search
from llmsurvey.sources.arxiv_oai import ArxivOai, Listing
from llmsurvey.sources.asking import Asker
from llmsurvey.sources.base import Source, Walk, Window
from llmsurvey.sources.faults import WindowFault
from llmsurvey.sources.patience import Lasting, NoAnswer
from llmsurvey.sources.transport import Limits, Transport
from tests.sources.conftest import MakeSettings, World
from tests.standin import Fault, StandIn
from tests.standin.exchange import Service
from tests.standin.fault_kinds import FAULTS
from tests.standin.invented import papers
from tests.standin.taxonomy import sets_of

RECORDS = list(papers(120, first="2018-12", last="2019-03", share=0.7))
WINDOW = Window(datetime(2018, 12, 1, tzinfo=UTC), datetime(2019, 4, 1, tzinfo=UTC))
SEARCH = Search(WINDOW, (Phrase("language model"),), size=30)
LISTING = Listing("cs", date(2018, 12, 1))
LATE = {"stall": 0.8, "slow_drip": 2.0}
PATIENT = Limits(body=1 << 20)
HASTY = Limits(read=0.5, whole=0.6, body=1 << 20)
"""Where lateness is the fault; elsewhere a busy machine must not be taken for one."""
"""Seconds of the faults that take time; the server does not sleep them to the end once the client has left."""

EXPECTED: dict[str, tuple[type[Retry] | None, type[Retry] | None]] = {
    "rate_limit": (faults.RateLimited, faults.RateLimited),
    "unavailable": (faults.Unavailable, faults.Unavailable),
    "server_error": (faults.ServerError, faults.ServerError),
    "stall": (faults.Stalled, faults.Stalled),
    "blank": (faults.BlankBody, faults.BlankBody),
    "error_entry": (faults.ErrorEntry, None),
    "rate_text_under_200": (faults.RateLimited, faults.RateLimited),
    "truncated_xml": (faults.TruncatedXml, faults.TruncatedXml),
    "cut_body": (faults.Dropped, faults.Dropped),
    "dropped_connection": (faults.Dropped, faults.Dropped),
    "false_zero": (faults.ShrinkingTotal, faults.FalseZero),
    "repeated_page": (faults.RepeatedPage, faults.RepeatedPage),
    "short_page": (faults.ShortPage, None),
    "shrinking_total": (faults.ShrinkingTotal, None),
    "wrong_echo": (faults.EchoDiffers, None),
    "redirect": (None, None),
    "slow_drip": (faults.Stalled, faults.Stalled),
    "huge_body": (faults.BodyTooLarge, faults.BodyTooLarge),
    "captive_portal": (faults.CaptivePortal, faults.CaptivePortal),
    "xml_bomb": (faults.ForbiddenXml, faults.ForbiddenXml),
    "external_entity": (faults.ForbiddenXml, faults.ForbiddenXml),
    "bad_bytes": (faults.BadXml, faults.BadXml),
    "stale_response_date": (None, None),
    "past_expiration": (None, None),
    "expired_token": (None, faults.ExpiredToken),
    "sticky_no_records": (None, faults.FalseZero),
}
"""What the second request of a walk is told of each fault, by the API and by OAI-PMH; None: nothing, or no such fault.

A short page of OAI-PMH shows only where its token counts records of it; `test_arxiv_oai` has that case.
"""


UNDISTURBED = {
    Service.API: {
        record.arxiv_id
        for record in RECORDS
        if matches(Rule.STEMMED, SEARCH.phrases[0], (record.title, record.abstract))
    },
    Service.OAI: {
        record.arxiv_id for record in RECORDS if any(name.split(":")[0] == "cs" for name in sets_of(record.categories))
    },
}
"""The papers that a walk must bring."""


def test_every_fault_is_expected() -> None:
    """A fault that the stand-in learns is a row of the table."""
    assert EXPECTED.keys() == FAULTS.keys()


def walked(asker: Asker, source: Source[Any], first: Any, heard: list[str]) -> set[str]:
    """Walk a window as a harvest does it, from its start again where its pages do not fit; return what came."""
    asked, walk, found = first, Walk[Any](), set[str]()
    for _ in range(50):
        try:
            page = asker.page(source, asked, walk)
        except WindowFault as fault:
            heard.append(type(fault).__name__)
            asked, walk = (asked.afresh if isinstance(asked, Listing) else first), Walk[Any]()
            continue
        found |= set(page.identifiers)
        if page.following is None:
            assert walk.complete
            return found
        asked = page.following
    raise AssertionError("the walk has no end")


CASES = [
    (name, service)
    for name, kind in FAULTS.items()
    for service in sorted(kind.services)
    if (name, service) != ("short_page", Service.OAI)
]


@pytest.mark.parametrize(("name", "service"), CASES, ids=str)
def test_nothing_is_lost_through_any_fault(
    name: str, service: Service, make_settings: MakeSettings, tmp_path: Path, world: World
) -> None:
    """A fault on the second request is told by its name, and the walk ends with the papers of an undisturbed one."""
    heard: list[str] = []
    number = 1 if name in {"repeated_page", "shrinking_total", "expired_token"} else 2  # three count later pages only
    once = Fault(name=name, on=service, requests=(number,), times=1, seconds=LATE.get(name, 0.01))
    with (
        StandIn(RECORDS, faults=[once], today=date(2026, 8, 14), page_size=30) as arxiv,
        Transport(make_settings(), tmp_path, limits=HASTY if name in LATE else PATIENT) as transport,
    ):
        asker = Asker(transport, machine=world.machine, heard=lambda fault, _: heard.append(type(fault).__name__))
        if service is Service.API:
            found = walked(asker, ArxivApi(arxiv.api_url), SEARCH, heard)
        else:
            found = walked(asker, ArxivOai(arxiv.oai_url), LISTING, heard)
    expected = EXPECTED[name][0 if service is Service.API else 1]
    assert (expected is None and heard == []) or (expected and expected.__name__ in heard)
    assert found == UNDISTURBED[service]


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("blank", (Lasting, 4)),
        ("error_entry", (Lasting, 3)),
        ("unavailable", (NoAnswer, 7)),
        ("captive_portal", (NoAnswer, 2)),
    ],
)
def test_patience_ends(
    name: str, ends: tuple[type[Exception], int], make_settings: MakeSettings, tmp_path: Path, world: World
) -> None:
    """A fault that stays is a gap or the end of the run after the requests that patience allows."""
    end, requests = ends
    with (
        StandIn(RECORDS, faults=[Fault(name=name)]) as arxiv,
        Transport(make_settings(), tmp_path) as transport,
        pytest.raises(end, match=f"asked {requests} times"),
    ):
        Asker(transport, machine=world.machine).page(ArxivApi(arxiv.api_url), SEARCH)
    assert len(arxiv.requests) == requests


@pytest.mark.parametrize(("cooldown", "pauses"), [(60, [5, 10, 20]), (6, [0.5, 1, 2]), (0, [0, 0, 0])])
def test_pauses_shrink_with_the_cooldown(
    cooldown: float, pauses: list[float], make_settings: MakeSettings, tmp_path: Path, world: World
) -> None:
    """Real arXiv is asked again after some seconds, a loopback host as soon as its settings say."""
    with (
        StandIn(RECORDS, faults=[Fault(name="blank")]) as arxiv,
        Transport(make_settings(arxiv_cooldown=cooldown), tmp_path) as transport,
        pytest.raises(Lasting),
    ):
        Asker(transport, machine=world.machine).page(ArxivApi(arxiv.api_url), SEARCH)
    assert world.slept == pytest.approx(pauses)


def test_an_interrupt_goes_through(make_settings: MakeSettings, tmp_path: Path, world: World) -> None:
    """Ctrl-C during a pause ends the asking at once."""

    def interrupt(_: World) -> None:
        raise KeyboardInterrupt

    world.on_sleep = interrupt
    with (
        StandIn(RECORDS, faults=[Fault(name="blank")]) as arxiv,
        Transport(make_settings(), tmp_path) as transport,
        pytest.raises(KeyboardInterrupt),
    ):
        Asker(transport, machine=world.machine).page(ArxivApi(arxiv.api_url), SEARCH)
    assert len(arxiv.requests) == 1


def test_other_answers_are_read_with_the_same_patience(
    make_settings: MakeSettings, tmp_path: Path, world: World
) -> None:
    """What is no page, such as the list of sets, is asked for in the same way."""
    with (
        StandIn(RECORDS, faults=[Fault(name="blank", requests=(1,))]) as arxiv,
        Transport(make_settings(), tmp_path) as transport,
    ):
        asker = Asker(transport, machine=world.machine)
        assert asker.read(arxiv.oai_url, {"verb": "ListSets"}, length) == "long"


def length(body: bytes) -> str:
    """Take a body that is there."""
    if not body:
        raise faults.BlankBody("nothing")
    return "long" if len(body) > 10_000 else "short"
