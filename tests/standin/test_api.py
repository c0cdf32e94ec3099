"""Tests of the export API: feeds, limits and errors."""

import base64
import hashlib
from datetime import UTC, date, datetime

import arxiv
import pytest

from tests.standin import Record, StandIn, Version
from tests.standin.asking import NAMES, ask, search
from tests.standin.conftest import MakeRecord


@pytest.fixture
def full(make_record: MakeRecord) -> Record:
    """Return a paper that has everything."""
    return make_record(
        "2301.00001",
        title="A Toy Phrase &\n  Its $x$-Model",
        abstract='  Invented\nabstract of G{\\"o}del.\n',
        parsed_authors=(("Example", "Ann", "Jr.", "Invented University"), ("Gödel", "Kurt", "")),
        categories=("cs.CL", "cs.AI"),
        versions=(Version(datetime(2023, 1, 1, 9, tzinfo=UTC)), Version(datetime(2023, 2, 2, 10, tzinfo=UTC))),
        comment="9 pages",
        journal_ref="J. Toys 1 (2023)",
        doi="10.0000/toy",
    )


def test_the_feed_has_the_services_elements_in_its_order(full: Record) -> None:
    """Titles and links, dates, categories, extensions and authors stand where the real service puts them."""
    with StandIn([full], today=date(2026, 8, 14)) as stand_in:
        reply = search(stand_in.api_url, 'ti:"toy phrase"', max_results=1)
    order = [element.tag.partition("}")[2] for element in reply.root]
    assert order == ["id", "title", "updated", "link", "itemsPerPage", "totalResults", "startIndex", "entry"]
    entry = reply.root.find("a:entry", NAMES)
    assert entry is not None
    expected = (
        "id title updated link link summary category category published comment primary_category journal_ref "
        "author author doi link"
    )
    assert [element.tag.partition("}")[2] for element in entry] == expected.split()
    assert reply.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert reply.text("a:updated") == "2026-08-14T12:00:00Z"
    assert reply.ids == ["2301.00001v2"]
    assert (reply.text("a:entry/a:published"), reply.text("a:entry/a:updated")) == (
        "2023-01-01T09:00:00Z",
        "2023-02-02T10:00:00Z",
    )
    assert reply.text("a:entry/a:title") == "A Toy Phrase & Its $x$-Model"
    assert " ".join(reply.text("a:entry/a:summary").split()) == "Invented abstract of Gödel."
    assert reply.texts("a:entry/a:author/a:name") == ["Ann Example Jr.", "Kurt Gödel"]
    assert reply.texts("a:entry/a:author/ax:affiliation") == ["Invented University"]


def test_the_feeds_id_is_the_hash_of_the_query(full: Record) -> None:
    """The id is base64 of the SHA-1 of the query, less its last character."""
    with StandIn([full]) as stand_in:
        reply = search(stand_in.api_url, "testing", max_results=5)
    asked = b"search_query=all:testing&id_list=&start=0&max_results=5"
    mark = base64.b64encode(hashlib.sha1(asked, usedforsecurity=False).digest()).decode()[:-1]
    assert reply.text("a:id") == f"https://arxiv.org/api/{mark}"


def test_the_title_echoes_the_rewritten_query_and_the_link_its_nesting(full: Record) -> None:
    """What the server made of the query can be read off the feed."""
    with StandIn([full]) as stand_in:
        reply = search(stand_in.api_url, "ti:a AND ti:b OR toy")
    assert reply.text("a:title") == (
        "arXiv Query: search_query=ti:a AND ti:b OR all:toy&id_list=&start=0&max_results=10"
    )
    link = reply.root.find("a:link", NAMES)
    assert link is not None
    assert "search_query=ti:a+AND+(ti:b+OR+all:toy)&start=0" in link.attrib["href"]


def test_raw_queries_are_not_rewritten(full: Record) -> None:
    """With `raw=1` a query without prefix is an error."""
    with StandIn([full]) as stand_in:
        assert search(stand_in.api_url, "toy", raw=1).status == 400
        assert search(stand_in.api_url, "ti:toy", raw=1).total == 1


def test_a_form_may_be_posted(full: Record) -> None:
    """POST answers as GET does."""
    with StandIn([full]) as stand_in:
        assert ask(stand_in.api_url, {"search_query": "ti:toy"}, post=True).ids == ["2301.00001v2"]


def test_pages_hold_what_is_asked_and_state_the_size_asked(arxiv_of_two_years: StandIn) -> None:
    """Pages by submission date do not overlap and together hold every hit."""
    url, window = arxiv_of_two_years.api_url, "submittedDate:[201901010000 TO 201905010000]"
    pages = [
        search(url, window, start=start, max_results=30, sortBy="submittedDate", sortOrder="ascending")
        for start in (0, 30, 60, 90, 120)
    ]
    names = [name for page in pages for name in page.ids]
    assert len(names) == len(set(names)) == pages[0].total
    assert {page.text("os:itemsPerPage") for page in pages} == {"30"}
    published = [moment for page in pages for moment in page.texts("a:entry/a:published")]
    assert published == sorted(published)


@pytest.mark.parametrize(
    ("start", "size", "status"), [(9_999, 1, 200), (9_999, 2, 500), (9_000, 1_000, 200), (10_000, 1, 500)]
)
def test_the_wall_stands_at_ten_thousand(arxiv_of_two_years: StandIn, start: int, size: int, status: int) -> None:
    """Behind it the answer is 500 with an error entry, whatever the query finds."""
    reply = search(arxiv_of_two_years.api_url, "cat:cs.*", start=start, max_results=size)
    assert reply.status == status
    if status == 500:
        assert reply.text("a:entry/a:id") == "https://arxiv.org/api/errors"
        assert "internal error" in reply.text("a:entry/a:summary")


def test_a_page_of_nothing_is_a_500(arxiv_of_two_years: StandIn) -> None:
    """`max_results=0` divides by zero at the server."""
    assert search(arxiv_of_two_years.api_url, "cat:cs.*", max_results=0).status == 500


def test_ten_thousand_in_one_page_is_a_503(arxiv_of_two_years: StandIn) -> None:
    """The network in front gives up, with `Retry-After: 0`."""
    reply = search(arxiv_of_two_years.api_url, "cat:cs.*", max_results=10_000)
    assert (reply.status, reply.headers["retry-after"]) == (503, "0")


@pytest.mark.parametrize(
    ("parameters", "slug", "summary"),
    [
        ({"search_query": "a", "start": "nope"}, "#start_must_be_an_integer", "start must be an integer"),
        ({"search_query": "a", "start": -1}, "#start_must_be_non-negative", "start must be non-negative"),
        (
            {"search_query": "a", "max_results": "x"},
            "#max_results_must_be_an_integer",
            "max_results must be an integer",
        ),
        (
            {"search_query": "a", "max_results": -1},
            "#max_results_must_be_non-negative",
            "max_results must be non-negative",
        ),
        ({"id_list": "2301.00001,abc"}, "#incorrect_id_format_for_abc", "incorrect id format for abc"),
        ({}, "", "Either a search_query or id_list must be specified for the classic API."),
        ({"search_query": "(ti:space"}, "", "Invalid query string: '(ti:space'"),
    ],
)
def test_a_bad_parameter_is_a_400_with_an_error_entry(
    arxiv_of_two_years: StandIn, parameters: dict[str, object], slug: str, summary: str
) -> None:
    """The entry's id names the error; it has no `published`."""
    reply = ask(arxiv_of_two_years.api_url, parameters)
    assert reply.status == 400
    assert reply.text("a:entry/a:id") == f"https://arxiv.org/api/errors{slug}"
    assert (reply.text("a:entry/a:title"), reply.text("a:entry/a:summary")) == ("Error", summary)
    assert (reply.text("a:title"), reply.total, reply.text("a:entry/a:published")) == ("arXiv Search Results", 1, "")


@pytest.mark.parametrize(("name", "value"), [("sortBy", "date"), ("sortOrder", "up")])
def test_an_unknown_order_points_to_the_manual(arxiv_of_two_years: StandIn, name: str, value: str) -> None:
    """This error entry has the manual for its id."""
    reply = ask(arxiv_of_two_years.api_url, {"search_query": "a", name: value})
    assert reply.status == 400
    assert reply.text("a:entry/a:id") == "https://arxiv.org/help/api/user-manual#sort"


def test_a_query_nested_too_deep_is_a_500(full: Record) -> None:
    """The parser gives up on thousands of terms; what fits into a request line is fine."""
    with StandIn([full]) as stand_in:
        for count, status in ((400, 200), (5_000, 500)):
            query = " OR ".join(["ti:toy"] * count)
            assert ask(stand_in.api_url, {"search_query": query}, post=True).status == status


def test_absent_ids_are_dropped_without_a_word(full: Record) -> None:
    """The total shrinks; versions that do not exist are absent too, earlier ones are served."""
    with StandIn([full]) as stand_in:
        reply = ask(stand_in.api_url, {"id_list": "2301.00001,2301.09999,2301.00001v1,2301.00001v7"})
    assert sorted(reply.ids) == ["2301.00001v1", "2301.00001v2"]
    assert reply.total == 2


def test_a_query_and_ids_are_intersected(full: Record, make_record: MakeRecord) -> None:
    """Only papers that are named and match come back."""
    with StandIn([full, make_record("2301.00002")]) as stand_in:
        ids = "2301.00001,2301.00002"
        assert ask(stand_in.api_url, {"id_list": ids, "search_query": "ti:phrase"}).ids == ["2301.00001v2"]


def test_a_long_request_line_is_refused_in_html(arxiv_of_two_years: StandIn) -> None:
    """4,094 bytes are read, more are not."""
    fixed = len("GET /api/query?search_query= HTTP/1.1")
    assert search(arxiv_of_two_years.api_url, "a" * (4_094 - fixed)).status == 200
    reply = search(arxiv_of_two_years.api_url, "a" * (4_095 - fixed))
    assert (reply.status, reply.headers["content-type"]) == (400, "text/html; charset=utf-8")
    assert b"Request Line is too large (4095 &gt; 4094)" in reply.body


def test_the_insecure_address_is_moved(arxiv_of_two_years: StandIn) -> None:
    """What stands for http:// answers 301 with an empty body, and its target answers."""
    reply = ask(f"{arxiv_of_two_years.url}/plain/api/query", {"search_query": "ti:toy"})
    assert (reply.status, reply.body) == (301, b"")
    assert ask(arxiv_of_two_years.url + reply.headers["location"]).status == 200


def test_the_arxiv_library_reads_the_feeds(full: Record, make_record: MakeRecord) -> None:
    """The library finds every paper with authors, dates, categories and DOI."""
    client = arxiv.Client(page_size=2, delay_seconds=0)
    others = [make_record(f"2301.0001{digit}", title="Toy phrase") for digit in range(5)]
    with StandIn([full, *others]) as stand_in:
        client.query_url_format = stand_in.api_url + "?{}"
        results = list(client.results(arxiv.Search('ti:"toy phrase"', sort_by=arxiv.SortCriterion.SubmittedDate)))
    assert len({result.entry_id for result in results}) == 6
    paper = next(result for result in results if result.get_short_id() == "2301.00001v2")
    assert [author.name for author in paper.authors] == ["Ann Example Jr.", "Kurt Gödel"]
    assert (paper.doi, paper.primary_category, paper.categories) == ("10.0000/toy", "cs.CL", ["cs.CL", "cs.AI"])
    assert (paper.published, paper.updated) == (full.submitted, full.updated)
