"""Tests of OAI-PMH: verbs, sets, formats, tokens and errors."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote, unquote

import pytest

from tests.standin import Record, StandIn, Version
from tests.standin.asking import NAMES, Reply, ask
from tests.standin.conftest import MakeRecord

TODAY = date(2026, 8, 14)


def walked(url: str, **parameters: str) -> list[Reply]:
    """Return every page of a list."""
    verb = parameters.setdefault("verb", "ListRecords")
    pages = [ask(url, parameters)]
    while token := pages[-1].text(".//o:resumptionToken"):
        pages.append(ask(url, {"verb": verb, "resumptionToken": token}))
        assert len(pages) < 100
    return pages


def record_of(stand_in: StandIn, prefix: str, arxiv_id: str = "2301.00001") -> Reply:
    """Return one record in one format."""
    identifier = f"oai:arXiv.org:{arxiv_id}"
    return ask(stand_in.oai_url, {"verb": "GetRecord", "identifier": identifier, "metadataPrefix": prefix})


@pytest.fixture
def revised(make_record: MakeRecord) -> Record:
    """Return a paper of three versions with accents, quotes and classes."""
    moments = [datetime(2023, 1, 2, 9, tzinfo=UTC) + timedelta(days=40 * number) for number in range(3)]
    return make_record(
        "2301.00001",
        title='A "Toy" & Its O\'Model',
        authors=r"K. G{\"o}del, Ann Example Jr.",
        parsed_authors=(("Gödel", "K.", ""), ("Example", "Ann", "Jr.")),
        categories=("cs.NA", "hep-th", "cs.CL"),
        versions=(Version(moments[0], 12, ""), *(Version(moment, 334) for moment in moments[1:])),
        comment="9 pages",
        submitter="K. G",
        report_no="T-1",
        acm_class="I.2.7",
        license="http://creativecommons.org/licenses/by/4.0/",
        doi="10.0000/toy",
        journal_ref="J. Toys",
    )


def test_a_walk_finds_every_paper_once(arxiv_of_two_years: StandIn, corpus_of_two_years: list[Record]) -> None:
    """Tokens lead through all pages; the last one is empty; nothing is missing or doubled."""
    pages = walked(arxiv_of_two_years.oai_url, metadataPrefix="arXivRaw")
    names = [name for page in pages for name in page.listed]
    assert sorted(names) == sorted(record.arxiv_id for record in corpus_of_two_years)
    assert {len(page.listed) for page in pages[:-1]} == {40}
    assert pages[-1].root.find(".//o:resumptionToken", NAMES) is not None


def test_a_token_is_the_query_with_the_number_to_skip(arxiv_of_two_years: StandIn) -> None:
    """It moves `from` to the page's last day and says how much of that day was shown; it ends at midnight."""
    first = ask(arxiv_of_two_years.oai_url, {"verb": "ListRecords", "metadataPrefix": "arXivRaw", "set": "cs:cs:CL"})
    element = first.root.find(".//o:resumptionToken", NAMES)
    assert element is not None
    assert element.attrib == {"expirationDate": "2026-08-15T00:00:00Z"}
    token = element.text or ""
    stamps = first.texts(".//o:datestamp")
    assert unquote(token).startswith("verb=ListRecords&metadataPrefix=arXivRaw&set=cs%3Acs%3ACL&from=")
    assert f"from={stamps[-1]}" in unquote(token) or "skip=0" in unquote(token)
    again = [ask(arxiv_of_two_years.oai_url, f"verb=ListRecords&resumptionToken={quote(token)}").listed]
    again.append(ask(arxiv_of_two_years.oai_url, f"verb=ListRecords&resumptionToken={quote(quote(token))}").listed)
    assert again[0] == again[1] != first.listed


def test_within_one_day_the_token_is_an_offset(make_record: MakeRecord) -> None:
    """A day with more records than a page is walked by `skip` alone."""
    day = date(2005, 9, 16)
    made = [make_record(f"2301.{number:05}", datestamp=day) for number in range(1, 26)]
    with StandIn(made, page_size=10) as stand_in:
        pages = walked(stand_in.oai_url, metadataPrefix="oai_dc")
    assert [len(page.listed) for page in pages] == [10, 10, 5]
    assert "skip%3D10" in pages[0].text(".//o:resumptionToken")


def test_a_single_page_has_no_token(make_record: MakeRecord) -> None:
    """Only lists that went on end with an empty token."""
    with StandIn([make_record()]) as stand_in:
        page = ask(stand_in.oai_url, {"verb": "ListRecords", "metadataPrefix": "arXiv"})
    assert page.root.find(".//o:resumptionToken", NAMES) is None


def test_identifiers_come_as_headers_with_sets(revised: Record) -> None:
    """Every category is named, and the other name of a category with two."""
    with StandIn([revised]) as stand_in:
        page = ask(stand_in.oai_url, {"verb": "ListIdentifiers", "metadataPrefix": "arXiv", "set": "math"})
    assert page.texts(".//o:setSpec") == ["cs:cs:NA", "math:math:NA", "physics:hep-th", "cs:cs:CL"]
    assert page.root.find(".//o:metadata", NAMES) is None


@pytest.mark.parametrize(
    ("wanted", "there"),
    [("cs", True), ("cs:cs", True), ("cs:cs:CL", True), ("physics:hep-th", True), ("stat", False), ("cs:cs:LG", False)],
)
def test_a_set_holds_what_is_below_it(revised: Record, wanted: str, there: bool) -> None:
    """Groups hold archives, archives hold categories."""
    with StandIn([revised]) as stand_in:
        page = ask(stand_in.oai_url, {"verb": "ListIdentifiers", "metadataPrefix": "arXiv", "set": wanted})
    assert (page.error == "") is there


def test_the_raw_format_dates_every_version(revised: Record) -> None:
    """Days are padded with a zero, TeX stays, quotes come as numbers, the ACM class is the MSC class: a bug."""
    with StandIn([revised]) as stand_in:
        reply = record_of(stand_in, "arXivRaw")
    assert reply.texts(".//raw:version/raw:date") == [
        "Mon, 02 Jan 2023 09:00:00 GMT",
        "Sat, 11 Feb 2023 09:00:00 GMT",
        "Thu, 23 Mar 2023 09:00:00 GMT",
    ]
    assert reply.texts(".//raw:size") == ["12kb", "334kb", "334kb"]
    assert reply.texts(".//raw:source_type") == ["D", "D"]
    assert reply.text(".//raw:authors") == r"K. G{\"o}del, Ann Example Jr."
    assert reply.text(".//raw:acm-class") == "None"
    assert b"&#34;Toy&#34; &amp; Its O&#39;Model" in reply.body
    raw = reply.root.find(".//raw:arXivRaw", NAMES)
    assert raw is not None
    order = (
        "id submitter version version version title authors categories comments report-no acm-class journal-ref doi "
        "license abstract"
    )
    assert [element.tag.partition("}")[2] for element in raw] == order.split()


def test_created_in_the_plain_format_is_not_version_one(revised: Record) -> None:
    """It is the day of the current version; accents are letters here."""
    with StandIn([revised]) as stand_in:
        reply = record_of(stand_in, "arXiv")
    assert (reply.text(".//x:created"), reply.text(".//x:updated")) == ("2023-03-23", "2023-03-24")
    assert reply.texts(".//x:keyname") == ["Gödel", "Example"]
    assert reply.texts(".//x:suffix") == ["Jr."]


def test_dublin_core_names_the_first_and_the_last_day(revised: Record) -> None:
    """Creators are turned round, subjects are names, identifiers come twice."""
    with StandIn([revised]) as stand_in:
        reply = record_of(stand_in, "oai_dc")
    assert reply.texts(".//dc:date") == ["2023-01-02", "2023-03-23"]
    assert reply.texts(".//dc:creator") == ["Gödel, K.", "Example Jr., Ann"]
    assert reply.texts(".//dc:subject")[:2] == ["Numerical Analysis", "High Energy Physics - Theory"]
    assert "I.2.7" in reply.texts(".//dc:subject")
    assert "doi:10.0000/toy" in reply.texts(".//dc:identifier")


def test_a_withdrawn_paper_is_a_version_not_a_deletion(make_record: MakeRecord) -> None:
    """The header has no status; the last version has source type `I`, and a comment says so."""
    with StandIn([make_record()]) as stand_in:
        stand_in.withdraw("2301.00001", datetime(2023, 5, 5, tzinfo=UTC))
        reply = record_of(stand_in, "arXivRaw")
    header = reply.root.find(".//o:header", NAMES)
    assert header is not None
    assert header.attrib == {}
    assert reply.texts(".//raw:source_type")[-1] == "I"
    assert "withdrawn" in reply.text(".//raw:comments")
    assert reply.text(".//o:datestamp") == "2023-05-06"


def test_the_header_says_xml_without_a_charset(arxiv_of_two_years: StandIn) -> None:
    """Whoever trusts the header reads Latin-1."""
    reply = ask(arxiv_of_two_years.oai_url, {"verb": "Identify"})
    assert reply.headers["content-type"] == "text/xml"
    assert reply.text("o:responseDate") == "2026-08-14T12:00:00Z"
    assert reply.text(".//o:earliestDatestamp") == "2005-09-16"


def test_the_sets_are_listed_as_arxiv_lists_them(arxiv_of_two_years: StandIn) -> None:
    """183 rows, nine of them twice, and no token."""
    specs = ask(arxiv_of_two_years.oai_url, {"verb": "ListSets"}).texts(".//o:setSpec")
    assert (len(specs), len(set(specs))) == (183, 174)


def test_four_formats_are_offered(arxiv_of_two_years: StandIn) -> None:
    """For the whole repository and for one paper alike."""
    for parameters in ({}, {"identifier": "oai:arXiv.org:2301.00001"}):
        reply = ask(arxiv_of_two_years.oai_url, {"verb": "ListMetadataFormats"} | parameters)
        assert reply.texts(".//o:metadataPrefix") == ["oai_dc", "arXiv", "arXivOld", "arXivRaw"]


LIST = "verb=ListRecords&metadataPrefix=arXivRaw"


@pytest.mark.parametrize(
    ("query", "code", "reason"),
    [
        ("verb=Nope", "badVerb", "Invalid verb provided"),
        ("", "badVerb", ""),
        ("verb=ListRecords", "badArgument", "metadataPrefix required."),
        (f"{LIST}&from=1995-01-01", "badArgument", "start date too early"),
        (f"{LIST}&from=2026-08-15", "badArgument", "until date must be greater than or equal to from date"),
        (f"{LIST}&until=2026-08-16", "badArgument", "until date too late"),
        (f"{LIST}&from=2026-08-01T00:00:00Z", "badArgument", "from date format must be YYYY-MM-DD"),
        (f"{LIST}&set=cs:CL", "badArgument", "Set does not exist"),
        (f"{LIST}&set=cs:cs.CL", "badArgument", "Set does not exist"),
        (f"{LIST}&from=2026-08-14&until=2026-08-14", "noRecordsMatch", ""),
        (f"{LIST}&colour=green", "badArgument", "Unallowed parameter"),
        (f"{LIST}&set=cs&set=stat", "badArgument", "Duplicate parameters not allowed"),
        ("verb=ListRecords&metadataPrefix=marc", "cannotDisseminateFormat", ""),
        ("verb=ListRecords&resumptionToken=6511260%7C1001", "badResumptionToken", "Token decoding failed"),
        (f"{LIST}&resumptionToken=x", "badArgument", "No other paramters allowed with resumptionToken"),
        ("verb=ListSets&resumptionToken=x", "badArgument", "Invalid token"),
        ("verb=GetRecord&metadataPrefix=arXiv", "badArgument", ""),
        ("verb=GetRecord&metadataPrefix=arXiv&identifier=oai:arXiv.org:9912.9999", "badArgument", ""),
        ("verb=GetRecord&metadataPrefix=arXiv&identifier=oai:arXiv.org:9912.99999", "idDoesNotExist", ""),
        ("verb=Identify&set=cs", "badArgument", "No other parameters allowed"),
    ],
)
def test_an_error_of_the_protocol_is_a_200(arxiv_of_two_years: StandIn, query: str, code: str, reason: str) -> None:
    """The code stands in single quotes, and the server's reason behind the sentence."""
    reply = ask(arxiv_of_two_years.oai_url, query)
    assert (reply.status, reply.error) == (200, code)
    assert f"<error code='{code}'>".encode() in reply.body
    assert reason in reply.text("o:error")


def test_an_early_error_sticks_until_midnight(make_record: MakeRecord) -> None:
    """The network keeps noRecordsMatch for the day, though the record has come meanwhile."""
    now = [datetime(2026, 8, 14, 9, tzinfo=UTC)]
    query = f"{LIST}&from=2026-08-14"
    with StandIn([make_record()], clock=lambda: now[0]) as stand_in:
        assert ask(stand_in.oai_url, query).error == "noRecordsMatch"
        stand_in.add(make_record("2608.00001", datestamp=date(2026, 8, 14)))
        now[0] += timedelta(hours=14)
        late = ask(stand_in.oai_url, query)
        assert (late.error, late.text("o:responseDate")) == ("noRecordsMatch", "2026-08-14T09:00:00Z")
        assert ask(stand_in.oai_url, f"{query}&until=2026-08-14").listed == ["2608.00001"]
        now[0] += timedelta(hours=2)
        assert ask(stand_in.oai_url, query).listed == ["2608.00001"]


def test_an_incremental_list_has_what_changed(arxiv_of_two_years: StandIn, make_record: MakeRecord) -> None:
    """A new paper and a revision are there from their datestamp on, and nowhere else."""
    revised = arxiv_of_two_years.corpus.records[3].arxiv_id
    arxiv_of_two_years.add(make_record("2608.00001", datestamp=date(2026, 8, 12)))
    arxiv_of_two_years.revise(revised, datetime(2026, 8, 12, 3, tzinfo=UTC), title="Another Title")
    pages = walked(arxiv_of_two_years.oai_url, metadataPrefix="arXivRaw", **{"from": "2026-08-12"})
    assert pages[0].listed == ["2608.00001", revised]
    everything = walked(arxiv_of_two_years.oai_url, metadataPrefix="arXivRaw")
    assert sum(page.listed.count(revised) for page in everything) == 1


def test_the_old_address_leads_on_in_two_steps(arxiv_of_two_years: StandIn) -> None:
    """`/oai2` is moved twice, with its parameters."""
    reply = ask(f"{arxiv_of_two_years.url}/oai2", {"verb": "Identify"})
    steps = 0
    while reply.status == 301:
        reply = ask(arxiv_of_two_years.url + reply.headers["location"])
        steps += 1
    assert (steps, reply.text(".//o:repositoryName")) == (2, "arXiv")


def test_a_form_may_be_posted(arxiv_of_two_years: StandIn) -> None:
    """POST answers as GET does."""
    assert ask(arxiv_of_two_years.oai_url, {"verb": "Identify"}, post=True).text(".//o:protocolVersion") == "2.0"
