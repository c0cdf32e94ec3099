"""A block of snapshot lines in, its papers, census and rejects out. Pure, so that other processes can do it."""

from dataclasses import dataclass
from io import BytesIO

import msgspec

from llmsurvey.harvest.distinct import Identifiers
from llmsurvey.phrase import Phrase, Rule, matches
from llmsurvey.sources import arxiv_snapshot
from llmsurvey.sources.snapshot_file import LONGEST_LINE
from llmsurvey.store.rows import CensusRow, PaperRow, row_of
from llmsurvey.store.tally import Tally
from llmsurvey.tokens import plain

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
    census: list[CensusRow]
    """The other records, known without their text."""
    rejects: list[Reject]
    tally: Tally


class Sieve:
    """Sorts the records of blocks by what is wanted."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted, self._stored = wanted, wanted.stored
        phrases = [Phrase(text) for text in wanted.phrases]
        self._checks = [(rule, phrase) for phrase in phrases for rule in _rules(phrase)]
        self._needles = sorted({phrase.needle for phrase in phrases})

    def __call__(self, block: bytes) -> Sifted:
        """Take every record of a block; a bad one is a reject, never an error."""
        sifted = Sifted(0, [], [], [], Tally())
        decoded, header, matches = arxiv_snapshot.decoded, arxiv_snapshot.header, self._matches
        keep_all, stored, tomorrow, counted = self._wanted.keep_all, self._stored, self._wanted.tomorrow, sifted.census
        matched = odd_ids = rejected = 0
        months: set[str] = set()
        latest = ""
        number = 0
        for number, line in enumerate(BytesIO(block), 1):
            if line.isspace():
                continue
            try:
                if len(line) >= LONGEST_LINE:
                    raise arxiv_snapshot.Rejected(f"a line of over {LONGEST_LINE >> 20} megabytes")  # noqa: TRY301 - one verdict more
                record = decoded(line)
                head = header(record, tomorrow)
                hit = matches(record.title, record.abstract)
                kept = hit or keep_all or (head.versions > 1 and head.arxiv_id in stored)
                if kept:
                    sifted.papers.append(row_of(arxiv_snapshot.paper(record, head)))
            except arxiv_snapshot.Rejected as why:
                rejected += 1
                if rejected <= _TOLD:
                    sifted.rejects.append(Reject(number, str(why), _start(line)))
                continue
            if not kept:
                counted.append((head.arxiv_id, head.month, head.primary_category, head.versions))
            elif not keep_all:
                stored.new_among((head.arxiv_id,))
            matched += hit
            odd_ids += head.odd_id
            months.add(head.month)
            latest = max(latest, head.data_date)
        sifted.lines = number
        if rejected > _TOLD:
            sifted.rejects.append(Reject(sifted.lines, f"and {rejected - _TOLD:,} lines more up to this one", ""))
        sifted.tally = Tally(
            records=len(sifted.papers) + len(sifted.census),
            matched=matched,
            rejected=rejected,
            odd_ids=odd_ids,
            first_month=min(months, default=None),
            last_month=max(months, default=None),
            data_date=latest or None,
        )
        return sifted

    def _matches(self, title: str, abstract: str) -> bool:
        both = f"{title}\n{abstract}"
        both = both.lower() if both.isascii() else plain(both)
        for needle in self._needles:  # most records end here, with one look at their text for all phrases
            if needle in both:
                return any(matches(rule, phrase, (title, abstract)) for rule, phrase in self._checks)
        return False


def _rules(phrase: Phrase) -> tuple[Rule, ...]:
    """Return the rules to check: where a plural has the singular's stem, an exact match is a stemmed one as well."""
    return (Rule.STEMMED,) if phrase.plural_stems == phrase.stems else tuple(Rule)


def _start(line: bytes) -> str:
    return line.rstrip()[:_SHOWN].decode(errors="backslashreplace")
