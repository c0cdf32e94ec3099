"""A block of snapshot lines in, its papers, census and rejects out. Pure, so that other processes can do it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

import msgspec

from llmsurvey.harvest.glance import Glance
from llmsurvey.harvest.snapshot_rows import row_of_record
from llmsurvey.harvest.usual import Known, Usual
from llmsurvey.paper import is_arxiv_id
from llmsurvey.sources.arxiv_snapshot import FAULTS, SnapshotRecord, header, in_words
from llmsurvey.sources.snapshot_file import Span
from llmsurvey.sources.snapshot_lines import numbers_of, pieces, read
from llmsurvey.store import sheets
from llmsurvey.store.distinct import Identifiers, bits_of
from llmsurvey.store.rows import PaperRow
from llmsurvey.store.tally import Tally

_TOLD = 1_000
"""Rejects of one block that are told one by one; more are counted, so that a file of rubbish fills no disk."""
_SHOWN = 400
"""Bytes of a rejected line that are kept for the person who looks into it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for in every record."""

    phrases: tuple[str, ...]
    keep_all: bool
    stored: Identifiers
    """Papers that stand in the store: a later version of one is wanted even where it does not match any more."""
    tomorrow: str
    """ISO date; what is dated later is damage."""


class Reject(msgspec.Struct, frozen=True):
    """A line that could not be taken."""

    line: int
    """Number of the line within its block, from 1; within the file once the block's place is known."""
    reason: str
    start: str
    """The first bytes of the line, undecodable ones escaped."""


class Sifted(msgspec.Struct):
    """What one block holds."""

    lines: int
    papers: list[PaperRow]
    """Rows to store, in the order of the file."""
    census: Mapping[str, tuple[str, int]]
    """The other papers, known without their text: sheets of the census, each with its places as bits."""
    counts: Counter[tuple[str, str]]
    """All its papers, by month of version 1 and primary category."""
    rejects: list[Reject]
    tally: Tally


class Sieve:
    """Sorts the records of blocks by what is wanted."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted, self._stored = wanted, wanted.stored
        self._glance = Glance(wanted.phrases)
        self._usual = Usual(wanted.tomorrow)

    def __call__(self, block: bytes | Span) -> Sifted:
        """Take every record of a block; a bad one is a reject, never an error."""
        gathered = _Gathered()
        for piece in pieces(block):
            self._sift(piece, gathered)
        return gathered.sifted()

    def _sift(self, piece: bytes, gathered: "_Gathered") -> None:
        wanted, stored, usual, counted = self._wanted, self._stored, self._usual, gathered.counted
        keep_all, tomorrow, latest, glance = wanted.keep_all, wanted.tomorrow, gathered.latest, self._glance
        lines = read(piece)
        faults, to_be_read = lines.faults, numbers_of(piece, glance.places(piece))
        for number, record, known in zip(lines.numbers, lines.records, usual.known(lines.records), strict=True):
            title, abstract = record.title, record.abstract
            try:
                head, place, remark, date = known or _looked_into(record, tomorrow)
                doubtful = number in to_be_read or not (title.isascii() and abstract.isascii())
                hit = doubtful and glance(title, abstract)
                if hit or keep_all or (not remark.endswith(sheets.OF_ONE_VERSION) and record.id in stored):
                    gathered.papers.append(row_of_record(record))
                    gathered.matched += hit
                    if not keep_all:
                        stored.new_among((record.id,))
                elif (sheet := counted.get(head)) is not None:
                    sheet.append(place + remark)
                else:
                    counted[head] = [place + remark]
            except FAULTS as fault:
                faults[number] = fault
                continue
            gathered.remarks.append(remark)
            if known is None and not is_arxiv_id(record.id):
                gathered.odd_ids += 1
            if date > latest:  # noqa: PLR1730 - max() takes three times as long
                latest = date
        gathered.latest = latest
        gathered.rejects.add(faults, piece, gathered.lines)
        gathered.lines += lines.total


def _looked_into(record: SnapshotRecord, tomorrow: str) -> Known:
    """Return what is to be known of a record that is not as nearly all are."""
    parts, date = header(record, tomorrow)
    return sheets.head_of(record.id), sheets.place_of(record.id), sheets.remark(*parts), date


def _sheet(lines: list[str]) -> tuple[str, int]:
    """Return the sheet of some lines, and its places as bits."""
    bits = bits_of(lines)
    if bits.bit_count() < len(lines):
        return sheets.joined(lines), bits
    lines.sort()
    return "\n".join(lines), bits


class _Gathered:
    """What was found in a block so far."""

    def __init__(self) -> None:
        self.lines = self.matched = self.odd_ids = 0
        self.latest = ""
        self.remarks = list[str]()
        """What the census remarks of every record taken."""
        self.papers, self.counted = list[PaperRow](), dict[str, list[str]]()
        self.rejects = _Rejects()

    def sifted(self) -> Sifted:
        counts: Counter[tuple[str, str]] = Counter()
        for remark, number in Counter(self.remarks).items():
            counts[sheets.month_and_category(remark)] += number
        months = [month for month, _ in counts]
        return Sifted(
            lines=self.lines,
            papers=self.papers,
            census={head: _sheet(lines) for head, lines in self.counted.items()},
            counts=counts,
            rejects=self.rejects.told(self.lines),
            tally=Tally(
                records=len(self.remarks),
                matched=self.matched,
                rejected=self.rejects.number,
                odd_ids=self.odd_ids,
                first_month=min(months, default=None),
                last_month=max(months, default=None),
                data_date=self.latest or None,
            ),
        )


class _Rejects:
    """The rejects of one block; of very many the rest are told in one."""

    def __init__(self) -> None:
        self.number = 0
        self._told: list[Reject] = []

    def add(self, faults: Mapping[int, Exception], piece: bytes, before: int) -> None:
        """Take in what is wrong with lines of a piece, by their number in it; so many lines stand before it."""
        lines = BytesIO(piece).readlines() if faults and self.number < _TOLD else []
        for number in sorted(faults):
            self.number += 1
            if self.number <= _TOLD:
                line = lines[number - 1]
                start = line.rstrip()[:_SHOWN].decode(errors="backslashreplace")
                self._told.append(Reject(before + number, in_words(faults[number], line), start))

    def told(self, lines: int) -> list[Reject]:
        if self.number > _TOLD:
            self._told.append(Reject(lines, f"and {self.number - _TOLD:,} lines more up to this one", ""))
        return self._told
