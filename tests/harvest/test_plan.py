"""The plan: which windows, which lists, how many requests, before anything is sent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.errors import BadUsage
from llmsurvey.harvest.plan import Knowledge, Plan, api_plan, minutes, oai_plan
from llmsurvey.harvest.span import Span, recent
from llmsurvey.month import Month
from llmsurvey.phrase import Phrase
from llmsurvey.store.asked import Asked, first_minute, needed
from llmsurvey.store.ledger import API, OAI, Entry, Status, reach, subject_of
from llmsurvey.survey import TrackedPhrase

NOW = datetime(2019, 3, 10, 12, tzinfo=UTC)
LM = TrackedPhrase(Phrase("language model"), Month(2018, 6))
LLM = TrackedPhrase(Phrase("large language model"), Month(2018, 8))
TOYS = TrackedPhrase(Phrase("toy"), Month(2018, 9))


def window(month: str, **others: object) -> Entry:
    """Return a window that came in whole, after its month had settled."""
    whole = Entry(
        source=API,
        subject="language model",
        start=first_minute(Month.parse(month)),
        end=first_minute(Month.parse(month) + 1),
        phrases=("language model",),
        status=Status.COMPLETE,
        expected=2_500,
        papers=2_500,
        first_asked="2019-03-01T00:00:00Z",
        answered="2019-03-01T00:00:00Z",
    )
    return replace(whole, **others)  # type: ignore[arg-type]  # what a test wants otherwise


def planned(*entries: Entry, tracked: Sequence[TrackedPhrase] = (LM,), until: str = "2018-09") -> Plan:
    """Return the plan of the API over a ledger."""
    return api_plan(tracked, Span(None, Month.parse(until)), NOW, Knowledge(Asked(entries)))


def starts(plan: Plan) -> list[str]:
    """Return where the windows of a plan begin, with what they ask for."""
    return [f"{each.entry.start[:7]} {each.entry.subject}" for each in plan.windows]


def test_an_empty_ledger_leads_to_every_month() -> None:
    """Each month from the first tracked one on is a window, of unknown size."""
    plan = planned()
    assert starts(plan) == [f"2018-0{month} language model" for month in (6, 7, 8, 9)]
    assert (plan.requests, {each.requests for each in plan.windows}) == (4, {None})


CASES = {
    "whole": (window("2018-07"), False),
    "a gap": (window("2018-07", status=Status.GAP), True),
    "open": (window("2018-07", status=Status.OPEN, resume="1000"), True),
    "read before the month had settled": (window("2018-07", answered="2018-08-02T00:00:00Z"), True),
    "a record could not be read": (window("2018-07", unread=1), True),
    "for another phrase": (window("2018-07", phrases=("toy",), subject="toy"), True),
}


@pytest.mark.parametrize(("entry", "asked"), CASES.values(), ids=CASES.keys())
def test_a_month_is_asked_until_it_is_whole(entry: Entry, asked: bool) -> None:
    """Only what came in whole, for the phrase, after the month had settled, is not asked again."""
    plan = planned(entry)
    assert ("2018-07 language model" in starts(plan)) is asked


def test_an_open_window_goes_on_behind_its_last_page() -> None:
    """It costs what is left of it; a window whose first page is too old, or whose last is of yesterday, begins anew."""
    asked = "2019-03-10T08:00:00Z"
    entry = window("2018-07", status=Status.OPEN, resume="1000", received=1_000, last_asked=asked)
    assert [each.requests for each in planned(entry).windows if each.entry.resume] == [2]
    for stale in (replace(entry, answered="2018-07-20T00:00:00Z"), replace(entry, last_asked="2019-03-09T08:00:00Z")):
        assert not any(each.entry.resume for each in planned(stale).windows)


@pytest.mark.parametrize(("answered", "asked"), [("2019-03-09T12:30:00Z", True), ("2019-03-09T14:00:00Z", False)])
def test_a_daily_run_asks_for_the_recent_months_each_day(answered: str, *, asked: bool) -> None:
    """Yesterday's answer came some minutes after the run had begun, and is a day old all the same."""
    plan = planned(window("2019-02", answered=answered), until="2019-02")
    assert ("2019-02 language model" in starts(plan)) is asked


def test_the_parts_of_a_window_are_asked_one_by_one() -> None:
    """Of a window that was split, only the part that is missing is asked."""
    middle = "2018-07-16T00:00Z"
    parts = window("2018-07", end=middle), window("2018-07", start=middle, status=Status.GAP)
    assert [each.entry.start for each in planned(*parts).windows if each.entry.start[:7] == "2018-07"] == [middle]


def test_what_another_source_has_is_not_asked() -> None:
    """Months that a snapshot holds in full need no search."""
    complete = Knowledge(Asked(()), lambda _phrase, month: month < Month(2018, 9))
    plan = api_plan((LM,), Span(None, Month(2018, 9)), NOW, complete)
    assert starts(plan) == ["2018-09 language model"]


def test_a_covered_phrase_needs_no_query_and_others_share_one() -> None:
    """The narrower phrase comes with the wider one; a stranger is joined to it from its first month on."""
    plan = planned(tracked=(LM, LLM, TOYS))
    assert starts(plan)[-2:] == ["2018-08 language model", "2018-09 language model | toy"]


def test_of_two_phrases_of_one_meaning_one_is_asked() -> None:
    """Phrases with the same stems cover each other: the first stays."""
    twin = TrackedPhrase(Phrase("language models"), Month(2018, 6))
    assert needed((LM, twin), Month(2018, 7)) == [LM.phrase]


def test_a_split_is_part_of_the_estimate() -> None:
    """A month beyond the wall costs its pages, and a request for each part at the least."""
    entry = window("2018-07", status=Status.GAP, expected=23_000)
    assert [each.requests for each in planned(entry).windows if each.papers] == [28]
    assert minutes(120, 3) == 10


SPANS = [
    (Span(Month(2019, 4)), "future"),
    (Span(None, Month(2030, 1)), "future"),
    (Span(Month(2019, 2), Month(2019, 1)), "after"),
    (Span(None, Month(2018, 5)), "first month is 2018-06"),
]


@pytest.mark.parametrize(("span", "text"), SPANS)
def test_an_impossible_span_is_refused(span: Span, text: str) -> None:
    """The future, the reversed, and what lies before every phrase have errors that say so."""
    with pytest.raises(BadUsage, match=text):
        api_plan((LM,), span, NOW, Knowledge(Asked(())))


@given(st.dates(date(2010, 1, 1), date(2030, 12, 31)))
def test_two_settled_months_are_recent(today: date) -> None:
    """On any day the recent months are two that have settled, and those after them, which have not."""
    first = recent(today)
    assert [month.settled_by(today) for month in first.through(Month.of(today))][:3] == [True, True, False]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6)), max_size=8), st.integers(0, 5))
def test_windows_reach_as_far_as_their_days_do(spans: list[tuple[int, int]], start: int) -> None:
    """Told one by one, the minutes covered without a hole end where `reach` says."""
    entries = [Entry(source=OAI, subject="cs", start=f"{at:03}", end=f"{at + long:03}") for at, long in spans]
    reached = start
    while any(at <= reached < at + long for at, long in spans):
        reached += 1
    assert reach(entries, f"{start:03}") == f"{reached:03}"


def test_a_subject_names_its_phrases() -> None:
    """A sign that would part them cannot come from inside one."""
    assert subject_of([Phrase("a | b"), Phrase("c")]) == "a b | c"


def a_list(**others: object) -> Entry:
    """Return a list that was read to its end."""
    done = Entry(
        source=OAI,
        subject="cs",
        start="2005-09-16",
        end="2019-02-01",
        phrases=("language model",),
        status=Status.COMPLETE,
        received=1_000_000,
        answered="2019-02-01T00:00:00Z",
    )
    return replace(done, **others)  # type: ignore[arg-type]  # what a test wants otherwise


LISTS = {
    "never read": ((), [("2005-09-16", None)]),
    "read": ((a_list(),), [("2019-01-30", None)]),
    "read within a day": ((a_list(answered="2019-03-10T01:00:00Z", end="2019-03-10"),), []),
    "stopped in the middle": ((a_list(status=Status.OPEN, resume="token"),), [("2005-09-16", "token")]),
    "read for another phrase": ((a_list(phrases=("toy",)),), [("2005-09-16", None)]),
    "the increment stopped": (
        (a_list(), a_list(start="2019-01-30", end="2019-03-01", status=Status.GAP, resume="token")),
        [("2019-01-30", "token")],
    ),
}


@pytest.mark.parametrize(("entries", "expected"), LISTS.values(), ids=LISTS.keys())
def test_a_list_goes_on_where_the_ledger_has_it(
    entries: tuple[Entry, ...], expected: list[tuple[str, str | None]]
) -> None:
    """From the start, from the last success minus the overlap, from its token, or not at all."""
    plan = oai_plan(("cs",), (LM,), Span(), NOW, entries)
    assert [(each.entry.start, each.entry.resume) for each in plan.windows] == expected


@pytest.mark.parametrize("status", [Status.COMPLETE, Status.GAP])
def test_a_list_from_the_same_day_ends_today(status: Status) -> None:
    """An empty list, or one that failed, stands on the ledger with its own end; asked again it runs up to now."""
    empty = a_list(start="2019-01-30", end="2019-01-30", received=0, status=status, answered=None)
    (only,) = oai_plan(("cs",), (LM,), Span(), NOW, (a_list(), empty)).windows
    assert only.entry.window == ("2019-01-30", NOW.date().isoformat())


def test_a_list_within_months_has_an_end() -> None:
    """`--since` and `--until` are days of change; what is covered is not asked again."""
    span = Span(Month(2018, 1), Month(2018, 3))
    (only,) = oai_plan(("cs",), (LM,), span, NOW, ()).windows
    assert only.entry.window == ("2018-01-01", "2018-03-31")
    assert oai_plan(("cs",), (LM,), span, NOW, (a_list(),)).windows == ()
