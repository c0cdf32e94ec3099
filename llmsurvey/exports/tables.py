"""Papers as tables: CSV for spreadsheets, JSON lines for programs."""

import csv as rfc4180
import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

import msgspec

from llmsurvey.exports.identifiers import abstract_url
from llmsurvey.paper import Paper

COLUMNS: Final = (
    "arxiv_id",
    "title",
    "authors",
    "abstract",
    "categories",
    "primary_category",
    "submitted",
    "updated",
    "versions",
    "comment",
    "journal_ref",
    "doi",
    "license",
    "withdrawn",
    "url",
)
"""The header of the CSV. Authors are parted by "; ", categories by a blank; a spreadsheet that takes the id for a
number has the url."""

_FORMULA = re.compile(r"'*(?:[\t\r]|[\s\x00-\x1f\x7f\u200b\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""What a spreadsheet runs, or would run once it has trimmed the cell: the signs, also as full-width forms."""


class _Passing:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def csv(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield the header and one line a paper (RFC 4180, lines end in CR LF), no cell of which is a formula."""
    writer = rfc4180.writer(_Passing(), lineterminator="\r\n")
    yield _line(writer.writerow(COLUMNS))
    for paper in papers:
        yield _line(writer.writerow([harmless(cell) for cell in _row(paper)]))


def harmless(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula. `as_written` takes it off again."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def as_written(cell: str) -> str:
    """Take off the apostrophe that `harmless` put on: the two are exact opposites."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def jsonl(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield one JSON object a paper with every field of the record, so that reading it back gives the same paper."""
    for paper in papers:
        yield f"{_json(paper)}\n"


def _json(paper: Paper) -> str:
    try:
        line = msgspec.json.encode(paper).decode()
    except UnicodeEncodeError:  # a lone surrogate has no UTF-8, but JSON has an escape for it
        return json.dumps(msgspec.to_builtins(paper))
    return line.translate(_LINE_ENDS)


_LINE_ENDS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}
"""Some programs end a line at these; JSON may escape them."""


def _line(written: object) -> str:
    return str(written).encode("utf-8", "replace").decode()


def _row(paper: Paper) -> tuple[str, ...]:
    return (
        paper.arxiv_id,
        paper.title,
        "; ".join(harmless(author.replace(";", ",")) for author in paper.authors),
        paper.abstract,
        " ".join(paper.categories),
        paper.categories[0] if paper.categories else "",
        _moment(paper.submitted),
        _moment(paper.updated),
        str(paper.versions),
        paper.comment or "",
        paper.journal_ref or "",
        paper.doi or "",
        paper.license or "",
        "true" if paper.withdrawn else "false",
        abstract_url(paper),
    )


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
