"""The dates of the public snapshot: those of versions (RFC 2822) and that of the record's last edit. Pure.

Days and clock times repeat, so that nearly all of them come from a cache.
"""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

from llmsurvey.sources.reject import Rejected

OLDEST_YEAR = 1986
"""Some papers of arXiv's first archives carry dates from before arXiv (1991)."""

_NO_YEAR = re.compile(r"\s0\d{3}\s", re.ASCII)
"""A year such as 0000, which the standard library takes for one of two digits: 2000."""
_DATE = re.compile(r"\s*[A-Z][a-z]{2}, *\d{1,2} [A-Z][a-z]{2} \d{4}", re.ASCII)
MINUTES = frozenset(f" {hour:02}:{minute:02}" for hour in range(24) for minute in range(60))
SECONDS = frozenset(f":{second:02} GMT" for second in range(60))
LONGEST_DAY = 30
"""Signs of a day that is worth a place in memory; blanks may make it as long as one likes."""
DAY, MINUTE, SECOND, _TIME = slice(-13), slice(-13, -7), slice(-7, None), slice(-12, -4)
"""Where `Mon, 2 Apr 2007` and ` 19:18` and `:42 GMT` stand in a date, and `19:18:42`. With a minute of `MINUTES` and
a second of `SECONDS` behind it, the day is that of `day_and_month_of`."""


def day(created: str) -> str:
    """Return the UTC day of `Mon, 2 Apr 2007 19:18:42 GMT` in ISO form."""
    return day_and_month(created)[0]


def day_and_month(created: str) -> tuple[str, str]:
    """Return the UTC day, and the UTC month; days repeat, so most come from a cache."""
    if created[MINUTE] in MINUTES and created[SECOND] in SECONDS and len(created[DAY]) <= LONGEST_DAY:
        return day_and_month_of(created[DAY]) or _both(_parsed(created))
    return _both(_parsed(created))


@lru_cache(maxsize=1 << 16)
def day_and_month_of(text: str) -> tuple[str, str] | None:
    """Return day and month of `Mon, 2 Apr 2007`; None for what is not of this shape, `Rejected` for no such day."""
    return _both(_parsed(f"{text} 00:00:00 GMT")) if _DATE.fullmatch(text) else None


def _both(moment: datetime) -> tuple[str, str]:
    day_of_it = moment.date().isoformat()
    return day_of_it, day_of_it[:7]


def stamp(created: str) -> str:
    """Return the UTC time of a version as the store writes times: `2007-04-02T19:18:42Z`."""
    known = created[MINUTE] in MINUTES and created[SECOND] in SECONDS
    if known and (both := day_and_month_of(created[DAY])):
        return f"{both[0]}T{created[_TIME]}Z"  # nearly always, at a tenth of the time
    return f"{_parsed(created).isoformat()[:19]}Z"


def _parsed(created: str) -> datetime:
    try:
        moment = parsedate_to_datetime(created)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise Rejected(f"an impossible date: {created[:40]}") from error
    if moment.year < OLDEST_YEAR or _NO_YEAR.search(created):
        raise Rejected(f"an impossible date: {created[:40]}")
    return moment


@lru_cache(maxsize=1 << 14)
def update_day(text: str | None) -> str:
    """Return the day of the last edit as it is written; empty where the record names none."""
    if text is None:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise Rejected(f"an impossible date: {text[:40]}") from error
