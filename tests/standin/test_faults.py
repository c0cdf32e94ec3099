"""Tests of the faults: each strikes as its name says, and a plan strikes when it says."""

import http.client
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import ParseError

import pytest

from tests.standin import Fault, Record, StandIn
from tests.standin.asking import NAMES, ask, search
from tests.standin.fault_kinds import FAULTS
from tests.standin.faults import parsed_plan, read_plan

WINDOW = "submittedDate:[201806010000 TO 201906010000]"
LIST = {"verb": "ListRecords", "metadataPrefix": "arXivRaw"}


@pytest.fixture
def struck_by(corpus_of_two_years: list[Record]) -> Any:
    """Return a stand-in that one fault strikes."""

    @contextmanager
    def stand_in(name: str, **when: Any) -> Iterator[StandIn]:
        fault = Fault(name=name, **when)
        with StandIn(corpus_of_two_years, faults=[fault], today=date(2026, 8, 14), page_size=40) as served:
            yield served
            assert name in {seen.outcome for seen in served.requests}

    return stand_in


def second_page(url: str) -> tuple[Any, Any]:
    """Return the first two pages of a list."""
    first = ask(url, LIST)
    return first, ask(url, {"verb": "ListRecords", "resumptionToken": first.text(".//o:resumptionToken")})


def test_rate_limit(struck_by: Any) -> None:
    """The text is plain, nobody says when to come again, and the next request stalls."""
    with struck_by("rate_limit", requests=(1,), seconds=0.3) as stand_in:
        reply = search(stand_in.api_url, WINDOW)
        assert (reply.status, reply.body) == (429, b"Rate exceeded.")
        assert "retry-after" not in reply.headers
        began = time.monotonic()
        assert ask(stand_in.oai_url, {"verb": "Identify"}).status == 200
        assert time.monotonic() - began >= 0.3


def test_unavailable(struck_by: Any) -> None:
    """The network asks to come again in no seconds."""
    with struck_by("unavailable") as stand_in:
        reply = ask(stand_in.oai_url, LIST)
        assert (reply.status, reply.headers["retry-after"]) == (503, "0")


def test_server_error(struck_by: Any) -> None:
    """The API says it in an entry, OAI-PMH in HTML."""
    with struck_by("server_error") as stand_in:
        reply = search(stand_in.api_url, WINDOW)
        assert (reply.status, reply.text("a:entry/a:title")) == (500, "Error")
        assert ask(stand_in.oai_url, LIST).status == 500


def test_stall(struck_by: Any) -> None:
    """The answer is right and late."""
    with struck_by("stall", seconds=0.3) as stand_in:
        began = time.monotonic()
        assert search(stand_in.api_url, WINDOW).total > 0
        assert time.monotonic() - began >= 0.3


def test_blank(struck_by: Any) -> None:
    """Status 200, and nothing else."""
    with struck_by("blank") as stand_in:
        assert (search(stand_in.api_url, WINDOW).status, ask(stand_in.oai_url, LIST).body) == (200, b"")


def test_error_entry(struck_by: Any) -> None:
    """An error entry comes under 200."""
    with struck_by("error_entry") as stand_in:
        reply = search(stand_in.api_url, WINDOW)
        assert (reply.status, reply.text("a:entry/a:id")) == (200, "https://arxiv.org/api/errors")


def test_rate_text_under_200(struck_by: Any) -> None:
    """The text of a 429 comes under 200."""
    with struck_by("rate_text_under_200") as stand_in:
        reply = search(stand_in.api_url, WINDOW)
        assert (reply.status, reply.body) == (200, b"Rate exceeded.")


@pytest.mark.parametrize("service", ["api", "oai"])
def test_truncated_xml(struck_by: Any, service: str) -> None:
    """HTTP is in order, the XML is not."""
    with struck_by("truncated_xml") as stand_in:
        reply = search(stand_in.api_url, WINDOW) if service == "api" else ask(stand_in.oai_url, LIST)
        assert reply.status == 200
        with pytest.raises(ParseError):
            _ = reply.root


def test_cut_body(struck_by: Any) -> None:
    """Fewer bytes come than were promised."""
    with struck_by("cut_body") as stand_in, pytest.raises(http.client.IncompleteRead):
        search(stand_in.api_url, WINDOW)


def test_dropped_connection(struck_by: Any) -> None:
    """No byte comes at all."""
    with struck_by("dropped_connection") as stand_in, pytest.raises(http.client.RemoteDisconnected):
        search(stand_in.api_url, WINDOW)


def test_false_zero(struck_by: Any) -> None:
    """The answer is in order and finds nothing, once."""
    with struck_by("false_zero", requests=(1, 3)) as stand_in:
        first, second = search(stand_in.api_url, WINDOW), search(stand_in.api_url, WINDOW)
        assert (first.total, first.ids) == (0, [])
        assert second.total > 0
        assert ask(stand_in.oai_url, LIST).error == "noRecordsMatch"
        assert ask(stand_in.oai_url, LIST).listed


def test_repeated_page(struck_by: Any) -> None:
    """The page before comes once more: the API claims the right start, OAI-PMH repeats its token."""
    with struck_by("repeated_page") as stand_in:
        first, second = (search(stand_in.api_url, WINDOW, start=start, max_results=20) for start in (0, 20))
        assert first.ids == second.ids
        assert second.text("os:startIndex") == "20"
        one, two = second_page(stand_in.oai_url)
        assert one.listed == two.listed
        assert one.text(".//o:resumptionToken") == two.text(".//o:resumptionToken")


def test_short_page(struck_by: Any) -> None:
    """One paper is left out, and the total and the token do not tell."""
    with struck_by("short_page") as stand_in:
        reply = search(stand_in.api_url, WINDOW, max_results=20)
        assert (len(reply.ids), reply.total > 20) == (19, True)
        page = ask(stand_in.oai_url, LIST)
        assert len(page.listed) == 39
        assert page.text(".//o:resumptionToken")


def test_shrinking_total(struck_by: Any) -> None:
    """The second page states one less."""
    with struck_by("shrinking_total") as stand_in:
        first, second = (search(stand_in.api_url, WINDOW, start=start, max_results=20) for start in (0, 20))
        assert second.total == first.total - 1


def test_wrong_echo(struck_by: Any) -> None:
    """The title is of another query."""
    with struck_by("wrong_echo") as stand_in:
        reply = search(stand_in.api_url, WINDOW)
        assert "search_query=all:electron&id_list=" in reply.text("a:title")
        assert reply.ids


def test_redirect(struck_by: Any) -> None:
    """The body is empty, and the new address answers."""
    with struck_by("redirect", times=1) as stand_in:
        reply = search(stand_in.api_url, WINDOW)
        assert (reply.status, reply.body) == (301, b"")
        assert ask(stand_in.url + reply.headers["location"]).ids


def test_slow_drip(struck_by: Any) -> None:
    """The answer is right, and takes its time."""
    with struck_by("slow_drip", seconds=0.4) as stand_in:
        began = time.monotonic()
        assert search(stand_in.api_url, WINDOW).total > 0
        assert time.monotonic() - began >= 0.35


def test_huge_body(struck_by: Any) -> None:
    """The body goes on until the client leaves, which the log shows."""
    with struck_by("huge_body") as stand_in:
        address = urlsplit(stand_in.api_url)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=10)
        connection.request("GET", f"{address.path}?search_query=ti:toy")
        response = connection.getresponse()
        assert len(response.read(5_000_000)) == 5_000_000
        response.close()
        connection.close()
        deadline = time.monotonic() + 5
        while stand_in.requests[0].ended is None and time.monotonic() < deadline:
            time.sleep(0.01)
        assert stand_in.requests[0].client_left


def test_captive_portal(struck_by: Any) -> None:
    """HTML comes under 200."""
    with struck_by("captive_portal") as stand_in:
        reply = search(stand_in.api_url, WINDOW)
        assert (reply.status, reply.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert b"log in" in reply.body


@pytest.mark.parametrize("service", ["api", "oai"])
def test_xml_bomb(struck_by: Any, service: str) -> None:
    """The entities are declared, and one is used."""
    with struck_by("xml_bomb") as stand_in:
        body = (
            search(stand_in.api_url, WINDOW) if service == "api" else ask(stand_in.oai_url, {"verb": "Identify"})
        ).body
        assert body.count(b"<!ENTITY") == 10
        assert b"&l9;" in body.partition(b"]>")[2]


def test_external_entity(struck_by: Any) -> None:
    """The entity names a file of the reader's machine."""
    with struck_by("external_entity") as stand_in:
        body = search(stand_in.api_url, WINDOW).body
        assert b'<!ENTITY own SYSTEM "file:///' in body
        assert b"&own;" in body.partition(b"]>")[2]


def test_bad_bytes(struck_by: Any) -> None:
    """The body is not UTF-8."""
    with struck_by("bad_bytes") as stand_in, pytest.raises(UnicodeDecodeError):
        search(stand_in.api_url, WINDOW).body.decode()


def test_stale_response_date(struck_by: Any) -> None:
    """The answer says it is three days old."""
    with struck_by("stale_response_date") as stand_in:
        assert ask(stand_in.oai_url, LIST).text("o:responseDate") == "2026-08-11T12:00:00Z"


def test_past_expiration(struck_by: Any) -> None:
    """The token's life has ended, and it works all the same."""
    with struck_by("past_expiration", times=1) as stand_in:
        first, second = second_page(stand_in.oai_url)
        element = first.root.find(".//o:resumptionToken", NAMES)
        assert element is not None
        assert element.attrib["expirationDate"] == "2026-08-13T00:00:00Z"
        assert second.listed


def test_expired_token(struck_by: Any) -> None:
    """A good token is refused, and a list without one is not."""
    with struck_by("expired_token") as stand_in:
        first, second = second_page(stand_in.oai_url)
        assert first.listed
        assert second.error == "badResumptionToken"


def test_sticky_no_records(struck_by: Any) -> None:
    """The same query finds nothing for the rest of the day, another one does."""
    with struck_by("sticky_no_records", times=1) as stand_in:
        assert [ask(stand_in.oai_url, LIST).error for _ in range(3)] == ["noRecordsMatch"] * 3
        assert ask(stand_in.oai_url, {**LIST, "from": "2018-01-01"}).listed


def test_every_fault_has_its_test() -> None:
    """A fault without a test of its name fails here."""
    assert [name for name in FAULTS if f"test_{name}" not in globals()] == []


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({}, [1, 2, 3, 4, 5, 6]),
        ({"requests": (2, 5)}, [2, 5]),
        ({"every": 3}, [3, 6]),
        ({"every": 2, "times": 2}, [2, 4]),
        ({"every": 3, "requests": (1,)}, [1, 3, 6]),
        ({"where": "start=1"}, [2, 4, 6]),
        ({"where": "start=1", "requests": (2,)}, [4]),
        ({"on": "oai"}, []),
        ({"probability": 1.0}, [1, 2, 3, 4, 5, 6]),
    ],
)
def test_a_plan_strikes_when_it_says(corpus_of_two_years: list[Record], when: Any, expected: list[int]) -> None:
    """By number, each n-th, by pattern, by service, by chance, and at most so often."""
    with StandIn(corpus_of_two_years, faults=[Fault(name="blank", **when)]) as stand_in:
        for number in range(6):
            search(stand_in.api_url, WINDOW, start=number % 2, max_results=1)
        struck = [seen.request.number for seen in stand_in.requests if seen.outcome == "blank"]
    assert struck == expected


def test_chance_is_the_same_for_the_same_seed(corpus_of_two_years: list[Record]) -> None:
    """Two runs of one plan strike the same requests."""
    runs = []
    for _ in range(2):
        with StandIn(corpus_of_two_years, faults=[Fault(name="blank", probability=0.5, seed=7)]) as stand_in:
            for _ in range(12):
                search(stand_in.api_url, WINDOW, max_results=1)
            runs.append([seen.outcome for seen in stand_in.requests])
    assert runs[0] == runs[1]
    assert {"blank", "ok"} == set(runs[0])


def test_a_plan_is_read_from_toml_and_json(tmp_path: Path) -> None:
    """Both texts make the same plan."""
    toml = tmp_path / "plan.toml"
    toml.write_text('[[fault]]\nname = "blank"\non = "api"\nrequests = [1]\n', encoding="utf-8")
    written = tmp_path / "plan.json"
    written.write_text('{"fault": [{"name": "blank", "on": "api", "requests": [1]}]}', encoding="utf-8")
    for path in (toml, written):
        with StandIn(faults=read_plan(path)) as stand_in:
            assert search(stand_in.api_url, "ti:a").body == b""
            assert search(stand_in.api_url, "ti:a").total == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[fault]]\nname = "blanc"', "no fault is called 'blanc'; there are bad_bytes"),
        ('[[fault]]\nname = "blank"\nonce = true', "unknown .'once'."),
        ('[[fault]]\nname = "blank"\non = "rss"', "api, oai or any"),
        ('[[fault]]\nname = "wrong_echo"\non = "oai"', "does not exist on oai"),
    ],
)
def test_a_plan_with_a_mistake_says_which(text: str, message: str) -> None:
    """Unknown names and keys are refused, and the known ones named."""
    with pytest.raises(ValueError, match=message):
        parsed_plan(text)
