"""Windows and walks."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.month import Month
from llmsurvey.paper import Paper
from llmsurvey.sources.base import Page, Unread, Walk, Window
from llmsurvey.sources.faults import FalseZero, GrowingTotal, RepeatedPage, ShrinkingTotal

_START = datetime(2018, 6, 1, tzinfo=UTC)
minutes = st.integers(0, 5_000_000).map(lambda number: _START + timedelta(minutes=number))
windows = st.tuples(minutes, minutes).filter(lambda two: two[0] != two[1]).map(lambda two: Window(*sorted(two)))


def page(*ids: str, total: int | None = None, following: str | None = None, unread: tuple[str, ...] = ()) -> Page[str]:
    """Make a page of papers of which only the identifiers matter."""
    papers = tuple(
        Paper(arxiv_id=name, title="T", abstract="", categories=("cs.CL",), submitted=_START, updated=_START)
        for name in ids
    )
    records = tuple(Unread(name, "no title") for name in unread)
    return Page(papers=papers, unread=records, total=total, following=following, as_of=_START)


@given(windows, st.integers(1, 40), minutes)
def test_parts_cover_a_window_without_a_hole(window: Window, count: int, moment: datetime) -> None:
    """Every moment that a window owns is owned by exactly one of its parts, and held by one or two of them."""
    parts = list(window.parts(count))
    assert sum(part.owns(moment) for part in parts) == window.owns(moment)
    assert (1 if window.holds(moment) else 0) <= sum(part.holds(moment) for part in parts) <= 2
    assert (parts[0].start, parts[-1].end) == (window.start, window.end)


@given(windows)
def test_halving_a_window_ends_at_single_minutes(window: Window) -> None:
    """Halves share the minute between them, are shorter than the whole, and a single minute has no halves."""
    while window.splittable:
        first, second = window.halves()
        assert (first.start, first.end, second.end) == (window.start, second.start, window.end)
        assert abs((first.end - first.start) - (second.end - second.start)) <= timedelta(minutes=1)
        window = first
    with pytest.raises(ValueError, match="cannot be split"):
        window.halves()


@given(st.integers(0, 400).map(lambda number: Month(1991, 1) + number))
def test_months_share_their_boundaries(month: Month) -> None:
    """A month's window ends where the next one's begins, and owns its own first second and not the next one's."""
    window, after = Window.of(month), Window.of(month + 1)
    assert window.end == after.start
    assert window.owns(window.start)
    assert not window.owns(window.end)
    assert window.holds(window.end + timedelta(seconds=59))
    assert not window.holds(window.end + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (_START, _START),
        (_START + timedelta(minutes=1), _START),
        (_START.replace(tzinfo=None), _START),
        (_START, _START + timedelta(seconds=90)),
    ],
)
def test_a_window_is_of_whole_minutes_in_order(start: datetime, end: datetime) -> None:
    """Reversed, empty, zoneless or broken minutes are a slip of the program."""
    with pytest.raises(ValueError, match=r"minute|ends at"):
        Window(start, end)


def test_a_walk_is_complete_when_all_have_come() -> None:
    """As many distinct records as the total says make a window complete; unread ones are among them."""
    walk: Walk[str] = Walk()
    walk.take(page("2301.00001", "2301.00002", total=3, following="2"))
    assert not walk.complete
    walk.take(page(unread=("2301.00003",), total=3))
    assert walk.complete


@pytest.mark.parametrize(
    ("second", "fault"),
    [
        (page("2301.00002", total=3), RepeatedPage),
        (page("2301.00003", total=2), ShrinkingTotal),
        (page("2301.00003", total=4), GrowingTotal),
    ],
)
def test_a_page_that_does_not_fit_is_not_taken(second: Page[str], fault: type[Exception]) -> None:
    """A repeated page or a moved total is a fault, and the walk stays as it was."""
    walk: Walk[str] = Walk()
    walk.take(page("2301.00001", "2301.00002", total=3, following="2"))
    with pytest.raises(fault):
        walk.take(second)
    assert walk.seen == {"2301.00001", "2301.00002"}
    assert walk.total == 3


def test_a_zero_is_doubted_where_papers_are_known() -> None:
    """Nothing is an answer for an unknown window when it is said again, and a fault for one that had papers."""
    unknown, known = Walk[str](), Walk[str](known=7)
    with pytest.raises(FalseZero):
        unknown.take(page(total=0))
    unknown.take(page(total=0))
    assert unknown.complete
    for _ in range(3):
        with pytest.raises(FalseZero, match="7 are known"):
            known.take(page(total=0))


def test_a_list_without_a_total_may_bring_a_record_again() -> None:
    """OAI-PMH tells no total, and a record changed meanwhile comes twice: that is no fault."""
    walk: Walk[str] = Walk()
    walk.take(page("2301.00001", following="token"))
    walk.take(page("2301.00001"))
    assert walk.complete
