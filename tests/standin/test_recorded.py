"""Comparison with responses recorded from arXiv, where they lie; skipped where they do not."""

import os
import re
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from tests.standin import Record, StandIn, Version
from tests.standin.asking import ask, rooted

ROOT = Path(__file__).parents[2]
SHARED = (ROOT / os.environ.get("LLMSURVEY_SHARED", "../shared")).resolve()
RECORDED = SHARED / "arxiv" / "recorded"
ATOM = "{http://www.w3.org/2005/Atom}"
OAI_NAMES = {"o": "http://www.openarchives.org/OAI/2.0/", "raw": "http://arxiv.org/OAI/arXivRaw/"}
pytestmark = pytest.mark.skipif(
    not RECORDED.is_dir(), reason="LLMSURVEY_SHARED names no folder with recorded responses"
)


def read(name: str) -> bytes:
    """Return the bytes of the recorded file whose name holds a text."""
    return next(RECORDED.glob(f"*{name}*")).read_bytes()


def masked(body: bytes) -> bytes:
    """Blank out what the time of the answer decides, and empty lines and indents."""
    body = re.sub(rb"<responseDate>[^<]*|(?<=<updated>)2026[^<]*", b"", body)
    return re.sub(rb"\s*\n\s*", b"\n", body).strip()


def from_feed(entry: Element) -> Record:
    """Make a paper of a recorded entry, with as many versions as its id says."""
    name, version = (entry.findtext(f"{ATOM}id") or "").removeprefix("http://arxiv.org/abs/").rsplit("v", 1)

    def moment(tag: str) -> datetime:
        return datetime.strptime(entry.findtext(ATOM + tag) or "", "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)

    arxiv = "{http://arxiv.org/schemas/atom}"
    names = [
        (
            element.findtext(f"{ATOM}name") or "",
            "",
            "",
            *(place.text or "" for place in element.findall(f"{arxiv}affiliation")),
        )
        for element in entry.findall(f"{ATOM}author")
    ]
    created = [moment("published")] + [moment("updated")] * (int(version) - 1)
    return Record(
        arxiv_id=name,
        title=entry.findtext(f"{ATOM}title") or "",
        abstract=entry.findtext(f"{ATOM}summary") or "",
        parsed_authors=tuple(names),
        categories=tuple(category.attrib["term"] for category in entry.findall(f"{ATOM}category")),
        versions=tuple(Version(time) for time in created),
        datestamp=created[-1].date(),
        comment=entry.findtext(f"{arxiv}comment"),
        journal_ref=entry.findtext(f"{arxiv}journal_ref"),
        doi=entry.findtext(f"{arxiv}doi"),
    )


def summaries_folded(body: bytes) -> bytes:
    """Fold the white space of summaries, which the stand-in lays out by its own rule."""
    return re.sub(
        rb"<summary>.*?</summary>",
        lambda found: b" ".join(found[0].replace(b">", b"> ", 1).split()),
        body,
        flags=re.DOTALL,
    )


@pytest.mark.parametrize("name", ["tamnd_api_1706.03762", "id_1605.08386", "id_astro-ph_0601001"])
def test_a_recorded_feed_comes_out_byte_for_byte(name: str) -> None:
    """A paper made of a recorded entry is served as it was recorded, but for the time of the answer."""
    recorded = read(name)
    root = rooted(recorded)
    record = from_feed(root.findall(f"{ATOM}entry")[0])
    size = root.findtext("{http://a9.com/-/spec/opensearch/1.1/}itemsPerPage") or ""
    with StandIn([record]) as stand_in:
        served = ask(stand_in.api_url, {"id_list": record.arxiv_id, "max_results": size}).body
    assert summaries_folded(masked(served)) == summaries_folded(masked(recorded))


@pytest.mark.parametrize("start", [0, 10, 20])
def test_recorded_entries_come_out_byte_for_byte(start: int) -> None:
    """Each of thirty entries of a recorded search is served as it was recorded."""
    recorded = read(f"q_testing_s{start}_m10")
    entries = rooted(recorded).findall(f"{ATOM}entry")
    expected = re.findall(rb"<entry>.*?</entry>", summaries_folded(masked(recorded)), re.DOTALL)
    with StandIn([from_feed(entry) for entry in entries]) as stand_in:
        served = ask(stand_in.api_url, {"search_query": "testing"})
    assert served.total == len(entries) == 10
    assert sorted(re.findall(rb"<entry>.*?</entry>", summaries_folded(masked(served.body)), re.DOTALL)) == sorted(
        expected
    )


@pytest.mark.parametrize(
    ("name", "parameters", "status"),
    [
        ("tamnd_api_error_start", {"search_query": "all:electron", "start": "nope", "max_results": "1"}, 400),
        ("id_abc", {"id_list": "abc", "max_results": "100"}, 400),
        ("zero_results", {"search_query": 'all:"zzqqxx not a real phrase anywhere"', "max_results": "5"}, 200),
        ("max_results_0", {"search_query": "all:x", "max_results": "0"}, 500),
        ("start_10000", {"search_query": "all:x", "start": "10000", "max_results": "2000"}, 500),
        ("unbalanced", {"search_query": "(ti:space"}, 400),
    ],
)
def test_recorded_errors_come_out_byte_for_byte(name: str, parameters: dict[str, str], status: int) -> None:
    """Error entries and empty feeds are served as they were recorded."""
    with StandIn() as stand_in:
        served = ask(stand_in.api_url, parameters)
    assert served.status == status
    assert masked(served.body) == masked(read(name))


def attention() -> Record:
    """Make the paper that three recorded records describe, of its raw one."""
    raw = rooted(read("oai_raw_1706.03762"))
    versions = [
        Version(
            datetime.strptime(element.findtext("raw:date", "", OAI_NAMES), "%a, %d %b %Y %H:%M:%S GMT").replace(
                tzinfo=UTC
            ),
            int(element.findtext("raw:size", "", OAI_NAMES).removesuffix("kb")),
            element.findtext("raw:source_type", "", OAI_NAMES),
        )
        for element in raw.findall(".//raw:version", OAI_NAMES)
    ]

    def text(tag: str) -> str:
        return raw.findtext(f".//raw:{tag}", "", OAI_NAMES)

    plain = rooted(read("oai_arxiv_1706.03762"))
    space = "{http://arxiv.org/OAI/arXiv/}"
    return Record(
        arxiv_id=text("id"),
        title=text("title"),
        abstract=text("abstract"),
        authors=text("authors"),
        parsed_authors=tuple(
            (author.findtext(f"{space}keyname") or "", author.findtext(f"{space}forenames") or "", "")
            for author in plain.iter(f"{space}author")
        ),
        categories=tuple(text("categories").split()),
        versions=tuple(versions),
        datestamp=date.fromisoformat(raw.findtext(".//o:datestamp", "", OAI_NAMES)),
        submitter=text("submitter"),
        comment=text("comments"),
        license=text("license"),
    )


@pytest.mark.parametrize(("name", "prefix"), [("oai_raw", "arXivRaw"), ("oai_arxiv", "arXiv"), ("oai_dc", "oai_dc")])
def test_recorded_records_come_out_byte_for_byte(name: str, prefix: str) -> None:
    """One paper in three formats is served as it was recorded, but for the time and the indents."""
    parameters = {"verb": "GetRecord", "identifier": "oai:arXiv.org:1706.03762", "metadataPrefix": prefix}
    with StandIn([attention()]) as stand_in:
        served = ask(stand_in.oai_url, parameters).body
    assert masked(served) == masked(read(f"{name}_1706.03762"))


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("ListSets", {"verb": "ListSets"}),
        ("error_badArgument_early", {"verb": "ListRecords", "metadataPrefix": "arXiv", "from": "1995-01-01"}),
        ("error_badResumptionToken", {"verb": "ListRecords", "resumptionToken": "6511260|1001"}),
        (
            "error_noRecordsMatch",
            {"verb": "ListRecords", "metadataPrefix": "arXiv", "from": "2024-01-01", "until": "2024-01-01"},
        ),
        ("Identify", {"verb": "Identify"}),
    ],
)
def test_recorded_oai_answers_come_out_byte_for_byte(name: str, parameters: dict[str, str]) -> None:
    """Sets, errors and Identify are served as arXiv's own code generates them."""
    with StandIn() as stand_in:
        served = ask(stand_in.oai_url, parameters).body
    assert masked(served) == masked(read(f"oai_generated__{name}"))


def test_a_recorded_walk_has_the_same_tokens() -> None:
    """The days and offsets of two recorded tokens follow from the datestamps of the pages."""
    pages = [rooted(read(f"from2016_p{number}")) for number in (1, 2, 3)]
    headers = [header for page in pages for header in page.findall(".//o:header", OAI_NAMES)]
    created = Version(datetime(2011, 2, 2, tzinfo=UTC))
    records = [
        Record(
            arxiv_id=header.findtext("o:identifier", "", OAI_NAMES).removeprefix("oai:arXiv.org:"),
            title="T",
            abstract="A",
            categories=("math.NT",),
            versions=(created,),
            datestamp=date.fromisoformat(header.findtext("o:datestamp", "", OAI_NAMES)),
        )
        for header in headers
    ]
    parameters = {"verb": "ListRecords", "metadataPrefix": "arXivRaw", "from": "2016-01-01"}
    with StandIn(records, page_size=10) as stand_in:
        for page in pages:
            served = ask(stand_in.oai_url, parameters)
            token = page.findtext(".//o:resumptionToken", "", OAI_NAMES)
            assert served.text(".//o:resumptionToken") == token
            assert served.listed == [
                name.text.removeprefix("oai:arXiv.org:")
                for name in page.findall(".//o:identifier", OAI_NAMES)
                if name.text
            ]
            parameters = {"verb": "ListRecords", "resumptionToken": token}
