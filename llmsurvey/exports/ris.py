"""Papers as RIS, which Zotero, EndNote and Mendeley read. The records are written by rispy."""

from collections.abc import Iterable, Iterator
from datetime import UTC

import rispy

from llmsurvey.exports.identifiers import abstract_url, dois
from llmsurvey.exports.names import Name, author_names
from llmsurvey.exports.tex import clean, plain
from llmsurvey.paper import Paper

_UNPUBLISHED = "UNPB"
"""What reference managers map preprints to; RIS has no type of its own for them."""


class _Records(rispy.RisWriter):  # type: ignore[misc]  # rispy carries no types
    """Records without running numbers, their lines ended as RIS asks for."""

    NEWLINE = "\r\n"

    def set_header(self, count: int) -> str:  # noqa: ARG002 - rispy's signature
        return ""


def ris(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield one record a paper; lines end in CR LF, no value holds a line end."""
    writer = _Records()
    for paper in papers:
        yield f"{writer.formats([_record(paper)])}\r\n"


def _record(paper: Paper) -> dict[str, str | list[str]]:
    submitted = paper.submitted.astimezone(UTC)
    found = dois(paper.doi)
    record: dict[str, str | list[str]] = {
        "type_of_reference": _UNPUBLISHED,
        "id": clean(paper.arxiv_id),
        "title": plain(paper.title),
        "authors": [_author(name) for name in author_names(paper.authors)],
        "abstract": plain(paper.abstract),
        "year": f"{submitted.year:04}",
        "date": f"{submitted:%Y/%m/%d}",
        "urls": [abstract_url(paper)],
        "doi": found[0] if found else "",
        "publisher": "arXiv",
        "accession_number": f"arXiv:{clean(paper.arxiv_id)}",
        "keywords": [clean(category) for category in paper.categories],
        "notes": _notes(paper, found[1:]),
    }
    return {tag: value for tag, value in record.items() if value}


def _notes(paper: Paper, further_dois: list[str]) -> list[str]:
    notes = [plain(paper.journal_ref or ""), plain(paper.comment or "")]
    notes += [f"doi:{doi}" for doi in further_dois]
    notes += ["withdrawn"] if paper.withdrawn else []
    return [note for note in notes if note]


def _author(name: Name) -> str:
    """Write `Family, Given, Suffix`, or the literal."""
    if name.literal:
        return name.literal
    return ", ".join(part for part in (name.sorted_family, name.given, name.suffix) if part)
