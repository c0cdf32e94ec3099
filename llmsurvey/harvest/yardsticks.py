"""Whether the store agrees with what others counted: the published survey, and an independent list."""

from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from llmsurvey.harvest.evidence import Evidence, Finding
from llmsurvey.knowledge import published
from llmsurvey.month import Month

REVISED: Final = 0.05
"""Part by which a cumulative count may have moved since the survey was published: titles and abstracts are revised."""


def published_survey(evidence: Evidence) -> Iterator[Finding]:
    """Hold our cumulative counts against the published curve's points, where every month up to a point is known."""
    name = "the published survey"
    for phrase, points in evidence.points.items():
        curve, error = published.published_curve(phrase), published.reading_error(phrase) or 0
        since = published.published_since(phrase)
        if not curve or since is None:
            continue
        tolerance = f"{error} papers of reading the figure, and {REVISED:.0%} of revisions since"
        months = list(since.through(curve[-1].month))
        if not all(month in points and points[month].complete for month in months):
            known = sum(month in points and points[month].complete for month in months)
            yield _cannot(name, f'"{phrase}"', curve[-1].cumulative, tolerance, f"{known} of {len(months)}")
            continue
        ours = dict(zip(months, accumulate(points[month].count for month in months), strict=True))
        worst = max(
            curve, key=lambda point: abs(ours[point.month] - point.cumulative) / _allowed(point.cumulative, error)
        )
        right = all(abs(ours[each.month] - each.cumulative) <= _allowed(each.cumulative, error) for each in curve)
        meaning = f"of {len(curve)} points of the curve this one fits worst"
        yield Finding(
            name,
            f'"{phrase}" up to {worst.month}',
            worst.cumulative,
            ours[worst.month],
            tolerance,
            consistent=right,
            meaning=meaning,
        )


def _allowed(cumulative: int, error: int) -> float:
    return error + REVISED * cumulative


def _cannot(name: str, subject: str, expected: int, tolerance: str, known: str) -> Finding:
    meaning = f"only {known} months are complete: `llmsurvey gaps` tells which are not"
    return Finding(name, subject, expected, None, tolerance, consistent=None, meaning=meaning)


def yardstick(evidence: Evidence) -> Iterator[Finding]:
    """Hold our counts against an independent tracker's list, over all its months together."""
    listing = published.yardstick()
    points = evidence.points.get(listing.phrase)
    if points is None:
        return
    months = [Month.parse(month) for month in listing.points]
    listed = sum(listing.points.values())
    tolerance = f"{listing.error:.0%} over all months"
    name, subject = "an independent list", f'"{listing.phrase}", {min(months)} to {max(months)}'
    known = sum(month in points and points[month].complete for month in months)
    if known < len(months):
        yield _cannot(name, subject, listed, tolerance, f"{known} of {len(months)}")
        return
    ours = sum(points[month].count for month in months)
    right = abs(ours - listed) <= listing.error * listed
    yield Finding(name, subject, listed, ours, tolerance, consistent=right, meaning=listing.source)
