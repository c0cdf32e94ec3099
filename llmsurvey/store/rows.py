"""Papers as rows of the tables, there and back. Pure, and without a database: other processes make rows as well."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from llmsurvey.paper import Paper

PaperRow = tuple[str | int | None, ...]
"""A paper as the table holds it, in the order of its columns without the row number."""
CensusRow = tuple[str, str, str, int]
"""Identifier, month of version 1, primary category, number of versions known."""

FIELDS = (
    "arxiv_id",
    "title",
    "abstract",
    "authors",
    "categories",
    "primary_category",
    "month",
    "submitted",
    "updated",
    "versions",
    "comment",
    "journal_ref",
    "doi",
    "license",
    "withdrawn",
)
"""The columns of a `PaperRow`."""

_encode = msgspec.json.Encoder().encode


def in_json(names: Sequence[str]) -> str:
    """Write names as the store does."""
    return _encode(names).decode()


def stamp(moment: datetime) -> str:
    """Write a time as the store does: ISO-8601, UTC, to the second."""
    utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return utc.isoformat()[:19] + "Z"


def row_of(paper: Paper) -> PaperRow:
    """Return the paper as the table holds it."""
    submitted = stamp(paper.submitted)
    updated = submitted if paper.updated == paper.submitted else stamp(paper.updated)
    return (
        paper.arxiv_id,
        paper.title,
        paper.abstract,
        in_json(paper.authors),
        " ".join(paper.categories),
        paper.primary_category,
        submitted[:7],
        submitted,
        updated,
        paper.versions,
        paper.comment,
        paper.journal_ref,
        paper.doi,
        paper.license,
        int(paper.withdrawn),
    )


def census_of(row: PaperRow) -> CensusRow:
    """Return what the census keeps of a paper."""
    return str(row[0]), str(row[6]), str(row[5]), int(row[9] or 1)


def paper_of(row: Sequence[object]) -> Paper:
    """Return the paper of a table row (`id` first, then the fields)."""
    fields = dict(zip(FIELDS, tuple(row)[1:], strict=True))
    return Paper(
        arxiv_id=str(fields["arxiv_id"]),
        title=str(fields["title"]),
        abstract=str(fields["abstract"]),
        authors=msgspec.json.decode(str(fields["authors"]), type=tuple[str, ...]),
        categories=tuple(str(fields["categories"]).split()),
        submitted=datetime.fromisoformat(str(fields["submitted"])),
        updated=datetime.fromisoformat(str(fields["updated"])),
        versions=int(str(fields["versions"])),
        comment=_text(fields["comment"]),
        journal_ref=_text(fields["journal_ref"]),
        doi=_text(fields["doi"]),
        license=_text(fields["license"]),
        withdrawn=bool(fields["withdrawn"]),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
