"""What an order leads to, and that README tells newcomers the same."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from llmsurvey.config import Settings, load
from llmsurvey.errors import BadUsage
from llmsurvey.harvest import counting
from llmsurvey.harvest.order import Order, plan_of
from llmsurvey.harvest.plan import minutes
from llmsurvey.harvest.span import Span
from tests.store.stores import store

README = Path(__file__).parents[2] / "README.md"
NOVEMBER = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    """Return the settings of somebody who has set nothing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return load()


def test_readme_tells_what_a_first_fill_takes(tmp_path: Path, settings: Settings) -> None:
    """Requests and minutes of each route are those of a plan on an empty store in November 2026."""
    database = store(tmp_path)
    counts = len(counting.to_count(settings.phrases, Span(), NOVEMBER, {}))
    papers = plan_of(database, settings, Order(), NOVEMBER).requests
    sets = plan_of(database, settings, Order("oai"), NOVEMBER).requests
    readme = README.read_text(encoding="utf-8")
    for route, requests in (("--counts` ", counts), ("harvest` ", papers), ("--source oai` ", sets)):
        told = re.search(rf"{re.escape(route)}\|[^|]*\| (\d+)", readme)
        assert told is not None
        assert int(told[1]) == requests
    said = [f"{minutes(requests, settings.arxiv_delay):.1f}" for requests in (counts, papers, sets)]
    assert "({}, {} and {} minutes)".format(*said) in readme


def test_sets_belong_to_oai() -> None:
    """A set that is ordered of the search is a mistake."""
    with pytest.raises(BadUsage, match="only OAI-PMH has sets"):
        Order(sets=("cs",))
