"""A harvest that is killed, anywhere, ends after the next run with the store of one that was not."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from llmsurvey.errors import LockHeld
from llmsurvey.store.database import Database
from llmsurvey.store.upgrade import opened
from tests.harvest.world import API, OAI, World, matching, state
from tests.standin import Fault, Record, StandIn

ORDERS = {"api": API, "oai": OAI}
ROOT = Path(__file__).resolve().parents[2]


class Killed(BaseException):
    """The end of a process, as far as a test can have it inside its own."""


@contextmanager
def killed_at(monkeypatch: pytest.MonkeyPatch, commit: int, *, landed: bool) -> Iterator[None]:
    """End the run at its nth commit: just before it, so that it is lost, or just after it has landed."""
    honest, commits = Database.writing, 0

    @contextmanager
    def writing(database: Database) -> Iterator[Any]:
        nonlocal commits
        commits += 1
        with honest(database) as connection:
            yield connection
            if commits == commit and not landed:
                raise Killed
        if commits == commit and landed:
            raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Database, "writing", writing)
        yield


def killed(world: World, source: str, monkeypatch: pytest.MonkeyPatch, commit: int, *, landed: bool) -> bool:
    """Run a harvest that is killed at a commit; False where it has no so manieth one."""
    with killed_at(monkeypatch, commit, landed=landed):
        try:
            world.harvest(ORDERS[source])
        except Killed:
            return True
    return False


@pytest.mark.parametrize("landed", [False, True])
@pytest.mark.parametrize("source", ["api", "oai"])
def test_killed_at_every_commit_the_next_run_ends_the_same(
    tmp_path: Path, four_months: list[Record], monkeypatch: pytest.MonkeyPatch, source: str, *, landed: bool
) -> None:
    """Whatever commit a run dies at, the next one ends with the same papers, counts and ledger."""
    few = four_months[::4]
    with World(tmp_path, few) as world:
        world.harvest(ORDERS[source])
        expected, commit = world.holds(), 1
        while True:
            again = world.beside(str(commit))
            if not killed(again, source, monkeypatch, commit, landed=landed):
                break
            again.harvest(ORDERS[source])
            assert again.holds() == expected
            commit += 1
    assert commit > (5 if source == "api" else 3)


@pytest.mark.parametrize("source", ["api", "oai"])
def test_killed_again_and_again_a_harvest_still_comes_to_its_end(
    tmp_path: Path, four_months: list[Record], monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    """Each run gets one page further; no page that was committed is asked for twice."""
    with World(tmp_path, four_months) as world:
        runs = 0
        while killed(world, source, monkeypatch, 2, landed=False):
            runs += 1
            assert runs < 60
        done = world.harvest(ORDERS[source])
        assert done.gaps == ()
        assert {row[0] for row in world.holds()["papers"]} >= (matching(four_months) if source == "api" else set())
        assert len(world.arxiv.requests) <= 2 * runs + 3


def test_killed_from_outside_at_random_times(tmp_path: Path, four_months: list[Record]) -> None:
    """A process that is shot at random moments leaves a store that the last run brings to its end."""
    chance = random.Random(5)
    slow = Fault(name="stall", on="api", seconds=0.03)
    with StandIn(four_months, faults=[slow], page_size=12) as arxiv:
        for _ in range(4):
            process = started(tmp_path, arxiv, "killed.db")
            before = len(arxiv.requests)
            while len(arxiv.requests) == before and process.poll() is None:
                time.sleep(0.01)
            time.sleep(chance.random() / 5)
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert started(tmp_path, arxiv, "killed.db").wait() == 0
        assert started(tmp_path, arxiv, "calm.db").wait() == 0
    found, expected = state(tmp_path / "killed.db"), state(tmp_path / "calm.db")
    assert found == expected
    assert {row[0] for row in found["papers"]} == matching(four_months)


def started(folder: Path, arxiv: StandIn, database: str) -> "subprocess.Popen[bytes]":
    """Start the program for a harvest of the papers' months."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LLMSURVEY_")}
    environment |= {
        "PYTHONPATH": str(ROOT),
        "XDG_STATE_HOME": str(folder),
        "LLMSURVEY_DATABASE_URL": str(folder / database),
        "LLMSURVEY_ARXIV_API_URL": arxiv.api_url,
        "LLMSURVEY_ARXIV_DELAY": "0",
        "LLMSURVEY_ARXIV_COOLDOWN": "0",
    }
    command = [sys.executable, "-m", "llmsurvey", "harvest", "--until", "2018-09"]
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_a_reader_does_not_stop_a_harvest(world: World, four_months: list[Record]) -> None:
    """While another program reads, pages are committed all the same."""
    with closing(sqlite3.connect(world.folder / "survey.db")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM papers").fetchone()
        world.harvest(API)
        reader.execute("ROLLBACK")
    assert {row[0] for row in world.holds()["papers"]} == matching(four_months)


def test_a_writer_in_the_way_ends_the_run_and_costs_nothing(world: World, four_months: list[Record]) -> None:
    """A database held by another writer is named as such; the next run goes on."""
    with closing(sqlite3.connect(world.folder / "survey.db", timeout=0)) as writer:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("llmsurvey.store.database.BUSY_SECONDS", 0.1)
            world.database = opened(str(world.folder / "survey.db"))
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockHeld):
            world.harvest(API)
        writer.execute("ROLLBACK")
    world.harvest(API)
    assert {row[0] for row in world.holds()["papers"]} == matching(four_months)
