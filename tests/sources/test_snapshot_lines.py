"""Lines read many at once: never other than one by one."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from llmsurvey.sources import snapshot_lines
from llmsurvey.sources.arxiv_snapshot import FAULTS, SnapshotRecord, decoded, in_words
from llmsurvey.sources.snapshot_lines import numbers_of, pieces, read
from tests.records import line, record
from tests.texts import texts


def one_by_one(text: bytes) -> dict[int, SnapshotRecord | str]:
    """Return the record of each line, or what is wrong with it."""
    found = dict[int, SnapshotRecord | str]()
    for number, each in enumerate(text.split(b"\n"), 1):
        whole = each + b"\n" if number <= text.count(b"\n") else each
        try:
            found[number] = decoded(whole)
        except FAULTS as fault:
            if whole.strip():
                found[number] = in_words(fault, whole)
    return found


def all_at_once(text: bytes) -> dict[int, SnapshotRecord | str]:
    """Return the same as it is read at once."""
    lines = read(text)
    whole = text.splitlines(keepends=True) if b"\r" not in text else text.replace(b"\r", b"?").splitlines(keepends=True)
    faults = {number: in_words(fault, whole[number - 1]) for number, fault in lines.faults.items()}
    return {**dict(zip(lines.numbers, lines.records, strict=True)), **faults}


good = texts.map(lambda title: line(title=title)) | st.just(line(submitter="Łukasz Übel"))
two_in_one = st.just(line().rstrip() + b" " + line()) | st.just(line().rstrip() + b"," + line())
torn = st.integers(1, 400).map(lambda at: line()[:at] + b"\n" + line()[at:])
pretty = st.just(json.dumps(record(), indent=1).encode() + b"\n")
skipped = st.sampled_from([b"\xff", b"\xed\xa0\x80", b"\\ud800", b"\\q", b"\xc3"]).map(
    lambda wrong: line(submitter="SOMEBODY").replace(b"SOMEBODY", wrong)
)
other = st.sampled_from(
    [b"\n", b"  \n", b"[]\n", b"{}\n", b"7\n", b"{\n", b"}\n", line().replace(b"\n", b"\r\n"), line()[:-1]]
)


@given(st.lists(good | two_in_one | torn | pretty | skipped | other, max_size=5).map(b"".join))
@example(line() + line().rstrip() + b" " + line() + b"{\n" + line()[1:])
@example(line() + line()[:-1])
@example(b"")
def test_lines_read_at_once_are_those_read_one_by_one(text: bytes) -> None:
    """Of two records in one line, one in several lines, and values that are passed over there is no other verdict."""
    assert all_at_once(text) == one_by_one(text)


def test_a_line_without_end_is_told_where_it_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Among others, and alone."""
    monkeypatch.setattr(snapshot_lines, "LONGEST_LINE", 700)
    for text, number in ((line() + line(abstract="x" * 800) + line(), 2), (line(abstract="x" * 800), 1)):
        assert "a line of over" in str(read(text).faults[number])


@given(st.lists(st.sampled_from([b"", b"a", b"abc", "\u00e9".encode() * 3]), max_size=9), st.integers(1, 9))
def test_pieces_are_the_block_cut_at_line_ends(made: list[bytes], size: int) -> None:
    """None is empty, and only the last may have no end."""
    block = b"\n".join(made)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snapshot_lines, "_PIECE", size)
        found = list(pieces(block))
    assert b"".join(found) == block
    assert all(found)
    assert all(piece.endswith(b"\n") for piece in found[:-1])
    assert all(piece.count(b"\n") == 1 for piece in found[:-1] if len(piece) > 2 * size + 7)


@given(st.lists(st.sampled_from([b"", b"a", b"xx", b"x"]), max_size=9))
def test_places_are_told_by_line(made: list[bytes]) -> None:
    """Of two places in one line the number stands once."""
    text = b"\n".join(made)
    places = [at for at, sign in enumerate(text) if sign == ord("x")]
    assert numbers_of(text, places) == {number for number, each in enumerate(made, 1) if b"x" in each}


def test_bytes_that_are_no_utf8_are_found_in_a_later_line() -> None:
    """In a value that the decoder skips, behind a line with an accent."""
    good, bad = (
        line(submitter="Ann").replace(b"Ann", "\u00c4nn".encode()),
        line(submitter="Ann").replace(b"Ann", b"\xffnn"),
    )
    found = read(good + bad + good)
    assert (list(found.faults), list(found.numbers)) == ([2], [1, 3])
