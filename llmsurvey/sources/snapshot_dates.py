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
_CLOCK = re.compile(r" (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d GMT", re.ASCII)
_CLOCK_LENGTH = len(" 00:00:00 GMT")


def day(created: str) -> str:
    """Return the UTC day of `Mon, 2 Apr 2007 19:18:42 GMT` in ISO form; days repeat, so most come from a cache."""
    return (_is_clock(created[-_CLOCK_LENGTH:]) and _day_of(created[:-_CLOCK_LENGTH])) or _parsed(
        created
    ).date().isoformat()


@lru_cache(maxsize=24 * 60 * 60)
def _is_clock(text: str) -> bool:
    return _CLOCK.fullmatch(text) is not None


@lru_cache(maxsize=1 << 16)
def _day_of(text: str) -> str:
    """Return the ISO day of `Mon, 2 Apr 2007`; empty for what is not of this shape."""
    return _parsed(f"{text} 00:00:00 GMT").date().isoformat() if _DATE.fullmatch(text) else ""


def stamp(created: str) -> str:
    """Return the UTC time of a version as the store writes times: `2007-04-02T19:18:42Z`."""
    if _is_clock(created[-_CLOCK_LENGTH:]) and (date_of_it := _day_of(created[:-_CLOCK_LENGTH])):
        return f"{date_of_it}T{created[1 - _CLOCK_LENGTH : -4]}Z"  # nearly always, at a tenth of the time
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
