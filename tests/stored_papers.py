"""Small stores for tests: papers that are invented in one line, and a database that holds them."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from llmsurvey.paper import Paper
from llmsurvey.store import denominators, papers
from llmsurvey.store.database import Database
from llmsurvey.store.rows import row_of
from llmsurvey.store.upgrade import opened

RECORDED = "2025-01-01T00:00:00Z"


def a_paper(arxiv_id: str = "2303.18223", **fields: Any) -> Paper:
    """Invent a paper; what is not given is the same for all."""
    day = fields.pop("day", "2023-03-31")
    submitted = datetime.fromisoformat(day).replace(tzinfo=UTC)
    known = {"title": "A survey", "abstract": "Of something.", "categories": ("cs.CL",), "authors": ("Ada Lovelace",)}
    return Paper(arxiv_id=arxiv_id, **{"submitted": submitted, "updated": submitted, **known, **fields})


def a_store(path: Path, shelf: Iterable[Paper], *, indexed: bool = True) -> Database:
    """Make a database that holds papers, counted; without `indexed` they wait behind the index."""
    database = opened(str(path))
    add(database, shelf, indexed=indexed)
    return database


def add(database: Database, shelf: Iterable[Paper], *, indexed: bool = True) -> None:
    """Take papers into a store as an import does."""
    rows = [row_of(paper) for paper in shelf]
    with database.writing() as connection:
        papers.upsert(connection, rows, RECORDED, indexed=indexed)
        denominators.recount(connection)
