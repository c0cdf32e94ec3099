"""A block of snapshot lines in, its papers, census and rejects out. Pure, so that other processes can do it."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

import msgspec

from llmsurvey.harvest.glance import Glance
from llmsurvey.harvest.snapshot_rows import row_of_record
from llmsurvey.sources.arxiv_snapshot import FAULTS, decode, decoded, header, in_words
from llmsurvey.sources.reject import Rejected
from llmsurvey.sources.snapshot_file import LONGEST_LINE
from llmsurvey.store import sheets
from llmsurvey.store.distinct import Identifiers, bits_of
from llmsurvey.store.rows import PaperRow
from llmsurvey.store.sheets import SIGNS
from llmsurvey.store.tally import Tally

_TOLD = 1_000
"""Rejects of one block that are told one by one; more are counted, so that a file of rubbish fills no disk."""
_BEHIND_ALL = 1 << 62
_REMARKS = 1 << 13
"""Remarks that are held: those of some years, where papers come in order; of all of arXiv they would fill memory."""
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
    rejects: list[Reject]
    tally: Tally


class Sieve:
    """Sorts the records of blocks by what is wanted."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted, self._stored = wanted, wanted.stored
        self._glance = Glance(wanted.phrases)
        self._remarks: dict[tuple[str, str, int], str] = {}

    def __call__(self, block: bytes) -> Sifted:
        """Take every record of a block; a bad one is a reject, never an error."""
        keep_all, stored, tomorrow, remarks = self._wanted.keep_all, self._stored, self._wanted.tomorrow, self._remarks
        glance, papers, counted, rejects = self._glance, list[PaperRow](), dict[str, list[str]](), _Rejects()
        months, dates = set[str](), set[str]()
        matched = odd_ids = others = number = end = 0
        ascii_only = block.isascii()
        places = glance.places(block)
        place = next(places, _BEHIND_ALL)
        for number, line in enumerate(BytesIO(block), 1):
            end += len(line)
            to_be_read = not (ascii_only or line.isascii())
            while place < end:
                place, to_be_read = next(places, _BEHIND_ALL), True
            try:
                if len(line) >= LONGEST_LINE:
                    raise Rejected(f"a line of over {LONGEST_LINE >> 20} megabytes")
                record = decode(line) if ascii_only else decoded(line)
                month, category, versions, date, odd_id = header(record, tomorrow)
                hit = to_be_read and glance(record.title, record.abstract)
                kept = hit or keep_all or (versions > 1 and record.id in stored)
                if kept:
                    papers.append(row_of_record(record))
            except FAULTS as fault:
                if not line.isspace():
                    rejects.add(number, in_words(fault, line), line)
                continue
            if not kept:
                others += 1
                remark = remarks.get(key := (month, category, versions)) or self._remark(key)
                arxiv_id = record.id
                sheet = counted.get(head := arxiv_id[:-SIGNS])
                if sheet is None:
                    sheet = counted[head] = []
                sheet.append(arxiv_id[-SIGNS:] + remark)
            elif not keep_all:
                stored.new_among((record.id,))
            matched += hit
            odd_ids += odd_id
            months.add(month)
            dates.add(date)
        return Sifted(
            lines=number,
            papers=papers,
            census={head: _sheet(lines) for head, lines in counted.items()},
            rejects=rejects.told(number),
            tally=Tally(
                records=len(papers) + others,
                matched=matched,
                rejected=rejects.number,
                odd_ids=odd_ids,
                first_month=min(months, default=None),
                last_month=max(months, default=None),
                data_date=max(dates, default=None),
            ),
        )

    def _remark(self, parts: tuple[str, str, int]) -> str:
        if len(self._remarks) == _REMARKS:
            self._remarks.clear()
        return self._remarks.setdefault(parts, sheets.remark(*parts))


def _sheet(lines: list[str]) -> tuple[str, int]:
    """Return the sheet of some lines, and its places as bits."""
    bits = bits_of(lines)
    if bits.bit_count() < len(lines):
        return sheets.joined(lines), bits
    lines.sort()
    return "\n".join(lines), bits


class _Rejects:
    """The rejects of one block; of very many the rest are told in one."""

    def __init__(self) -> None:
        self.number = 0
        self._told: list[Reject] = []

    def add(self, number: int, reason: str, line: bytes) -> None:
        self.number += 1
        if self.number <= _TOLD:
            start = line.rstrip()[:_SHOWN].decode(errors="backslashreplace")
            self._told.append(Reject(number, reason, start))

    def told(self, lines: int) -> list[Reject]:
        if self.number > _TOLD:
            self._told.append(Reject(lines, f"and {self.number - _TOLD:,} lines more up to this one", ""))
        return self._told
