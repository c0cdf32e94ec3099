"""All faults at once, by chance, and runs that are killed: in the end nothing is lost and nothing doubled."""

import random
from pathlib import Path

import pytest

from llmsurvey.store.ledger import Status
from tests.harvest.test_killed import killed
from tests.harvest.world import API, OAI, World, listed, matching
from tests.standin import Fault, Record
from tests.standin.exchange import Service
from tests.standin.fault_kinds import FAULTS

ORDERS = {"api": API, "oai": OAI}
SLOW = {"stall", "slow_drip", "rate_limit", "huge_body"}
UNSEEN = {("oai", "short_page")}
"""What no reader of a list can see: it says no total."""


def storm(source: str, seed: int) -> list[Fault]:
    """Return every fault of a source at one request in fifty, so that nearly every third meets one."""
    names = [name for name, kind in FAULTS.items() if Service(source) in kind.services and name not in SLOW]
    return [
        Fault(name=name, on=source, probability=0.02, seed=1_000 * seed + place)
        for place, name in enumerate(names)
        if (source, name) not in UNSEEN
    ]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("source", ORDERS)
def test_through_a_storm_all_papers_come_in(
    tmp_path: Path, four_months: list[Record], monkeypatch: pytest.MonkeyPatch, source: str, seed: int
) -> None:
    """After some runs, most of them killed at a commit, the store holds what arXiv has; the ledger says so."""
    chance = random.Random(seed)
    with World(tmp_path, four_months, storm(source, seed)) as world:
        for _ in range(5):
            killed(world, source, monkeypatch, chance.randint(1, 6), landed=chance.random() < 0.5)
        for _ in range(12):
            world.tomorrow()
            done = world.harvest(ORDERS[source])
            if not (done.gaps or done.stopped):
                break
        assert (done.gaps, done.stopped) == ((), None)
        wanted = matching(four_months) if source == "api" else listed(four_months)
        assert [row[0] for row in world.holds()["census"]] == sorted(wanted)
        assert {row[4] for row in world.holds()["windows"]} == {Status.COMPLETE}
