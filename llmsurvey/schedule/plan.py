"""What is to be done without anybody there, and when: the monthly and the weekly plan. No I/O.

The hours keep away from arXiv's announcement, 20:00 to 00:30 in US Eastern time, when its services are busy. That is
01:00 to 05:30 UTC in winter and 00:00 to 04:30 UTC in summer: every plan starts between 07:00 and 19:00 UTC, so that
both are cleared all year and a run has hours before the next one.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

DAY = 24 * 60
"""Minutes."""
FIRST_DAYS = (4, 5, 6)
"""Days of the month for the monthly plan: arXiv's month has settled on the third day after its end."""
WEEKDAYS = (1, 2, 3, 4, 5, 6, 7)
"""Monday is 1."""
_CROWDED = 5
"""Minutes that this divides are when everybody's jobs start."""
SPREAD_MINUTES = 15
"""How much later than stated a timer may start a run."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One thing that is done again and again."""

    name: str
    command: str
    """The command of this program, such as `survey`."""
    meaning: str
    earliest: int
    """First minute of the day in UTC at which it may start."""
    latest: int
    """The minute behind the last one."""
    days: tuple[int, ...] | None = None
    """Days of the month to choose from; None: it is done once a week."""


PLANS = (
    Plan("monthly", "survey", "harvest what is missing, count, draw, write the report", 13 * 60, 19 * 60, FIRST_DAYS),
    Plan("weekly", "harvest", "fetch what is new, changed or still missing", 7 * 60, 11 * 60),
)
"""Two hours at least lie between the two on a day they share, so that neither finds the store locked."""


@dataclass(frozen=True, slots=True)
class Timing:
    """When a plan starts, in one time zone; either `day` or `weekday` is set."""

    minute: int
    hour: int
    day: int | None = None
    """Day of the month."""
    weekday: int | None = None
    """1 is Monday, 7 is Sunday."""


def timing(plan: Plan, key: str, offsets: Iterable[timedelta] = (timedelta(0),)) -> Timing:
    """Choose a plan's time: the same for the same `key`, spread evenly over different ones.

    `key` names the machine and the survey. `offsets` are the distances from UTC that the clock shows in the course of
    a year; the time lies within the plan's hours at each of them.
    """
    shifts = {round(offset.total_seconds() / 60) for offset in offsets}
    slots = [
        minute
        for minute in range(DAY)
        if minute % _CROWDED and all(plan.earliest <= (minute - shift) % DAY < plan.latest for shift in shifts)
    ]
    choice = int.from_bytes(hashlib.sha256(f"{plan.name}\n{key}".encode()).digest()[:8])
    choice, slot = divmod(choice, len(slots))
    hour, minute = divmod(slots[slot], 60)
    if plan.days:
        return Timing(minute, hour, day=plan.days[choice % len(plan.days)])
    return Timing(minute, hour, weekday=WEEKDAYS[choice % len(WEEKDAYS)])


def offsets_of(zone: tzinfo, year: int) -> frozenset[timedelta]:
    """Return the distances from UTC that a zone has in a year, noon by noon."""
    noon = datetime(year, 1, 1, 12, tzinfo=zone)
    found = ((noon + timedelta(days=day)).utcoffset() for day in range(366))
    return frozenset(offset or timedelta(0) for offset in found)
