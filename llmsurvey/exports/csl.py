"""Papers as CSL-JSON, which pandoc, Zotero and every CSL processor read: one array, one item a line."""

from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any

import msgspec

from llmsurvey.exports.identifiers import abstract_url, dois
from llmsurvey.exports.names import Name, author_names
from llmsurvey.exports.tex import clean, plain
from llmsurvey.paper import Paper


def csl(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield the array bracket by bracket and item by item; joined, it is one JSON document, also without papers."""
    yield "["
    separator = "\n"
    for paper in papers:
        yield separator + msgspec.json.encode(_item(paper)).decode()
        separator = ",\n"
    yield "\n]\n"


def _item(paper: Paper) -> dict[str, Any]:
    submitted = paper.submitted.astimezone(UTC)
    found = dois(paper.doi)
    item = {
        "id": clean(paper.arxiv_id),
        "type": "article",
        "title": plain(paper.title),
        "author": [_author(name) for name in author_names(paper.authors)],
        "issued": {"date-parts": [[submitted.year, submitted.month, submitted.day]]},
        "abstract": plain(paper.abstract),
        "DOI": found[0] if found else "",
        "URL": abstract_url(paper),
        "publisher": "arXiv",
        "number": f"arXiv:{clean(paper.arxiv_id)}",
        "keyword": ", ".join(clean(category) for category in paper.categories),
        "note": "; ".join(_notes(paper, found[1:])),
    }
    return {name: value for name, value in item.items() if value}


def _notes(paper: Paper, further_dois: list[str]) -> Iterator[str]:
    if journal := plain(paper.journal_ref or ""):
        yield journal
    yield from (f"doi:{doi}" for doi in further_dois)
    if paper.withdrawn:
        yield "withdrawn"


def _author(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: value for part, value in parts.items() if value}
