"""The papers a stand-in serves, found by id, submission time and datestamp; they may come and change meanwhile."""

import bisect
import gzip
import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.standin.record import WITHDRAWN, Record, from_snapshot
from tests.standin.taxonomy import in_set, sets_of


class Corpus:
    """Papers numbered from 0 in the order they came; the number stays a paper's own through every revision."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self.lock = threading.RLock()
        """Held while a request is answered, so that no paper changes in the middle of a page."""
        self.records: list[Record] = []
        self.numbers: dict[str, int] = {}
        """Paper number by arXiv id."""
        self.changes = 0
        """Grows with every change; what was computed before is stale."""
        self.verdicts: dict[object, dict[int, bool]] = {}
        """Which papers match a term, as far as it has been asked."""
        for record in records:
            self.numbers[record.arxiv_id] = self.numbers.get(record.arxiv_id, len(self.records))
            if self.numbers[record.arxiv_id] == len(self.records):
                self.records.append(record)
        self._times = sorted((record.submitted, number) for number, record in enumerate(self.records))
        self._stamps = sorted((record.datestamp, record.arxiv_id) for record in self.records)
        self._listed: dict[tuple[date, date, str], tuple[int, list[int]]] = {}

    def __len__(self) -> int:
        return len(self.records)

    def get(self, arxiv_id: str) -> Record | None:
        """Return a paper by its id without version."""
        number = self.numbers.get(arxiv_id)
        return None if number is None else self.records[number]

    def add(self, record: Record) -> None:
        """Add a paper, or put a later state in the place of a known one."""
        with self.lock:
            number = self.numbers.get(record.arxiv_id)
            if number is None:
                number = self.numbers[record.arxiv_id] = len(self.records)
                self.records.append(record)
            else:
                self._forget(number)
                self.records[number] = record
            bisect.insort(self._times, (record.submitted, number))
            bisect.insort(self._stamps, (record.datestamp, record.arxiv_id))
            self.changes += 1

    def _forget(self, number: int) -> None:
        old = self.records[number]
        self._times.remove((old.submitted, number))
        self._stamps.remove((old.datestamp, old.arxiv_id))
        for verdict in self.verdicts.values():
            verdict.pop(number, None)

    def revise(self, arxiv_id: str, created: datetime, **changes: Any) -> Record:
        """Give a paper one more version, with other texts where they are named."""
        with self.lock:
            record = self.records[self.numbers[arxiv_id]].revised(created, **changes)
            self.add(record)
        return record

    def withdraw(self, arxiv_id: str, created: datetime) -> Record:
        """Withdraw a paper as arXiv does: one more version, its source type `I`, and a comment."""
        comment = "This paper has been withdrawn by the author"
        return self.revise(arxiv_id, created, source_type=WITHDRAWN, comment=comment)

    def submitted_between(self, first: datetime, last: datetime) -> set[int]:
        """Return the papers whose version 1 is not before `first` and not after `last`."""
        start = bisect.bisect_left(self._times, (first, -1))
        return {
            number for _, number in self._times[start : bisect.bisect_right(self._times, (last, len(self.records)))]
        }

    def changed_between(self, first: date, last: date, wanted_set: str) -> list[int]:
        """Return the papers with a datestamp in these days and in this set ("" for all), by datestamp and id."""
        known = self._listed.get((first, last, wanted_set))
        if known is None or known[0] != self.changes:
            start = bisect.bisect_left(self._stamps, (first, ""))
            stop = bisect.bisect_left(self._stamps, (last, "\U0010ffff"))
            numbers = [self.numbers[arxiv_id] for _, arxiv_id in self._stamps[start:stop]]
            if wanted_set:
                numbers = [n for n in numbers if in_set(sets_of(self.records[n].categories), wanted_set)]
            known = self._listed[first, last, wanted_set] = (self.changes, numbers)
        return known[1]


def read_snapshot(path: Path) -> Iterator[Record]:
    """Yield the papers of a snapshot file, plain or gzip-compressed."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield from_snapshot(line)


def at_noon(day: date) -> datetime:
    """Return noon of a day in UTC."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
