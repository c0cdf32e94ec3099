"""Growth: the mean number of papers a day before and after an event. Pure; it neither draws nor counts papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from llmsurvey.month import Month
from llmsurvey.survey import Coverage, Point, Question, Series


@dataclass(frozen=True, slots=True)
class Event:
    """A day that divides time in two."""

    name: str
    """Also the name of the milestone that marks it on a curve."""
    day: date
    source: str


CHATGPT = Event("ChatGPT", date(2022, 11, 30), "OpenAI, Introducing ChatGPT, 2022-11-30")
"""The release by which the published survey divides its count (arXiv:2303.18223, section 1)."""


@dataclass(frozen=True, slots=True)
class DailyMean:
    """Papers a day over the complete months of one side of an event.

    Where no month of the side is complete, the months that were read in part stand in, and `partial` says so.
    """

    first: date
    """First day that is counted; of the whole side where no month of it is complete."""
    last: date
    """Last day that is counted, likewise."""
    days: int
    """Days of the complete months between `first` and `last`: the n of the mean; 0 where none is complete."""
    papers: int
    """Matching papers of those months."""
    left_out: tuple[Month, ...]
    """Months of this side that are not complete and so count neither for `days` nor for `papers`."""
    partial: bool = False
    """Whether the counted months are known only in part, so that the mean is of what was read and not of arXiv."""

    @property
    def papers_a_day(self) -> float | None:
        """`papers` over `days`; None where no month was counted."""
        return self.papers / self.days if self.days else None


@dataclass(frozen=True, slots=True)
class Growth:
    """How many papers a day there were before and after an event.

    It carries no interval: every paper of the windows is counted, nothing is drawn from a larger whole.
    """

    event: Event
    question: Question
    """Phrase and rule that were counted."""
    before: DailyMean | None
    """None where the series has no month on this side."""
    after: DailyMean | None
    within: str | None
    """Which papers the count is confined to, where it is."""

    @property
    def n(self) -> int:
        """Papers counted on both sides."""
        return sum(side.papers for side in (self.before, self.after) if side)


@dataclass(frozen=True, slots=True)
class PapersADay:
    """The mean papers a day before and after an event, by whole months.

    A month belongs to `before` where it ends no later than the event's day, and to `after` where it begins later;
    a month that the event divides belongs to neither, as monthly counts cannot be divided. ChatGPT came on the last
    day of 2022-11, so that no month is lost: `before` ends with 2022-11-30, `after` begins with 2022-12-01.
    """

    event: Event = CHATGPT

    def __call__(self, series: Series) -> Growth:
        """Return both means of a series, with the windows they rest on."""
        before = [point for point in series.points if point.month.last_day <= self.event.day]
        after = [point for point in series.points if point.month.first_day > self.event.day]
        sides = [_mean(side, series.as_of) for side in (before, after)]
        return Growth(self.event, series.question, sides[0], sides[1], series.within)


def _mean(side: Sequence[Point], as_of: date) -> DailyMean | None:
    if not side:
        return None
    complete = [point for point in side if point.complete]
    counted = complete or [point for point in side if _read_in_part(point, as_of)]
    span = counted or side
    return DailyMean(
        first=span[0].month.first_day,
        last=span[-1].month.last_day,
        days=sum((point.month.last_day - point.month.first_day).days + 1 for point in counted),
        papers=sum(point.count for point in counted),
        left_out=tuple(point.month for point in side if point not in counted),
        partial=bool(counted) and not complete,
    )


def _read_in_part(point: Point, as_of: date) -> bool:
    return point.coverage is not Coverage.NONE and point.month.last_day <= as_of
