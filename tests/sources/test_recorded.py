"""The readers against responses recorded from arXiv, where they lie; skipped where they do not."""

import csv
import re
from datetime import UTC, date, datetime

import pytest

from llmsurvey.sources import arxiv_oai, faults
from llmsurvey.sources.arxiv_oai import Listing
from llmsurvey.sources.atom_feed import read_feed
from llmsurvey.sources.oai_repository import read_repository, read_sets
from tests.real_papers import SHARED

RECORDED = SHARED / "arxiv" / "recorded"
pytestmark = pytest.mark.skipif(not RECORDED.is_dir(), reason=f"no folder {RECORDED} (set LLMSURVEY_SHARED)")


def body(name: str) -> bytes:
    """Return the bytes of the recorded file whose name holds a text."""
    return next(RECORDED.glob(f"*{name}*")).read_bytes()


def test_every_recorded_file_has_its_reader() -> None:
    """No recorded response is passed over by the tests below."""
    with (RECORDED / "INDEX.csv").open(newline="") as index:
        files = {row["file"] for row in csv.DictReader(index)}
    known = {file for file in files if any(part in file for part in (*FEEDS, *ERRORS, *LISTS, *OTHERS))}
    assert known == files


FEEDS = {
    "id_1605.08386": (1, 1),
    "id_astro-ph_0601001": (1, 1),
    "testing_s0_": (10, 214_881),
    "testing_s10_": (10, 214_881),
    "testing_s20_": (10, 214_881),
    "id_2507.17541": (1, 1),
    "api_1706.03762": (1, 1),
    "zero_results": (0, 0),
}
"""Papers and total by a part of the file's name."""


@pytest.mark.parametrize("name", FEEDS)
def test_recorded_feeds_are_read(name: str) -> None:
    """Feeds of 2026 and one from before the service was rewritten are read whole, without ragged white space."""
    feed = read_feed(body(name))
    assert (len(feed.papers), feed.total) == FEEDS[name]
    assert not feed.unread
    for paper in feed.papers:
        assert paper.authors
        assert paper.submitted <= paper.updated
        assert not re.search(r"\s\s|\n|^\s|\s$", paper.title + "|" + paper.abstract + "|" + "|".join(paper.authors))


def test_a_recorded_paper_is_what_it_is() -> None:
    """A known paper with seven versions is dated by its first."""
    paper = read_feed(body("api_1706.03762")).papers[0]
    assert (paper.arxiv_id, paper.versions, paper.categories) == ("1706.03762", 7, ("cs.CL", "cs.LG"))
    assert paper.submitted == datetime(2017, 6, 12, 17, 57, 34, tzinfo=UTC)
    assert len(paper.authors) == 8


ERRORS = {
    "id_abc": faults.ErrorEntry,
    "error_start": faults.ErrorEntry,
    "unbalanced": faults.ErrorEntry,
    "max_results_0": faults.ErrorEntry,
    "start_10000": faults.ErrorEntry,
    "rate_exceeded": faults.RateLimited,
}


@pytest.mark.parametrize("name", ERRORS)
def test_recorded_errors_are_named(name: str) -> None:
    """Error entries and the text of a 429 are faults, whatever their status was."""
    with pytest.raises(ERRORS[name]) as raised:
        read_feed(body(name))
    assert type(raised.value) is ERRORS[name]


LISTS = {"from2016_p1": 10, "from2016_p2": 10, "from2016_p3": 9}


def test_a_recorded_list_is_walked() -> None:
    """Three pages lead from one to the next by their tokens; the last has an empty one."""
    listing: Listing | None = Listing(None, date(2016, 1, 1))
    for name, count in LISTS.items():
        assert listing is not None
        page = arxiv_oai.parse(body(name), listing)
        assert (len(page.papers), page.unread) == (count, ())
        assert all(paper.authors for paper in page.papers)
        listing = page.following
    assert listing is None


OTHERS = ("Identify", "ListSets", "error_", "oai_raw_", "oai_dc_", "oai_arxiv_")


def test_recorded_facts_are_read() -> None:
    """The repository's facts, and 174 sets of 183 rows."""
    assert read_repository(body("Identify")).earliest == date(2005, 9, 16)
    assert len(read_sets(body("ListSets"))) == 174


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("error_badArgument", faults.PermanentRefusal),
        ("error_badResumptionToken", faults.ExpiredToken),
        ("oai_raw_", faults.EchoDiffers),
        ("oai_dc_", faults.EchoDiffers),
        ("oai_arxiv_", faults.EchoDiffers),
    ],
)
def test_a_recorded_answer_to_another_question_is_named(name: str, fault: type[Exception]) -> None:
    """Errors of the protocol, and single records where a list was asked for."""
    with pytest.raises(fault):
        arxiv_oai.parse(body(name), Listing(None, date(2016, 1, 1)))


def test_recorded_nothing_is_an_empty_list() -> None:
    """An answer that nothing matches is no fault of the protocol; it repeats its own question, which was another."""
    answer = body("error_noRecordsMatch").replace(b'"arXiv"', b'"arXivRaw"')
    day = date(2024, 1, 1)
    assert arxiv_oai.parse(answer, Listing(None, day, day)).papers == ()
