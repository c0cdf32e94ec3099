r"""Lines of the snapshot as records: many at once where each line is one, else line by line. Pure.

The decoder takes many lines at once in three quarters of the time, and is lenient about where lines end. It is asked
so only where every line begins and ends as an object does: as `}\n{` stands inside no JSON, there is no record then
that goes on over a line's end, and where there are as many records as lines, each line is one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from stringzilla import count as count_of
from stringzilla import find_first_of

from llmsurvey.sources.arxiv_snapshot import FAULTS, SnapshotRecord, decode_lines, decoded
from llmsurvey.sources.reject import Rejected
from llmsurvey.sources.snapshot_file import LONGEST_LINE, Span

_PIECE = 128 << 10
"""Bytes whose records stay near the processor until all is done with them; of more, each step would fetch them anew."""
_BEYOND_ASCII = bytes(range(0x80, 0x100))


@dataclass(frozen=True, slots=True)
class Lines:
    """What some lines hold; lines are numbered from 1. A line of nothing but white space holds nothing."""

    total: int
    records: Sequence[SnapshotRecord]
    numbers: Sequence[int]
    """The line of each record."""
    faults: dict[int, Exception] = field(default_factory=dict)
    """What is wrong with the other lines, each one of `FAULTS`."""


def pieces(block: bytes | Span) -> Iterator[bytes]:
    """Yield a block in pieces that end at a line's end, to be read one by one."""
    with block.opened() if isinstance(block, Span) else BytesIO(block) as file:
        left = len(block)
        while piece := file.read(min(_PIECE, left)):
            if not piece.endswith(b"\n"):
                piece += file.readline(left - len(piece))
            left -= len(piece)
            yield piece


def read(text: bytes) -> Lines:
    """Read some lines; of one that holds no record there is the fault."""
    total = count_of(text, b"\n")
    if _begin_and_end_as_objects(text, total):
        try:
            _check_beyond_ascii(text)
            records = decode_lines(text)
        except FAULTS:
            pass
        else:
            if len(records) == total:
                return Lines(total, records, range(1, total + 1))
    return _one_by_one(text)


def _begin_and_end_as_objects(text: bytes, total: int) -> bool:
    ends_meet = text.startswith(b"{") and text.endswith(b"}\n") and count_of(text, b"}\n{") == total - 1
    return ends_meet and len(text) < LONGEST_LINE


def _one_by_one(text: bytes) -> Lines:
    records, numbers, faults, number = list[SnapshotRecord](), list[int](), dict[int, Exception](), 0
    for number, line in enumerate(BytesIO(text), 1):
        try:
            if len(line) >= LONGEST_LINE:
                raise Rejected(f"a line of over {LONGEST_LINE >> 20} megabytes")
            records.append(decoded(line))
            numbers.append(number)
        except FAULTS as fault:
            if not line.isspace():
                faults[number] = fault
    return Lines(number, records, numbers, faults)


def _check_beyond_ascii(text: bytes) -> None:
    """Raise `UnicodeDecodeError` where lines are no UTF-8: the decoder does not look at the values that it skips."""
    at = -1 if text.isascii() else find_first_of(text, _BEYOND_ASCII)
    while at >= 0:
        end = text.find(b"\n", at)
        text[at:end].decode()
        at = find_first_of(text, _BEYOND_ASCII, end)


def numbers_of(text: bytes, places: Iterable[int]) -> set[int]:
    """Return the numbers of the lines at some places, which come in order."""
    numbers, number, before = set[int](), 1, 0
    for place in places:
        number += count_of(text, b"\n", before, place)
        numbers.add(number)
        before = place
    return numbers
