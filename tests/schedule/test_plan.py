"""Plans start at a time of their own that suits arXiv, wherever the machine is."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.month import Month
from llmsurvey.schedule.plan import FIRST_DAYS, PLANS, SPREAD_MINUTES, Plan, offsets_of, timing

every_plan = pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)
ZONES = ("UTC", "America/New_York", "Europe/Berlin", "Asia/Shanghai", "Australia/Lord_Howe", "Pacific/Kiritimati")


def zone_named(name: str) -> ZoneInfo:
    """Return a zone, where this machine knows it."""
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        pytest.skip("this machine has no time zone data")


@every_plan
@pytest.mark.parametrize("name", ZONES)
def test_no_plan_starts_while_arxiv_announces(plan: Plan, name: str) -> None:
    """On every day of the year a run starts after 00:30 and has two hours before 20:00, US Eastern time."""
    zone, eastern = zone_named(name), zone_named("America/New_York")
    for key in range(20):
        when = timing(plan, str(key), offsets_of(zone, 2026))
        for day in range(0, 365, 3):
            start = datetime(2026, 1, 1, when.hour, when.minute, tzinfo=zone) + timedelta(days=day)
            there = start.astimezone(UTC).astimezone(eastern)
            late = there + timedelta(minutes=SPREAD_MINUTES)
            assert (there.hour, there.minute) > (0, 30)
            assert late.hour < 18


@given(key=st.text(), minutes=st.integers(-12 * 60, 14 * 60))
def test_a_time_is_stable(key: str, minutes: int) -> None:
    """The same machine and folder always get the same time."""
    offset = [timedelta(minutes=minutes)]
    for plan in PLANS:
        assert timing(plan, key, offset) == timing(plan, key, offset)


@every_plan
def test_times_are_spread(plan: Plan) -> None:
    """Different machines start at different times, seldom at a full hour."""
    times = {timing(plan, str(key)) for key in range(200)}
    assert len(times) > 150
    assert not any(when.minute % 5 == 0 for when in times)


def test_a_month_has_settled_when_its_plan_starts() -> None:
    """The monthly plan runs when the month before has settled, on any clock of the world."""
    monthly = PLANS[0]
    for key in range(100):
        when = timing(monthly, str(key), [timedelta(hours=14)])
        assert when.day in FIRST_DAYS
        start = datetime(2026, 3, when.day or 0, when.hour, when.minute, tzinfo=UTC) - timedelta(hours=14)
        assert Month(2026, 2).settled_by(start.date())


def test_two_plans_of_a_day_do_not_meet() -> None:
    """On a day that both share, two hours lie between their starts."""
    monthly, weekly = PLANS
    assert monthly.earliest - weekly.latest >= 120
