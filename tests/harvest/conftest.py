"""Papers of four months for the harvests, and small pages so that windows have several."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from llmsurvey.harvest import api_windows
from tests.harvest.world import World
from tests.standin import Record
from tests.standin.invented import papers

A_PAGE = 8


@pytest.fixture(scope="session")
def four_months() -> list[Record]:
    """Return 160 invented papers of 2018-06 to 2018-09, nearly half with "language model"."""
    return list(papers(160, last="2018-09", share=0.4))


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_windows, "PAGE", A_PAGE)


@pytest.fixture
def world(tmp_path: Path, four_months: list[Record]) -> Iterator[World]:
    """Return a store beside a loopback arXiv without faults."""
    with World(tmp_path, four_months) as made:
        yield made
