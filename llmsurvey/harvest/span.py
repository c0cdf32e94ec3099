"""The months that a harvest is asked for, checked against the calendar and the tracked phrases. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from llmsurvey.errors import BadUsage
from llmsurvey.month import Month
from llmsurvey.survey import TrackedPhrase


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last month wished for; None: as the tracked phrases, and today, have it."""

    since: Month | None = None
    until: Month | None = None

    def checked(self, today: date) -> "Span":
        """Return the span; `BadUsage` where it lies in the future or ends before it begins."""
        for name, month in (("since", self.since), ("until", self.until)):
            if month and month > Month.of(today):
                raise BadUsage(
                    f"--{name} {month} lies in the future",
                    hint=f"this month is {Month.of(today)}, by the clock of this machine",
                )
        if self.since and self.until and self.until < self.since:
            raise BadUsage(
                f"--since {self.since} is after --until {self.until}", hint="put the earlier month behind --since"
            )
        return self

    def months(self, tracked: Sequence[TrackedPhrase], today: date) -> tuple[Month, ...]:
        """Return the months in which any phrase is tracked; `BadUsage` where the span ends before the first one."""
        if not tracked:
            return ()
        first = min(each.since for each in tracked)
        if self.until and self.until < first:
            raise BadUsage(
                f"no phrase is tracked as early as {self.until}: the first month is {first}",
                hint="set an earlier month behind `since` in llmsurvey.toml, or ask for a later one",
            )
        return tuple(max(first, self.since or first).through(self.until or Month.of(today)))


def recent(today: date) -> Month:
    """Return the first of the months that are asked again, for papers announced late: the last two that have settled.

    Every month from it on is asked again as well: those that have not settled yet, and the running one.
    """
    month = Month.of(today)
    while not month.settled_by(today):
        month += -1
    return month + -1
