"""A block of snapshot lines in, its papers, census and rejects out. Pure, so that other processes can do it."""

from collections.abc import Sequence

import msgspec

from llmsurvey.phrase import Phrase, Rule, matches
from llmsurvey.sources import arxiv_snapshot
from llmsurvey.store.census import CensusRow
from llmsurvey.store.papers import PaperRow, row_of
from llmsurvey.store.snapshots import Tally

_SHOWN = 400
"""Bytes of a rejected line that are kept for the person who looks into it."""


class Wanted(msgspec.Struct, frozen=True):
    """What is looked for in every record."""

    phrases: tuple[str, ...]
    keep_all: bool
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
    census: list[CensusRow]
    """The other records, known without their text."""
    rejects: list[Reject]
    tally: Tally


class Sieve:
    """Sorts the records of blocks by what is wanted."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._phrases = [Phrase(text) for text in wanted.phrases]

    def __call__(self, block: bytes) -> Sifted:
        """Take every record of a block; a bad one is a reject, never an error."""
        sifted = Sifted(0, [], [], [], Tally())
        matched = repaired = 0
        months: set[str] = set()
        latest = ""
        for number, line in enumerate(block.splitlines(), 1):
            sifted.lines = number
            if not line.strip():
                continue
            try:
                record = arxiv_snapshot.decoded(line)
                head = arxiv_snapshot.header(record, self._wanted.tomorrow)
                hit = self._matches((record.title, record.abstract))
                if hit or self._wanted.keep_all:
                    sifted.papers.append(row_of(arxiv_snapshot.paper(line, record, head)))
            except arxiv_snapshot.Rejected as why:
                sifted.rejects.append(Reject(number, str(why), _start(line)))
                continue
            if not (hit or self._wanted.keep_all):
                sifted.census.append((head.arxiv_id, head.month, head.primary_category, head.versions))
            matched += hit
            repaired += head.repaired
            months.add(head.month)
            latest = max(latest, head.data_date)
        sifted.tally = Tally(
            records=len(sifted.papers) + len(sifted.census),
            matched=matched,
            rejected=len(sifted.rejects),
            repaired=repaired,
            first_month=min(months, default=None),
            last_month=max(months, default=None),
            data_date=latest or None,
        )
        return sifted

    def _matches(self, fields: Sequence[str]) -> bool:
        return any(matches(rule, phrase, fields) for phrase in self._phrases for rule in Rule)


def _start(line: bytes) -> str:
    return line[:_SHOWN].decode(errors="backslashreplace")
