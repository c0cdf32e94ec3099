"""CSV and JSON lines."""

import csv as rfc4180
import io
import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.exports.tables import COLUMNS, as_written, csv, harmless, jsonl
from llmsurvey.paper import Paper
from tests.exports.papers import UGLY, a_paper, patient, shelves


def read(papers: list[Paper]) -> list[dict[str, str]]:
    """Export papers as CSV and parse them again."""
    return list(rfc4180.DictReader(io.StringIO("".join(csv(papers)), newline="")))


def test_the_header_stands_also_above_no_papers() -> None:
    """The first line names the columns and ends in CR LF."""
    assert "".join(csv([])) == ",".join(COLUMNS) + "\r\n"


def test_quotes_and_commas_are_quoted() -> None:
    """Cells are quoted as RFC 4180 has it."""
    lines = list(csv([a_paper(title='Say "a, b"')]))
    assert lines[1].startswith('2303.18223,"Say ""a, b""",Wayne Xin Zhao; Kun Zhou,')


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM", "\tx", "\rx", "  =1", "\n=1", "\u00a0=1", "\ufeff=1", "\uff1d1"]
)
def test_a_formula_is_made_harmless(cell: str) -> None:
    """What a spreadsheet would run gets an apostrophe before it."""
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "a=b", "1", "'tis", "(-1)"])
def test_a_text_is_left_alone(cell: str) -> None:
    """What no spreadsheet runs stays as it is."""
    assert harmless(cell) == cell


@given(st.one_of(st.text(), st.from_regex(r"['=+\-@\s]{0,4}x", fullmatch=True)))
def test_harmless_can_be_undone(cell: str) -> None:
    """The apostrophe can be taken off without knowing whether it was put on."""
    assert as_written(harmless(cell)) == cell


def test_no_author_is_a_formula() -> None:
    """An author is harmless also behind the semicolon, where some spreadsheets begin a new cell."""
    (row,) = read([a_paper(authors=("Ann Lee", "=cmd; x"))])
    assert row["authors"] == "Ann Lee; '=cmd, x"


@patient
@given(shelves)
def test_csv_gives_the_papers_back(shelf: list[Paper]) -> None:
    """Every text of a paper comes out of the table as it went in."""
    for paper, row in zip(shelf, read(shelf), strict=True):
        assert as_written(row["arxiv_id"]) == paper.arxiv_id
        assert as_written(row["title"]) == paper.title
        assert as_written(row["abstract"]) == paper.abstract
        assert as_written(row["journal_ref"]) == (paper.journal_ref or "")
        assert row["withdrawn"] == str(paper.withdrawn).lower()


def test_ugly_papers_are_rows() -> None:
    """Every ugly paper is one row, and its text can be written as UTF-8."""
    assert "".join(csv(UGLY)).encode()
    assert [row["arxiv_id"] for row in read(list(UGLY))] == [paper.arxiv_id for paper in UGLY]


@patient
@given(shelves)
def test_json_lines_give_the_papers_back(shelf: list[Paper]) -> None:
    """A paper read back from its line is the same paper, and a line is one line to every program."""
    lines = list(jsonl(shelf))
    assert [msgspec.json.decode(line, type=Paper) for line in lines] == shelf
    assert len("".join(lines).splitlines()) == len(shelf)


def test_a_lone_surrogate_is_not_lost() -> None:
    """What UTF-8 cannot hold is escaped."""
    (line,) = jsonl([a_paper(title="lone \ud800")])
    assert json.loads(line)["title"] == "lone \ud800"
    assert line.encode()
