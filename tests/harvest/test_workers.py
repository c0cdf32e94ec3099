"""Sifting in other processes: in order, without deadlock, and gone at the end."""

import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import active_children
from queue import Queue

import pytest

from llmsurvey.errors import Stop
from llmsurvey.harvest import workers
from llmsurvey.harvest.sift import Wanted
from llmsurvey.harvest.workers import Crew
from llmsurvey.sources.snapshot_input import DamagedFile
from llmsurvey.store.distinct import Identifiers
from tests.records import month_of_lines

WANTED = Wanted(("language model",), keep_all=True, stored=Identifiers(), tomorrow="2026-11-25")


def test_large_blocks_and_large_answers_never_wait_for_each_other() -> None:
    """Megabytes through both ends of every pipe, in the order of the blocks."""
    months = [f"20{year}-06" for year in range(15, 23)]
    given = [b"".join(month_of_lines(month, 3_000)) for month in months]
    with Crew(2) as crew:
        found = list(crew.sifted(given, WANTED))
    assert [each.tally.first_month for each in found] == months
    assert all(each.tally.records == 3_000 for each in found)
    assert not active_children()


def test_damage_is_told_behind_what_was_whole_before_it() -> None:
    """No block that waits for its worker is lost when the file turns out to be torn."""
    block = b"".join(month_of_lines(count=10))

    def torn() -> Iterator[bytes]:
        yield from [block] * 5
        raise DamagedFile("cut short")

    found = list[int]()
    with pytest.raises(DamagedFile, match="cut short"), Crew(2) as crew:
        found.extend(each.tally.records for each in crew.sifted(torn(), WANTED))
    assert found == [10] * 5
    assert not active_children()


def test_workers_are_gone_when_nobody_listens_any_more() -> None:
    """A run that stops half-way leaves no process."""
    block = b"".join(month_of_lines(count=100))
    with Crew(2) as crew:
        next(crew.sifted(iter([block] * 50), WANTED))
        assert len(active_children()) == 2
    assert not active_children()


def test_a_worker_that_still_loads_is_deaf_to_an_interrupt() -> None:
    """Ctrl-C goes to all processes of a terminal, and only one of them answers it."""
    block = b"".join(month_of_lines(count=10))
    with Crew(1) as crew:
        process = crew._workers[0]._child.process
        assert process.pid
        os.kill(process.pid, signal.SIGINT)
        assert [each.tally.records for each in crew.sifted([block], WANTED)] == [10]
    assert not active_children()
    assert not signal.pthread_sigmask(signal.SIG_BLOCK, ()) & {signal.SIGINT, signal.SIGTERM}


def test_a_crew_takes_one_file_after_the_other() -> None:
    """What is wanted of the next file may differ."""
    block = b"".join(month_of_lines(count=8))
    with Crew(2) as crew:
        all_of_it = [len(each.papers) for each in crew.sifted([block] * 3, WANTED)]
        matches = [len(each.papers) for each in crew.sifted([block] * 3, replace(WANTED, keep_all=False))]
    assert (all_of_it, matches) == ([8, 8, 8], [2, 2, 2])


def test_a_worker_that_dies_stops_the_run() -> None:
    """In words, not with a broken pipe."""
    block = b"".join(month_of_lines(count=100))
    with Crew(1) as crew:
        answers = crew.sifted(iter([block] * 50), WANTED)
        next(answers)
        crew._workers[0]._child.process.kill()
        with pytest.raises(Stop, match="ended unexpectedly"):
            list(answers)


class _Starved:
    """A sieve, or what takes its place, for which there is no memory."""

    def __init__(self, *_: object) -> None:
        raise MemoryError


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")
@pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
def test_a_worker_without_memory_stops_the_run_in_words(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """What Python would print of it is not for the person who waits."""
    monkeypatch.setattr(workers, "Sieve", _Starved)
    with Crew(1, copied=True) as crew, pytest.raises(Stop, match="ended unexpectedly"):
        list(crew.sifted([b"{}\n"], WANTED))
    assert capfd.readouterr().err == ""


def test_a_worker_without_memory_for_its_task_does_not_wait_for_another() -> None:
    """Its parent waits for the answer, and would for ever."""

    class Pipe:
        def recv(self) -> None:
            raise MemoryError

    tasks: Queue[None] = Queue()
    workers._receive(Pipe(), tasks)  # type: ignore[arg-type]
    assert tasks.get(timeout=10) is None
