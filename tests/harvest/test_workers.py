"""Sifting in other processes: in order, without deadlock, and gone at the end."""

from collections.abc import Iterator
from multiprocessing import active_children

import pytest

from llmsurvey.errors import Stop
from llmsurvey.harvest import workers
from llmsurvey.harvest.distinct import Identifiers
from llmsurvey.harvest.sift import Wanted
from llmsurvey.harvest.workers import sifted
from llmsurvey.sources.packing import DamagedFile
from tests.records import month_of_lines

WANTED = Wanted(("language model",), keep_all=True, stored=Identifiers(), tomorrow="2026-11-25")


def test_large_blocks_and_large_answers_never_wait_for_each_other() -> None:
    """Megabytes through both ends of every pipe, in the order of the blocks."""
    months = [f"20{year}-06" for year in range(15, 23)]
    given = [b"".join(month_of_lines(month, 3_000)) for month in months]
    found = list(sifted(given, WANTED, 2))
    assert [each.tally.first_month for each in found] == months
    assert all(each.tally.records == 3_000 for each in found)
    assert not active_children()


def test_damage_is_told_behind_what_was_whole_before_it() -> None:
    """No block that waits for its worker is lost when the file turns out to be torn."""
    block = b"".join(month_of_lines(count=10))

    def torn() -> Iterator[bytes]:
        yield from [block] * 5
        raise DamagedFile("cut short")

    answers, found = sifted(torn(), WANTED, 2), list[int]()
    with pytest.raises(DamagedFile, match="cut short"):
        found.extend(each.tally.records for each in answers)
    assert found == [10] * 5
    assert not active_children()


def test_workers_are_gone_when_nobody_listens_any_more() -> None:
    """A run that stops half-way leaves no process."""
    block = b"".join(month_of_lines(count=100))
    answers = sifted(iter([block] * 50), WANTED, 2)
    next(answers)
    answers.close()
    assert not active_children()


def test_a_worker_that_dies_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """In words, not with a broken pipe."""
    started: list[workers._Worker] = []
    enter = workers._Worker.__enter__

    def noted(self: workers._Worker) -> workers._Worker:
        started.append(self)
        return enter(self)

    monkeypatch.setattr(workers._Worker, "__enter__", noted)
    block = b"".join(month_of_lines(count=100))
    answers = sifted(iter([block] * 50), WANTED, 1)
    next(answers)
    started[0]._process.kill()
    with pytest.raises(Stop, match="ended unexpectedly"):
        list(answers)
