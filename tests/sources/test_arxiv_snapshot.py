"""One line of the snapshot: a paper with the right dates, or a reason why not; never anything else."""

import json
import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmsurvey.harvest.snapshot_rows import row_of_record
from llmsurvey.paper import Paper
from llmsurvey.sources.arxiv_snapshot import FAULTS, categories_of, decoded, header, in_words
from llmsurvey.store.rows import paper_of
from tests.records import created, line, record

TOMORROW = "2026-11-25"


def taken(data: bytes) -> Paper:
    """Return the paper of a line."""
    found = decoded(data)
    header(found, TOMORROW)
    return paper_of((0, *row_of_record(found)))


def test_a_record_becomes_the_paper_it_describes() -> None:
    """White space is folded, names are in order, version 1 dates the paper and never the record's last edit."""
    data = line(
        "1806.00001",
        "A  toy\n  title",
        "2018-06-30",
        later=["2018-08-01"],
        comments="12  pages",
        update_date="2020-01-01",
        authors_parsed=[["Kaiserling", "Łukasz", "Jr."], ["Toy Collaboration", "", ""]],
    )
    assert taken(data) == Paper(
        arxiv_id="1806.00001",
        title="A toy title",
        abstract="We invent toys and count them.",
        authors=("Łukasz Kaiserling Jr.", "Toy Collaboration"),
        categories=("cs.CL", "cs.AI"),
        submitted=datetime(2018, 6, 30, 12, tzinfo=UTC),
        updated=datetime(2018, 8, 1, 12, tzinfo=UTC),
        versions=2,
        comment="12 pages",
    )
    assert header(decoded(data), TOMORROW) == (("2018-06", "cs.CL", 2), "2020-01-01")


def rejected(data: bytes) -> str:
    """Return why a line is not taken."""
    with pytest.raises(FAULTS) as told:
        taken(data)
    return in_words(told.value, data)


DATES = {
    "Mon, 2 Apr 2007 19:18:42 GMT": ("2007-04-02", "2007-04-02T19:18:42+00:00"),
    "Mon, 02 Apr 2007 19:18:42 GMT": ("2007-04-02", "2007-04-02T19:18:42+00:00"),
    "Sat, 30 Jun 2018 23:59:59 -0100": ("2018-07-01", "2018-07-01T00:59:59+00:00"),
    "Sun, 1 Jul 2018 00:30:00 +0200": ("2018-06-30", "2018-06-30T22:30:00+00:00"),
}


@pytest.mark.parametrize(("written", "expected"), DATES.items(), ids=DATES.keys())
def test_the_month_is_that_of_version_one_in_utc(written: str, expected: tuple[str, str]) -> None:
    """The quick look at a date and the whole reading of it agree, at the border of a month too."""
    data = line(versions=[{"version": "v1", "created": written}], update_date=None)
    day, moment = expected
    assert header(decoded(data), TOMORROW)[0][0] == day[:7]
    assert taken(data).submitted.isoformat() == moment


def test_versions_are_told_by_number_not_by_place() -> None:
    """Some dumps list them the other way round."""
    versions = [{"version": f"v{n}", "created": created(f"2018-0{n}-01")} for n in (3, 1, 2)]
    found = taken(line(versions=versions))
    assert (found.versions, found.submitted.month, found.updated.month) == (3, 1, 3)


CATEGORIES = {
    "cs.CL cs.AI": ("cs.CL", "cs.AI"),
    "cs.CL 68T50 I.2.7 cs.AI": ("cs.CL", "cs.AI"),
    "I.2.7; 68T50": ("unknown",),
    "68T50 cs.CL": ("cs.CL",),
    "cs.CL, cs.AI": ("cs.CL", "cs.AI"),
    "cs.CL,cs.AI": ("cs.CL", "cs.AI"),
    " cs.CL": ("cs.CL",),
    "hep-th": ("hep-th",),
    "cond-mat.mes-hall cond-mat.mes-hall": ("cond-mat.mes-hall",),
    "": ("unknown",),
    None: ("unknown",),
}


@pytest.mark.parametrize(("written", "expected"), CATEGORIES.items(), ids=map(str, CATEGORIES))
def test_only_arxiv_categories_count_the_primary_one_first(written: str | None, expected: tuple[str, ...]) -> None:
    """Subject classes of mathematics and computing that stand among them are passed over."""
    assert categories_of(written) == expected
    assert taken(line(categories=written)).primary_category == expected[0]
    (_, category, _), _ = header(decoded(line(categories=written)), "2099-01-01")
    assert category == expected[0]


@pytest.mark.parametrize("authors_parsed", [..., None, [], "x", [[1]]])
def test_authors_fall_back_to_what_is_printed(authors_parsed: Any) -> None:
    """Where the parsed names are missing or damaged the printed line is cut up."""
    assert taken(line(authors_parsed=authors_parsed)).authors == ("Ann Example", "Ben Beispiel")


def test_a_printed_line_is_read_without_affiliations_and_with_suffixes() -> None:
    """As the same line of arXiv's raw format is."""
    printed = "John Toy, Jr., Ann Example (1) and Ben Beispiel ((1) Here, There)"
    assert taken(line(authors=printed, authors_parsed=...)).authors == ("John Toy Jr.", "Ann Example", "Ben Beispiel")


REASONS = {
    "lacks the key title": {"title": ...},
    "its id is a number": {"id": 704.0001},
    "got `null` - at `\\$.id`": {"id": None},
    "got `str` - at `\\$.versions": {"versions": ["v1"]},
    "an abstract of 200,000 characters": {"abstract": "x" * 200_000},
    "an empty list of versions": {"versions": []},
    "is not a version": {"versions": [{"version": "1", "created": created("2018-06-01")}]},
    "a date in the future": {"update_date": "2030-01-01"},
    "an impossible date": {"update_date": "2018-02-30"},
    "an impossible date: .*0000": {"versions": [{"version": "v1", "created": "Mon, 2 Jan 0000 19:18:42 GMT"}]},
    "is not an arXiv identifier": {"id": "1813.00001"},
}


@pytest.mark.parametrize(("reason", "fault"), REASONS.items(), ids=REASONS.keys())
def test_a_reject_says_why(reason: str, fault: dict[str, Any]) -> None:
    """The first thing wrong with a record is named in words."""
    assert re.search(reason, rejected(line(**fault)))


def test_of_several_faults_the_one_that_weighs_most_is_named() -> None:
    """Without a first version there is no paper, without its date no month; when the record was edited comes last.

    A text that is too long to be one comes before all dates.
    """
    versions = [{"version": f"v{number}", "created": f"day {number}"} for number in (1, 2)]
    faults: dict[str, Any] = {"versions": versions, "update_date": "2018-02-30"}
    assert rejected(line(**faults, id="1813.00001")) == "'1813.00001' is not an arXiv identifier"
    assert rejected(line(**faults, categories="x" * 1_001)) == "categories of 1,001 characters"
    assert rejected(line(**(faults | {"versions": []}))) == "an empty list of versions"
    assert rejected(line(**faults)) == "an impossible date: day 1"
    versions[0]["created"] = created("2018-06-01")
    assert rejected(line(**faults)) == "an impossible date: 2018-02-30"
    assert rejected(line(versions=versions)) == "an impossible date: day 2"


@pytest.mark.parametrize("at", ["Sprach", "\u00fc", "}"])
def test_a_record_cut_anywhere_is_known_as_cut_short(at: str) -> None:
    """Between its keys, in a word, in the middle of a letter."""
    whole = json.dumps(record(title="Sprachmodelle f\u00fcr Puppen"), ensure_ascii=False).encode()
    assert "ends in the middle" in rejected(whole[: whole.rindex(at.encode()) + 1 - (at == "}")])


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
moments = st.sampled_from(
    ["Fri, 31 Dec 9999 23:59:59 -0100", "Mon, 1 Jan 0001 00:00:00 +0100", "Tue, 30 Feb 2018 10:00:00 GMT"]
)
versions = st.lists(
    st.fixed_dictionaries(
        {"version": st.from_regex(r"v?\d{1,3}") | st.just("v" + "9" * 5_000), "created": moments | st.text()}
    ),
    max_size=3,
)


@settings(max_examples=60)
@given(key=st.sampled_from(sorted(record())), value=json_values | moments, others=versions | st.none())
def test_any_record_is_taken_or_rejected(key: str, value: object, others: list[dict[str, str]] | None) -> None:
    """Whatever stands under a key, a line is a paper that the store can hold, or a reject with a reason."""
    made = record() | {key: value} | ({} if others is None else {"versions": others})
    data = json.dumps(made).encode()
    fault: Exception | None = None
    try:
        found = taken(data)
    except FAULTS as caught:
        fault = caught
    if fault:
        assert in_words(fault, data)
    else:
        assert found.title
        assert found.versions < 10_000


@given(data=st.binary(max_size=60), at=st.integers(0, 700))
def test_any_bytes_are_taken_or_rejected(data: bytes, at: int) -> None:
    """A line with bytes torn out and others put in is never more than a reject."""
    whole = line()
    with suppress(*FAULTS):
        taken(whole[:at] + data + whole[at + len(data) :])


NAMES = {
    "family and given names": ([["Kaiserling", "Łukasz", ""]], ("Łukasz Kaiserling",)),
    "a suffix": ([["Kaiserling", "Ł.", "Jr."], ["Toy", "Ann", ""]], ("Ł. Kaiserling Jr.", "Ann Toy")),
    "one name alone": ([["Toy Collaboration", "", ""], ["", "Ann", ""]], ("Toy Collaboration", "Ann")),
    "an affiliation behind": ([["Toy", "Ann", "", "Toytown"]], ("Ann Toy",)),
    "fewer parts": ([["Toy"], ["Toy", "Ben"]], ("Toy", "Ben Toy")),
    "loose white space": ([[" Toy\n", " Ann  B.", ""], ["Toy", "Ben", ""]], ("Ann B. Toy", "Ben Toy")),
    "none at all": ([["", "", ""], ["Toy", "Ben", ""], [" ", "", ""]], ("Ben Toy",)),
    "a sign of ours": ([["To|y", "Ann", ""], ["| ", "Ben", ""]], ("Ann To|y", "Ben |")),
}


@pytest.mark.parametrize(("parsed", "expected"), NAMES.values(), ids=NAMES.keys())
def test_names_are_put_together(parsed: list[list[str]], expected: tuple[str, ...]) -> None:
    """Given names stand before the family name and its suffix, white space folded, and no name is empty."""
    assert taken(line(authors_parsed=parsed)).authors == expected
