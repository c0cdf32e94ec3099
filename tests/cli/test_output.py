"""What commands print can be read by a program, and by a person in a narrow terminal."""

import csv
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from io import StringIO
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from llmsurvey.cli.output import as_csv, as_json, as_table, cell_text, harmless, plain
from llmsurvey.errors import ExitCode
from llmsurvey.month import Month
from llmsurvey.phrase import Phrase, Rule


@dataclass(frozen=True)
class Row:
    """A record of the library."""

    month: Month
    share: float | None


class Sheet(msgspec.Struct, frozen=True):
    """Another kind of record."""

    name: str
    rows: tuple[Row, ...]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (float("nan"), None),
        (float("-inf"), None),
        (0.5, 0.5),
        (True, True),
        (Month(2018, 6), "2018-06"),
        (Phrase("language model"), "language model"),
        (Rule.EXACT, "exact"),
        (ExitCode.GAPS, 3),
        (date(2018, 6, 1), "2018-06-01"),
        (datetime(2018, 6, 1, 12, tzinfo=UTC), "2018-06-01T12:00:00Z"),
        (datetime(2018, 6, 1, 12, tzinfo=timezone(timedelta(hours=2))), "2018-06-01T10:00:00Z"),
        (Path("/x"), "/x"),
        (
            Sheet("a", (Row(Month(2018, 6), float("nan")),)),
            {"name": "a", "rows": [{"month": "2018-06", "share": None}]},
        ),
        ({Month(2018, 6): (1, 2)}, {"2018-06": [1, 2]}),
    ],
)
def test_every_record_has_a_json_form(value: object, expected: object) -> None:
    """Months, dates and records become what other programs read; a number that is none becomes null."""
    assert json.loads(as_json(value)) == expected


def test_an_unknown_kind_is_an_error() -> None:
    """A value without a JSON form is not printed as its Python text."""
    with pytest.raises(TypeError, match="no JSON form"):
        plain(object())


@given(st.text())
def test_json_keeps_every_text(text: str) -> None:
    """Any text comes back as it was, as letters rather than escapes."""
    assert json.loads(as_json(text)) == text
    assert not text.isalpha() or text in as_json(text)


def test_numbers_stand_to_the_right_under_their_heading() -> None:
    """Columns are aligned, also under Chinese letters, which are two columns wide."""
    table = as_table(("名", "count"), [("语言", 1), ("ab", 1000), (None, None)])
    assert table.splitlines() == ["名    count", "语言      1", "ab     1000", "-         -"]


@given(
    rows=st.lists(st.tuples(st.text(max_size=80), st.text(max_size=80), st.integers()), min_size=1),
    width=st.integers(40, 200),
)
def test_a_table_fits_its_terminal(rows: list[tuple[str, str, int]], width: int) -> None:
    """Text is cut to the width; one row is one line; numbers are never cut."""
    lines = as_table(("a", "b", "n"), rows, width).splitlines()
    assert len(lines) == len(rows) + 1
    numbers = max(len(str(row[2])) for row in rows)
    assert all(cell_len(line) <= max(width, 2 * 8 + numbers + 4) for line in lines)
    assert all(line.endswith(str(row[2])) for line, row in zip(lines[1:], rows, strict=True))


def test_a_table_for_a_pipe_is_not_cut() -> None:
    """Without a width every cell stands in full."""
    assert "x" * 500 in as_table(("a",), [("x" * 500,)])


def test_an_empty_table_is_its_heading() -> None:
    """No rows are no error."""
    assert as_table(("month", "count"), []) == "month  count"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a\nb\tc", "a b c"),
        ("\x1b[31mred", "�[31mred"),
        ("a\u202eb", "a�b"),
        (["a", 1], "a, 1"),
        (True, "yes"),
        (1.5, "1.5"),
    ],
)
def test_a_cell_is_one_harmless_line(value: object, expected: str) -> None:
    """Control characters and turned writing do not reach the terminal."""
    assert cell_text(value) == expected


@given(st.text())
def test_harmless_text_steers_no_terminal(text: str) -> None:
    """No control character but the line end is left, and nothing is lost or added."""
    safe = harmless(text)
    assert len(safe) == len(text)
    assert not any(ord(sign) < 32 and sign not in "\n\t" for sign in safe)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_formula_is_made_harmless(text: str) -> None:
    """A spreadsheet shows the text instead of running it; a negative number stays a number."""
    (row,) = list(csv.reader(StringIO(as_csv(("a",), [(text,)]), newline="")))[1:]
    assert row == [f"'{text}"]
    assert as_csv(("a",), [(-1,)]) == "a\r\n-1\r\n"


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2)))
def test_csv_comes_back_as_it_was(rows: list[list[str]]) -> None:
    """Quotes, commas and line ends survive (RFC 4180)."""
    read = list(csv.reader(StringIO(as_csv(("a", "b"), rows), newline="")))
    assert [[cell.removeprefix("'") for cell in row] for row in read[1:]] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]


def test_identifiers_are_never_cut() -> None:
    """The first columns stay whole where that is asked for, however narrow the terminal is."""
    rows = [("2303.18223v16", "A Survey of Large Language Models")]
    assert "2303.18223v16  A Surv" in as_table(("id", "title"), rows, 20, whole=1)
    assert "2303.18223v16" not in as_table(("id", "title"), rows, 20)
