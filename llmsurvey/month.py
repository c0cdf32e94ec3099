"""The month: the unit of time in which papers are counted. No I/O."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from llmsurvey.errors import BadUsage

SETTLING_DAYS = 3
"""Days after a month's end until late announcements are in; a month fetched earlier is not complete."""

_MONTHS_A_YEAR = 12
_SHAPE = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month in UTC. A paper's month is the month of its version 1."""

    year: int
    month: int
    """1 to 12."""

    def __post_init__(self) -> None:
        if not (1 <= self.year <= date.max.year and 1 <= self.month <= _MONTHS_A_YEAR):
            raise BadUsage(f"{self.year}-{self.month} is not a month", hint="write YYYY-MM, such as 2018-06")

    @staticmethod
    def parse(text: str) -> "Month":
        """Read `YYYY-MM`; anything else is a `BadUsage`."""
        return _parse(text)

    @staticmethod
    def of(moment: date) -> "Month":
        """Return the month that holds a date, or a time (which must know its zone) in UTC."""
        if isinstance(moment, datetime):
            if moment.tzinfo is None:
                raise ValueError(f"{moment} knows no time zone: its month in UTC cannot be told")
            moment = moment.astimezone(UTC)
        return Month(moment.year, moment.month)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    def __add__(self, months: int) -> "Month":
        years, month = divmod(self.year * _MONTHS_A_YEAR + self.month - 1 + months, _MONTHS_A_YEAR)
        return Month(years, month + 1)

    def __sub__(self, other: "Month") -> int:
        """Count the months from `other` to this one."""
        return (self.year - other.year) * _MONTHS_A_YEAR + self.month - other.month

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return _last_day(self.year, self.month)

    def through(self, last: "Month") -> Iterator["Month"]:
        """Yield every month from this one to `last`, both included; nothing where `last` lies before."""
        for step in range(last - self + 1):
            yield self + step

    def settled_by(self, day: date) -> bool:
        """Tell whether the month had ended by at least `SETTLING_DAYS` on `day`."""
        return (day - self.last_day).days >= SETTLING_DAYS


@lru_cache(maxsize=4096)
def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


@lru_cache(maxsize=4096)
def _parse(text: str) -> Month:
    shape = _SHAPE.fullmatch(text)
    if not shape or not text.isascii():
        raise BadUsage(f"{text!r} is not a month", hint="write YYYY-MM, such as 2018-06")
    return Month(int(shape[1]), int(shape[2]))


def parse_day(text: str) -> date:
    """Read `YYYY-MM-DD`, or `YYYY-MM` as the last day of that month; anything else is a `BadUsage`."""
    if _SHAPE.fullmatch(text) and text.isascii():
        return Month.parse(text).last_day
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadUsage(f"{text!r} is not a date", hint="write YYYY-MM-DD or YYYY-MM, such as 2023-06-30") from None
