"""What the published survey says about the number of papers, and a second yardstick for a harvest."""

from datetime import date
from functools import cache

import msgspec

from llmsurvey.knowledge.packaged import packaged
from llmsurvey.month import Month
from llmsurvey.paper import folded
from llmsurvey.survey import PublishedMean, PublishedPoint


class Yardstick(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Papers an independent tracker lists by month, for comparison with a harvest."""

    phrase: str
    error: float
    """Relative: 0.1 means that the numbers are good to some 10%."""
    source: str
    points: dict[str, int]
    """Papers a month (not cumulative) by `YYYY-MM`."""

    def listed(self, month: Month) -> int | None:
        """Return the papers listed in a month; None where the tracker says nothing."""
        return self.points.get(str(month))


class _Curve(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    phrase: str
    since: str
    """First month counted, `YYYY-MM`."""
    error: int
    source: str
    points: dict[str, int]


class _Published(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    knowledge_date: date
    curve: tuple[_Curve, ...]
    mean: tuple[PublishedMean, ...]
    yardstick: Yardstick


def published_curve(phrase: str) -> tuple[PublishedPoint, ...]:
    """Return the curve the survey drew for a phrase, oldest first; empty where it drew none.

    Months whose reading is hidden by a label in the figure are left out.
    """
    curve = _curve(phrase)
    if curve is None:
        return ()
    return tuple(
        PublishedPoint(curve.phrase, Month.parse(month), count, curve.source)
        for month, count in sorted(curve.points.items())
    )


def published_since(phrase: str) -> Month | None:
    """Return the first month a published curve counts; None where there is no curve of this phrase."""
    curve = _curve(phrase)
    return Month.parse(curve.since) if curve else None


def reading_error(phrase: str) -> int | None:
    """Return how many papers a published curve may be misread by; None where there is no curve of this phrase."""
    curve = _curve(phrase)
    return curve.error if curve else None


def published_means() -> tuple[PublishedMean, ...]:
    """Return the mean numbers of papers a day that the survey states."""
    return _published().mean


def yardstick() -> Yardstick:
    """Return the independent tracker's monthly list of "large language model" papers."""
    return _published().yardstick


def knowledge_date() -> date:
    """Return the last day the curated facts speak of: the date of answers that rest on them alone."""
    return _published().knowledge_date


def _curve(phrase: str) -> _Curve | None:
    wanted = folded(phrase).casefold()
    return next((curve for curve in _published().curve if curve.phrase == wanted), None)


@cache
def _published() -> _Published:
    return packaged("published", _Published)
