"""One paper as arXiv's own database would hold it: every version dated, TeX as the author wrote it. No I/O.

`Record` is deliberately not the program's `Paper`: the stand-in must not learn from what it is there to test.
"""

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

WITHDRAWN = "I"
"""Source type of a version that withdraws the paper (arXivRaw, `source_type`)."""
EARLIEST_DATESTAMP = date(2005, 9, 16)
"""No OAI datestamp of arXiv lies before this day (Identify, `earliestDatestamp`)."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH_NUMBERS = {name: number for number, name in enumerate(_MONTHS, start=1)}
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Version:
    """One submitted version."""

    created: datetime
    """UTC."""
    size_kilobytes: int = 120
    source_type: str = "D"
    """`D` for PDFTeX sources, `I` for a withdrawal, empty for plain TeX or PDF."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One paper with all its versions; texts are those of the latest."""

    arxiv_id: str
    title: str
    abstract: str
    """May carry line breaks and leading blanks, as the public snapshot does."""
    authors: str = ""
    """One line as submitted, TeX accents and all."""
    parsed_authors: tuple[tuple[str, ...], ...] = ()
    """Last name, first names, suffix, affiliations…; accents decoded."""
    categories: tuple[str, ...]
    versions: tuple[Version, ...]
    datestamp: date
    """UTC day of the record's last change, which may be a bulk edit long after the last version."""
    submitter: str | None = None
    comment: str | None = None
    journal_ref: str | None = None
    doi: str | None = None
    report_no: str | None = None
    license: str | None = None
    msc_class: str | None = None
    acm_class: str | None = None

    @property
    def submitted(self) -> datetime:
        """Time of version 1."""
        return self.versions[0].created

    @property
    def updated(self) -> datetime:
        """Time of the latest version."""
        return self.versions[-1].created

    @property
    def withdrawn(self) -> bool:
        """Whether the latest version withdraws the paper."""
        return self.versions[-1].source_type == WITHDRAWN

    def names(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each author's name as it is read aloud, and the affiliations."""
        for last, first, suffix, *affiliations in (parts + ("",) * (3 - len(parts)) for parts in self.parsed_authors):
            yield " ".join(part for part in (first, last, suffix) if part), tuple(affiliations)

    def revised(self, created: datetime, *, source_type: str = "D", **changes: Any) -> "Record":
        """Return the record with one more version; the datestamp moves to the day after it."""
        version = Version(created, source_type=source_type)
        versions = (*self.versions, version)
        datestamp = changes.pop("datestamp", created.date() + timedelta(days=1))
        return dataclasses.replace(self, versions=versions, datestamp=datestamp, **changes)


def rfc_date(moment: datetime) -> str:
    """Write a time as arXivRaw does, the day zero-padded: `Wed, 06 Dec 2017 03:30:32 GMT`."""
    day = f"{_DAYS[moment.weekday()]}, {moment.day:02} {_MONTHS[moment.month - 1]} {moment.year}"
    return f"{day} {moment:%H:%M:%S} GMT"


def _moment(text: str) -> datetime:
    """Read `Wed, 06 Dec 2017 03:30:32 GMT`, the day padded or not."""
    _, day, month, year, clock, _ = text.split()
    hour, minute, second = clock.split(":")
    return datetime(int(year), _MONTH_NUMBERS[month], int(day), int(hour), int(minute), int(second), tzinfo=UTC)


def from_snapshot(line: str) -> Record:
    """Read one line of the public snapshot."""
    known: dict[str, Any] = json.loads(line)
    versions = sorted(known["versions"], key=lambda version: int(version["version"][1:]))
    withdrawn = "withdrawn" in (known.get("comments") or "").lower()
    sources = [""] * (len(versions) - 1) + [WITHDRAWN if withdrawn else ""]
    dated = tuple(
        Version(_moment(version["created"]), source_type=source)
        for version, source in zip(versions, sources, strict=True)
    )
    return Record(
        arxiv_id=known["id"],
        title=known["title"],
        abstract=known["abstract"],
        authors=known.get("authors") or "",
        parsed_authors=tuple(tuple(parts) for parts in known.get("authors_parsed") or ()),
        categories=tuple(known["categories"].split()),
        versions=dated,
        datestamp=max(EARLIEST_DATESTAMP, date.fromisoformat(known["update_date"])),
        **_optional_texts(known),
    )


def _optional_texts(known: Mapping[str, Any]) -> dict[str, str | None]:
    """Pick the texts that a paper may lack, under this record's names."""
    columns = {"submitter": "submitter", "comments": "comment", "journal-ref": "journal_ref", "doi": "doi"}
    columns |= {"report-no": "report_no", "license": "license"}
    return {ours: known.get(theirs) or None for theirs, ours in columns.items()}


def to_snapshot(record: Record) -> str:
    """Write one line of the public snapshot, without its line end; classes (MSC, ACM) are not in that shape."""
    shape = {
        "id": record.arxiv_id,
        "submitter": record.submitter,
        "authors": record.authors,
        "title": record.title,
        "comments": record.comment,
        "journal-ref": record.journal_ref,
        "doi": record.doi,
        "report-no": record.report_no,
        "categories": " ".join(record.categories),
        "license": record.license,
        "abstract": record.abstract,
        "versions": [
            {"version": f"v{number}", "created": rfc_date(version.created)}
            for number, version in enumerate(record.versions, start=1)
        ],
        "update_date": record.datestamp.isoformat(),
        "authors_parsed": [list(parts) for parts in record.parsed_authors],
    }
    return json.dumps(shape, ensure_ascii=False)


def snapshot_lines(records: Iterable[Record]) -> Iterator[str]:
    """Yield records as lines of the public snapshot, each with its line end."""
    for record in records:
        yield to_snapshot(record) + "\n"
