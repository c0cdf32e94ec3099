"""The search API: queries and pages."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import arxiv
import pytest
from arxiv import _feed
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.errors import BadUsage
from llmsurvey.month import Month
from llmsurvey.paper import Paper
from llmsurvey.phrase import Phrase
from llmsurvey.sources import arxiv_api, faults
from llmsurvey.sources.arxiv_api import WALL, ArxivApi, Search
from llmsurvey.sources.base import Window
from tests.sources.feeds import answered
from tests.standin.exchange import Service
from tests.standin.invented import papers
from tests.standin.rewriting import adapted

RECORDS = list(papers(300, first="2018-12", last="2019-02", share=0.5))
JANUARY = Window.of(Month(2019, 1))
PHRASE = Phrase("language model")


def body_of(search: Search) -> bytes:
    """Return the stand-in's answer to a search."""
    return answered(RECORDS, Service.API, arxiv_api.parameters(search))


def written(text: str) -> Phrase | None:
    """Make a phrase of any text, or none where there is no word in it."""
    try:
        return Phrase(text)
    except BadUsage:
        return None


phrases = st.text(max_size=30).map(written).filter(lambda phrase: phrase is not None)


def test_the_query_names_phrases_category_and_window() -> None:
    """Every part is parenthesised or joined by AND, since the service knows no precedence."""
    search = Search(JANUARY, (PHRASE, Phrase("GPT-3.5")), "cs.CL")
    assert arxiv_api.query(search) == (
        '(ti:"language model" OR abs:"language model" OR ti:"GPT-3.5" OR abs:"GPT-3.5") '
        "AND cat:cs.CL AND submittedDate:[201901010000 TO 201902010000]"
    )
    assert arxiv_api.query(Search(JANUARY)) == "submittedDate:[201901010000 TO 201902010000]"


@given(phrases)
def test_every_query_is_echoed_as_it_was_sent(phrase: Phrase) -> None:
    """Whatever the phrase holds, the service's rewriting changes nothing but the brackets of the date."""
    try:
        sent = arxiv_api.query(Search(JANUARY, (phrase,)))
    except BadUsage:  # letters that only the database knows
        return
    echo = re.sub(r"\[(\d+) TO (\d+)\]", r'"\1 TO \2"', sent)
    assert adapted(sent) == echo


@pytest.mark.parametrize(
    ("text", "quotable"),
    [
        ('the "language model"', "the language model"),
        ("title: lastUpdatedDate:x AND (a)", "title lastUpdatedDate x AND a"),
        ("C++ & $x$ \\alpha*", "C x alpha"),
        ("model\u2019s café", "model\u2019s café"),
    ],
)
def test_syntax_in_a_phrase_is_a_blank(text: str, quotable: str) -> None:
    """Quotes, operators' signs, TeX and wildcards never reach the query."""
    assert arxiv_api.quotable(Phrase(text)) == quotable


def test_a_page_is_read_and_names_the_next_one(search: Search) -> None:
    """The first page of a window holds what matches, the total, and the question for the rest."""
    page = arxiv_api.parse(body_of(replace(search, size=10)), replace(search, size=10))
    assert len(page.papers) == 10
    assert page.total is not None
    assert page.total > 20
    assert page.following == replace(search, start=10, size=10)
    assert not page.unread
    assert page.as_of == datetime(2026, 8, 14, 12, tzinfo=UTC)


def test_the_pages_of_a_window_are_its_papers(search: Search) -> None:
    """Walking the pages brings each paper of the window once, as the corpus has it."""
    found: dict[str, Paper] = {}
    following: Search | None = replace(search, phrases=(), size=30)
    while following:
        page = arxiv_api.parse(body_of(following), following)
        found |= {paper.arxiv_id: paper for paper in page.papers}
        following = page.following
    expected = {record.arxiv_id: record for record in RECORDS if JANUARY.holds(record.submitted)}
    assert found.keys() == expected.keys()
    for name, paper in found.items():
        assert paper.submitted == expected[name].submitted
        assert paper.versions == len(expected[name].versions)
        assert paper.categories == expected[name].categories


def test_our_reader_and_the_library_read_the_same() -> None:
    """The `arxiv` library, which its users trust, finds the same papers in the same bytes."""
    asked = Search(JANUARY, size=200)
    body = body_of(asked)
    page = arxiv_api.parse(body, asked)
    theirs: list[arxiv.Result] = _feed.parse(body).results
    assert [paper.arxiv_id for paper in page.papers] == [result.get_short_id().rsplit("v", 1)[0] for result in theirs]
    for paper, result in zip(page.papers, theirs, strict=True):
        assert paper.title == " ".join(result.title.split())
        assert paper.abstract == " ".join(result.summary.split())
        assert paper.authors == tuple(" ".join(author.name.split()) for author in result.authors)
        assert (paper.submitted, paper.updated) == (result.published, result.updated)
        assert (paper.doi, paper.journal_ref) == (result.doi, result.journal_ref)
        assert paper.primary_category == result.primary_category
        assert set(paper.categories) == set(result.categories)


def test_a_count_asks_for_one_paper(search: Search) -> None:
    """The counting question gets the whole total with a single entry, as none at all is answered with 500."""
    page = arxiv_api.parse(body_of(search.counting), search.counting)
    whole = arxiv_api.parse(body_of(search), search)
    assert page.total == whole.total == len(whole.papers)
    assert len(page.papers) == 1


@given(st.integers(1, 3 * WALL), st.integers(1, WALL))
def test_pages_never_go_beyond_the_wall(total: int, size: int) -> None:
    """The pages of any window join without a hole up to its end or the wall."""
    size = max(size, total // 100)  # a hundred pages prove it as well as ten thousand
    reached, asked = 0, Search(JANUARY, size=min(size, WALL))
    following: Search | None = asked
    while following is not None:
        assert following.start == reached
        assert following.start + following.size <= WALL
        reached = following.start + following.size
        following = following.following(total)
    assert reached >= min(total, WALL)


Change = Callable[[bytes], bytes]


def replaced(old: bytes, new: bytes, count: int = 1) -> Change:
    """Return a change of a body that must do something."""

    def change(body: bytes) -> bytes:
        assert old in body
        return body.replace(old, new, count)

    return change


def error_under_200(_: bytes) -> bytes:
    """Return the feed of an internal error."""
    return answered(RECORDS, Service.API, {"search_query": "all:x", "max_results": "0"})


def refused(_: bytes) -> bytes:
    """Return the feed of a query that cannot be read."""
    return answered(RECORDS, Service.API, {"search_query": "(ti:space"})


def without_last_entry(body: bytes) -> bytes:
    """Leave out one paper."""
    return body[: body.rindex(b"<entry>")] + b"</feed>"


def with_an_entry_twice(body: bytes) -> bytes:
    """Put the first paper in the place of the last."""
    first = body[body.index(b"<entry>") : body.index(b"</entry>")]
    return body[: body.rindex(b"<entry>")] + first + b"</entry></feed>"


FAULTS: dict[str, tuple[Change, type[Exception]]] = {
    "nothing": (lambda _: b"", faults.BlankBody),
    "white space": (lambda _: b" \n\t", faults.BlankBody),
    "half of it": (lambda body: body[: len(body) // 2], faults.TruncatedXml),
    "all but its last byte": (lambda body: body.rstrip()[:-1], faults.TruncatedXml),
    "no XML inside": (replaced(b"<entry>", b"<entry"), faults.BadXml),
    "bytes that are no UTF-8": (replaced(b"<summary>", b"<summary>\xff\xfe"), faults.BadXml),
    "a control character": (replaced(b"<summary>", b"<summary>\x01"), faults.BadXml),
    "UTF-16": (lambda body: body.decode().encode("utf-16"), faults.TruncatedXml),
    "another kind of XML": (lambda _: b"<rss></rss>", faults.BadXml),
    "an empty feed of nobody": (lambda _: b"<feed></feed>", faults.BadXml),
    "a bomb": (
        lambda body: b'<!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + body.partition(b"?>")[2],
        faults.ForbiddenXml,
    ),
    "an external entity": (
        lambda body: b'<!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + body.partition(b"?>")[2],
        faults.ForbiddenXml,
    ),
    "the text of a 429": (lambda _: b"Rate exceeded.", faults.RateLimited),
    "an error entry": (error_under_200, faults.ErrorEntry),
    "a refusal": (refused, faults.ErrorEntry),
    "another query": (replaced(b"language model", b"protein model"), faults.EchoDiffers),
    "no query": (replaced(b"arXiv Query:", b"arXiv News:"), faults.EchoDiffers),
    "another page": (replaced(b"startIndex>0", b"startIndex>10"), faults.EchoDiffers),
    "no total": (replaced(b"totalResults>", b"totalResultz>", 2), faults.BadXml),
    "a total in letters": (lambda body: re.sub(rb"totalResults>\d+", b"totalResults>many", body), faults.BadXml),
    "no time": (lambda body: re.sub(rb"<updated>[^<]*", b"<updated>", body, count=1), faults.BadXml),
    "a paper less": (without_last_entry, faults.ShortPage),
    "a total too small": (lambda body: re.sub(rb"totalResults>\d+", b"totalResults>3", body), faults.ShortPage),
    "a zero with papers": (lambda body: re.sub(rb"totalResults>\d+", b"totalResults>0", body), faults.ShortPage),
    "a paper twice": (with_an_entry_twice, faults.RepeatedPage),
    "a paper of 2020": (replaced(b"<published>2019", b"<published>2020"), faults.OutsideWindow),
    "a total beyond the wall": (
        lambda body: re.sub(rb"totalResults>\d+", b"totalResults>10001", body),
        faults.WindowTooLarge,
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_every_bad_page_has_its_name(name: str, search: Search) -> None:
    """What is wrong with an answer is raised by its name, with the next step, and never taken for no results."""
    change, fault = FAULTS[name]
    with pytest.raises(fault) as raised:
        arxiv_api.parse(change(body_of(search)), search)
    assert type(raised.value) is fault
    assert getattr(raised.value, "hint", "")


def test_what_the_feed_calls_a_page_does_not_matter(search: Search) -> None:
    """The echo says how many papers were asked for, whether itemsPerPage repeats that or counts those that came."""
    body = body_of(search)
    assert arxiv_api.parse(re.sub(rb"itemsPerPage>\d+", b"itemsPerPage>2", body), search) == arxiv_api.parse(
        body, search
    )


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"http://arxiv.org/abs/", b"http://arxiv.org/pdf/", "names no paper"),
        (b"</published>", b"x</published>", "format"),
        (b"Z</published>", b"</published>", "time zone"),
    ],
)
def test_an_entry_that_cannot_be_read_is_told(old: bytes, new: bytes, reason: str, search: Search) -> None:
    """One damaged entry does not cost the page: it counts as received, with the reason why it was not read."""
    page = arxiv_api.parse(replaced(old, new)(body_of(search)), search)
    assert len(page.unread) == 1
    assert reason in page.unread[0].reason
    assert len(page.papers) + 1 == page.total


def test_a_withdrawn_paper_is_known_by_its_comment() -> None:
    """The feed has no other sign of a withdrawal."""
    window = Window(datetime(2018, 12, 1, tzinfo=UTC), datetime(2019, 3, 1, tzinfo=UTC))
    asked = Search(window)
    found = {paper.arxiv_id for paper in arxiv_api.parse(body_of(asked), asked).papers if paper.withdrawn}
    assert found == {record.arxiv_id for record in RECORDS if record.versions[-1].source_type == "I"} != set()


@pytest.mark.parametrize("category", ["cs CL", "cs.CL OR all:x", "", "CS.CL\n"])
def test_a_category_is_no_query(category: str) -> None:
    """What is not written like a category is refused before anything is sent."""
    with pytest.raises(BadUsage, match="not a category"):
        Search(JANUARY, category=category)


def test_a_query_too_long_to_send_is_refused() -> None:
    """The service's web server cuts no corner and reads no line beyond its limit."""
    many = tuple(Phrase(f"phrase number {number} of many") for number in range(60))
    with pytest.raises(BadUsage, match="fewer phrases"):
        Search(JANUARY, many)


def test_a_page_beyond_the_wall_cannot_be_asked_for() -> None:
    """The service would answer 500; the program knows better."""
    with pytest.raises(ValueError, match="beyond"):
        Search(JANUARY, start=9_999, size=2)


def test_the_source_is_its_functions(search: Search) -> None:
    """The API as a source sends and reads what the pure functions say."""
    source = ArxivApi("http://127.0.0.1/api/query")
    assert source.parameters(search) == arxiv_api.parameters(search)
    assert source.parse(body_of(search), search) == arxiv_api.parse(body_of(search), search)


def test_a_boundary_paper_is_in_both_windows() -> None:
    """A paper of the very first second of February is in January's answer too, as the ends are inclusive."""
    first = [record for record in RECORDS if record.submitted == JANUARY.end]
    assert first
    for window in (JANUARY, Window(JANUARY.end, JANUARY.end + timedelta(days=1))):
        asked = Search(window)
        assert first[0].arxiv_id in {paper.arxiv_id for paper in arxiv_api.parse(body_of(asked), asked).papers}
