"""Fixtures for the stand-in's own tests."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.standin import Record, StandIn, Version
from tests.standin.invented import papers

MakeRecord = Callable[..., Record]


@pytest.fixture
def make_record() -> MakeRecord:
    """Return a maker of papers of which only the named fields matter."""

    def make(arxiv_id: str = "2301.00001", **fields: Any) -> Record:
        created = fields.pop("submitted", datetime(2023, 1, 10, 12, 0, tzinfo=UTC))
        plain: dict[str, Any] = {
            "title": "A Toy Title",
            "abstract": "An invented abstract.",
            "authors": "Ann Example",
            "parsed_authors": (("Example", "Ann", ""),),
            "categories": ("cs.CL",),
            "versions": (Version(created),),
            "datestamp": created.date() + timedelta(days=1),
        }
        return Record(arxiv_id=arxiv_id, **(plain | fields))

    return make


@pytest.fixture(scope="session")
def corpus_of_two_years() -> list[Record]:
    """Return 600 invented papers of 2018-06 to 2020-05."""
    return list(papers(600))


@pytest.fixture
def arxiv_of_two_years(corpus_of_two_years: list[Record]) -> Iterator[StandIn]:
    """Serve them, forty records a page, on a day in 2026."""
    with StandIn(corpus_of_two_years, today=date(2026, 8, 14), page_size=40) as stand_in:
        yield stand_in
