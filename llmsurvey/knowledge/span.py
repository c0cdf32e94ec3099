"""A date as exactly as it is known: a day, a month, a year, or a run of months such as `2021-01/04`."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from llmsurvey.errors import BadUsage
from llmsurvey.month import Month

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})|/(\d{2}))?)?")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
"""A year outside is a slip: 2032 for 2023 is rather caught by the reader, 2203 for 2023 here."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The days between which a fact lies, both included."""

    first: date
    last: date

    @staticmethod
    def parse(text: str) -> "Span":
        """Read `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `YYYY-MM/MM`; an impossible date is a `BadUsage`."""
        return _parse(text)

    @property
    def month(self) -> Month | None:
        """The month, where it is known."""
        first, last = Month.of(self.first), Month.of(self.last)
        return first if first == last else None

    def within(self, other: "Span") -> bool:
        """Tell whether all of this lies in the other one."""
        return other.first <= self.first and self.last <= other.last


@lru_cache(maxsize=8192)
def _parse(text: str) -> Span:
    shape = _SHAPE.fullmatch(text) if text.isascii() else None
    if shape and _FIRST_YEAR <= int(shape[1]) <= _LAST_YEAR:
        year, month, day, until = (int(part) if part else None for part in shape.groups())
        try:
            span = _span(year or 0, month, day, until)
        except (BadUsage, ValueError):
            span = None
        if span and span.first <= span.last:
            return span
    raise BadUsage(f"{text!r} is not a possible date", hint="write YYYY, YYYY-MM or YYYY-MM-DD, such as 2023-02-24")


def _span(year: int, month: int | None, day: int | None, until: int | None) -> Span:
    if month is None:
        return Span(date(year, 1, 1), date(year, 12, 31))
    if day is not None:
        return Span(date(year, month, day), date(year, month, day))
    return Span(Month(year, month).first_day, Month(year, until or month).last_day)
