"""Drawing ahead: the same things in the same order, and nothing left running."""

import threading
from collections.abc import Iterator
from queue import Queue

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.errors import Stop
from llmsurvey.harvest.ahead import ahead, taken


@given(items=st.lists(st.integers()), most=st.integers(1, 4))
def test_nothing_is_lost_and_nothing_changes_places(items: list[int], most: int) -> None:
    """However far ahead it is drawn."""
    assert list(ahead(items, most)) == items


def test_a_fault_comes_behind_what_was_drawn_before_it() -> None:
    """The last good block of a torn file is not lost to the fault behind it."""

    def torn() -> Iterator[int]:
        yield from (1, 2, 3)
        raise EOFError("torn")

    found = list[int]()
    with pytest.raises(EOFError, match="torn"):
        found.extend(ahead(torn(), 2))
    assert found == [1, 2, 3]


def test_no_thread_is_left_when_nobody_asks_any_more() -> None:
    """Though it has more to hand out than there is room for."""
    before = threading.active_count()
    drawn = ahead(iter(range(1_000)), 2)
    assert next(drawn) == 0
    drawn.close()
    assert threading.active_count() == before


def test_a_second_interrupt_while_the_thread_ends_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python would show a traceback, as nobody catches what is raised while a generator is thrown away."""

    class Struck(threading.Thread):
        def join(self, timeout: float | None = None) -> None:
            super().join(timeout)
            raise KeyboardInterrupt

    monkeypatch.setattr("llmsurvey.harvest.ahead.Thread", Struck)
    items = ahead(iter(range(9)), most=2)
    assert next(items) == 0
    items.close()


def test_a_thread_that_dies_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without memory one may end before it can say so."""
    monkeypatch.setattr("llmsurvey.harvest.ahead._Drawn.draw", lambda *_: None)
    with pytest.raises(Stop, match="ended unexpectedly"):
        next(ahead(iter(range(9)), most=2))


def test_what_a_thread_left_behind_is_taken() -> None:
    """Nothing that it gave is lost, and then its end is told."""
    left = Queue[int]()
    thread = threading.Thread(target=left.put, args=(7,))
    thread.start()
    thread.join()
    assert taken(left, thread) == 7
    with pytest.raises(EOFError):
        taken(left, thread)
