"""CSL-JSON."""

import json
from typing import Any

from hypothesis import given

from llmsurvey.exports.csl import csl
from llmsurvey.exports.tex import plain
from llmsurvey.paper import Paper
from tests.exports.papers import UGLY, a_paper, patient, shelves


def read(papers: list[Paper]) -> list[dict[str, Any]]:
    """Export papers and parse them again."""
    items: list[dict[str, Any]] = json.loads("".join(csl(papers)))
    return items


def test_no_papers_are_an_empty_array() -> None:
    """An empty export is valid JSON."""
    assert read([]) == []


def test_an_item_has_csls_variables() -> None:
    """Names are in parts, the date is in date-parts, collaborations are literal."""
    authors = ("Jan van der Berg", "John Smith Jr.", "The ATLAS Collaboration")
    (item,) = read([a_paper(authors=authors, doi="10.1/x 10.1234/y", journal_ref="Nature", withdrawn=True)])
    assert item["author"] == [
        {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
        {"family": "Smith", "given": "John", "suffix": "Jr."},
        {"literal": "The ATLAS Collaboration"},
    ]
    assert item["issued"] == {"date-parts": [[2023, 3, 31]]}
    assert item["note"] == "Nature; doi:10.1234/y; withdrawn"
    assert (item["type"], item["DOI"], item["number"]) == ("article", "10.1/x", "arXiv:2303.18223")


def test_ugly_papers_are_items() -> None:
    """Every ugly paper is an item with its title in Unicode."""
    assert [item.get("title", "") for item in read(list(UGLY))] == [plain(paper.title) for paper in UGLY]


@patient
@given(shelves)
def test_every_paper_is_an_item(shelf: list[Paper]) -> None:
    """The array holds the papers in their order."""
    assert [item["id"] for item in read(shelf)] == [paper.arxiv_id for paper in shelf]
