"""OAI-PMH: lists, their pages, and what goes wrong in them."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.sources import arxiv_api, arxiv_oai, faults
from llmsurvey.sources.arxiv_api import Search
from llmsurvey.sources.arxiv_oai import EARLIEST, ArxivOai, Listing
from llmsurvey.sources.base import Page, Window
from tests.sources.feeds import answered
from tests.standin import Record, Version
from tests.standin.exchange import Service
from tests.standin.invented import papers

RECORDS = list(papers(200, first="2018-12", last="2019-03"))
WHOLE = Listing("cs", date(2018, 12, 1))
SIZE = 7


def body_of(listing: Listing, records: list[Record] = RECORDS, size: int = SIZE) -> bytes:
    """Return the stand-in's answer to a listing."""
    return answered(records, Service.OAI, arxiv_oai.parameters(listing), size)


def walked(listing: Listing) -> list[Page[Listing]]:
    """Return all pages of a list."""
    pages = [arxiv_oai.parse(body_of(listing), listing)]
    while following := pages[-1].following:
        pages.append(arxiv_oai.parse(body_of(following), following))
    return pages


def in_cs(record: Record) -> bool:
    """Tell whether a paper is of computer science, be it by cross-listing or an alias."""
    return any(category.startswith("cs.") or category in {"math.IT", "math.NA"} for category in record.categories)


def test_a_list_is_walked_by_its_tokens() -> None:
    """All pages together hold each paper of the set once, dated by version 1."""
    pages = walked(WHOLE)
    found = {paper.arxiv_id: paper for page in pages for paper in page.papers}
    expected = {record.arxiv_id: record for record in RECORDS if in_cs(record)}
    assert found.keys() == expected.keys()
    assert sum(len(page.papers) for page in pages) == len(expected)
    for name, paper in found.items():
        assert paper.submitted == expected[name].submitted
        assert paper.updated == expected[name].versions[-1].created
        assert paper.versions == len(expected[name].versions)
        assert paper.withdrawn == (expected[name].versions[-1].source_type == "I")
        assert paper.license == expected[name].license


def test_both_services_tell_the_same_of_a_paper() -> None:
    """A paper from OAI-PMH is the paper from the API, raw TeX and one line of authors notwithstanding."""
    asked = Search(Window(datetime(2018, 12, 1, tzinfo=UTC), datetime(2019, 4, 1, tzinfo=UTC)))
    feed = answered(RECORDS, Service.API, arxiv_api.parameters(asked))
    from_api = {paper.arxiv_id: paper for paper in arxiv_api.parse(feed, asked).papers}
    listing = Listing(None, date(2018, 12, 1))
    page = arxiv_oai.parse(body_of(listing, size=500), listing)
    assert len(page.papers) == len(from_api) == len(RECORDS)
    for paper in page.papers:
        other = from_api[paper.arxiv_id]
        assert paper.title == other.title
        assert paper.abstract == other.abstract
        assert paper.categories == other.categories
        assert (paper.submitted, paper.updated, paper.versions) == (other.submitted, other.updated, other.versions)
        assert (paper.comment, paper.journal_ref, paper.doi) == (other.comment, other.journal_ref, other.doi)
        assert paper.withdrawn == other.withdrawn


def test_a_refused_token_goes_on_from_its_day() -> None:
    """Without its token a list begins anew at the day where it stood, and loses nothing."""
    pages = walked(WHOLE)
    third = pages[1].following
    assert third is not None
    anew = third.afresh
    assert anew.token is None
    assert anew.since > WHOLE.since
    assert anew.set_name == "cs"
    before = {paper.arxiv_id for page in pages[:2] for paper in page.papers}
    after = {paper.arxiv_id for page in walked(anew) for paper in page.papers}
    assert before | after == {paper.arxiv_id for page in pages for paper in page.papers}


def test_a_token_of_another_shape_goes_on_from_the_start() -> None:
    """Where a token says no day, the list begins where it began at first."""
    assert Listing("cs", date(2019, 1, 1), token="6511260|1001").afresh == Listing("cs", date(2019, 1, 1))


@given(st.dates(date(1991, 1, 1), date(2030, 1, 1)))
def test_no_request_is_earlier_than_the_first_datestamp(since: date) -> None:
    """An earlier day is refused by the service, so it is not sent."""
    sent = arxiv_oai.parameters(Listing("cs", since))
    assert sent["from"] == max(since, EARLIEST).isoformat()


def test_an_empty_list_is_a_page() -> None:
    """Nothing that matches is an answer: no paper, a total of 0, nothing to follow."""
    listing = Listing("cs", date(2026, 8, 1), date(2026, 8, 2))
    page = arxiv_oai.parse(body_of(listing), listing)
    assert (page.papers, page.total, page.following) == ((), 0, None)


def test_a_paper_withdrawn_by_its_source_type() -> None:
    """A last version of source type I withdraws the paper, whatever the comment says."""
    first = datetime(2023, 1, 10, tzinfo=UTC)
    versions = (Version(first), Version(datetime(2023, 2, 1, tzinfo=UTC), source_type="I"))
    record = replace(RECORDS[0], categories=("cs.CL",), versions=versions, comment="9 pages")
    listing = Listing("cs", date(2018, 1, 1))
    page = arxiv_oai.parse(body_of(listing, [record]), listing)
    assert page.papers[0].withdrawn
    assert page.papers[0].submitted == first


Change = Callable[[bytes], bytes]


def replaced(old: bytes, new: bytes, count: int = 1) -> Change:
    """Return a change of a body that must do something."""

    def change(body: bytes) -> bytes:
        assert old in body
        return body.replace(old, new, count)

    return change


def stamped(days: Callable[[int], int]) -> list[Record]:
    """Return ten papers of computer science, changed on days of May 2019."""
    chosen = [record for record in RECORDS if in_cs(record)][:10]
    return [replace(record, datestamp=date(2019, 5, days(number))) for number, record in enumerate(chosen)]


def without_last_record(body: bytes) -> bytes:
    """Leave out one record; the token behind it stays."""
    return body[: body.rindex(b"<record>")] + body[body.rindex(b"</record>") + len(b"</record>") :]


def protocol_error(code: bytes, text: bytes = b"Reason") -> Change:
    """Return a change into an error of the protocol."""
    return lambda body: body[: body.index(b"<ListRecords>")] + b"<error code='%s'>%s</error></OAI-PMH>" % (code, text)


FAULTS: dict[str, tuple[Change, type[Exception]]] = {
    "nothing": (lambda _: b"", faults.BlankBody),
    "half of it": (lambda body: body[: len(body) // 2], faults.TruncatedXml),
    "the text of a 429": (lambda _: b"Rate exceeded.", faults.RateLimited),
    "a bomb": (replaced(b"<OAI-PMH", b'<!DOCTYPE x [<!ENTITY a "ha">]><OAI-PMH'), faults.ForbiddenXml),
    "no XML inside": (replaced(b"<record>", b"<record"), faults.BadXml),
    "neither records nor error": (lambda body: re.sub(rb"ListRecords>", b"ListThings>", body), faults.BadXml),
    "no response date": (replaced(b"<responseDate>", b"<responseDate>x"), faults.BadXml),
    "another set": (replaced(b'set="cs"', b'set="math"'), faults.EchoDiffers),
    "no set": (
        lambda body: re.sub(rb"<setSpec>[^<]*", b"<setSpec>math:math:NT", body.replace(b' set="cs"', b"")),
        faults.EchoDiffers,
    ),
    "another format": (replaced(b'"arXivRaw"', b'"arXiv"'), faults.EchoDiffers),
    "no record": (lambda body: re.sub(rb"<record>.*</record>", b"", body, flags=re.DOTALL), faults.ShortPage),
    "a record of another time": (
        lambda body: re.sub(rb"<datestamp>\d{4}", b"<datestamp>2011", body),
        faults.OutsideWindow,
    ),
    "no datestamp": (replaced(b"<datestamp>", b"<datestamp>x"), faults.BadXml),
    "no header": (lambda body: re.sub(rb"(</?)header", rb"\1headless", body), faults.BadXml),
    "an expired token": (protocol_error(b"badResumptionToken"), faults.ExpiredToken),
    "no such set": (protocol_error(b"badArgument", b"Reason: Set does not exist"), faults.NoSuchSet),
    "another bad argument": (protocol_error(b"badArgument", b"until date too late"), faults.PermanentRefusal),
    "a bad verb": (protocol_error(b"badVerb"), faults.PermanentRefusal),
    "no such format": (protocol_error(b"cannotDisseminateFormat"), faults.PermanentRefusal),
}


@pytest.mark.parametrize("name", FAULTS)
def test_every_bad_page_has_its_name(name: str) -> None:
    """What is wrong with an answer is raised by its name, with the next step, and never taken for an empty list."""
    change, fault = FAULTS[name]
    with pytest.raises(fault) as raised:
        arxiv_oai.parse(change(body_of(WHOLE)), WHOLE)
    assert type(raised.value) is fault
    assert getattr(raised.value, "hint", "")


@pytest.mark.parametrize("change", [replaced(b' set="cs"', b""), replaced(b' metadataPrefix="arXivRaw"', b"")])
def test_an_echo_may_leave_out_what_the_records_show(change: Change) -> None:
    """A repeated request without its set is the answer all the same, where each record stands in that set."""
    assert arxiv_oai.parse(change(body_of(WHOLE)), WHOLE).papers == arxiv_oai.parse(body_of(WHOLE), WHOLE).papers


@pytest.mark.parametrize("moment", ["2019-06-01T12:00:00.25+00:00", "2019-06-01T07:00:00.25-05:00"])
def test_times_are_read_as_iso_8601_has_them(moment: str) -> None:
    """A service may write its times with fractions or an offset, and its days with a time."""
    body = re.sub(rb"<responseDate>[^<]*", b"<responseDate>" + moment.encode(), body_of(WHOLE))
    body = re.sub(rb"(<datestamp>[^<]*)", rb"\1T00:00:00Z", body)
    page = arxiv_oai.parse(body, WHOLE)
    assert page.as_of == datetime(2019, 6, 1, 12, 0, 0, 250_000, UTC)
    assert len(page.papers) == SIZE


@pytest.mark.parametrize("records", [stamped(lambda _: 1), stamped(lambda number: 1 + number // 6)])
def test_a_page_is_counted_by_the_token_behind_it(records: list[Record]) -> None:
    """The token tells how many records of its day were handed out: a page that holds fewer is short."""
    listing = Listing("cs", date(2019, 5, 1))
    for _ in range(2):
        body = body_of(listing, records, 4)
        following = arxiv_oai.parse(body, listing).following
        assert following is not None
        with pytest.raises(faults.ShortPage):
            arxiv_oai.parse(without_last_record(body), listing)
        listing = following


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b'version="v1"', b'version="v2"', "no version 1"),
        (b'version="v1"', b'version="one"', "not a version"),
        (b"<date>", b"<date>Whenever ", "no date"),
        (b"<id>", b"<id>9", "under the identifier"),
        (b"<title>", b"<title/><titel>", "BadXml"),
        (b"<arXivRaw", b"<arXivOld/><arXivRaw", ""),
    ],
)
def test_a_record_that_cannot_be_read_is_told(old: bytes, new: bytes, reason: str) -> None:
    """One damaged record does not cost the page: it counts as received, with the reason why it was not read."""
    if reason == "BadXml":
        with pytest.raises(faults.BadXml):
            arxiv_oai.parse(replaced(old, new)(body_of(WHOLE)), WHOLE)
        return
    page = arxiv_oai.parse(replaced(old, new)(body_of(WHOLE)), WHOLE)
    assert len(page.unread) == (1 if reason else 0)
    assert all(reason in record.reason for record in page.unread)
    assert len(page.papers) + len(page.unread) == SIZE


def test_a_deleted_record_is_named() -> None:
    """The protocol knows deleted records; arXiv has shown none, and one would be told by its identifier."""
    body = body_of(WHOLE)
    first = body.index(b"<metadata>"), body.index(b"</metadata>") + len(b"</metadata>")
    body = (body[: first[0]] + body[first[1] :]).replace(b"<header>", b'<header status="deleted">', 1)
    page = arxiv_oai.parse(body, WHOLE)
    assert len(page.deleted) == 1
    assert len(page.papers) == SIZE - 1


def test_a_list_that_leads_back_is_a_fault() -> None:
    """A token that stands where the list already was would go round for ever."""
    second = arxiv_oai.parse(body_of(WHOLE), WHOLE).following
    assert second is not None
    assert second.token is not None
    third = arxiv_oai.parse(body_of(second), second).following
    assert third is not None
    assert third.token is not None
    body = body_of(second)
    assert third.token.encode() in body
    with pytest.raises(faults.RepeatedPage):
        arxiv_oai.parse(body.replace(third.token.encode(), second.token.encode()), second)


def test_the_page_of_another_token_is_a_fault() -> None:
    """An answer that repeats another token is the answer to another question."""
    second = arxiv_oai.parse(body_of(WHOLE), WHOLE).following
    assert second is not None
    third = arxiv_oai.parse(body_of(second), second).following
    assert third is not None
    with pytest.raises(faults.EchoDiffers):
        arxiv_oai.parse(body_of(second), third)


def test_a_list_that_stops_in_the_middle_is_a_false_zero() -> None:
    """`noRecordsMatch` where the page before promised more is no end of a list."""
    second = arxiv_oai.parse(body_of(WHOLE), WHOLE).following
    assert second is not None
    with pytest.raises(faults.FalseZero):
        arxiv_oai.parse(protocol_error(b"noRecordsMatch")(body_of(second)), second)


def test_a_list_cannot_end_before_it_begins() -> None:
    """Reversed days are a slip of the program."""
    with pytest.raises(ValueError, match="before it has begun"):
        Listing("cs", date(2019, 1, 2), date(2019, 1, 1))


def test_the_source_is_its_functions() -> None:
    """OAI-PMH as a source sends and reads what the pure functions say."""
    source = ArxivOai("http://127.0.0.1/oai")
    assert source.parameters(WHOLE) == arxiv_oai.parameters(WHOLE)
    assert source.parse(body_of(WHOLE), WHOLE) == arxiv_oai.parse(body_of(WHOLE), WHOLE)
