"""Stretches of time: the groups of the timeline, as the published figure cuts them, and half-years after it."""

from collections.abc import Iterable
from datetime import date

from llmsurvey.knowledge.model import Model
from llmsurvey.knowledge.span import Span
from llmsurvey.month import Month

_HALF = 6
"""Months of a half-year."""


def published_stretches(models: Iterable[Model]) -> tuple[Span, ...]:
    """Return the stretches that the published timeline has, the earliest first."""
    buckets = {model.published.bucket for model in models if model.published and model.published.bucket}
    return tuple(sorted(Span.parse(bucket) for bucket in buckets))


def stretch_of(day: date, published: Iterable[Span]) -> Span:
    """Return the stretch of a day: a published one; before these its year, in gaps and after them its half-year."""
    stretches = tuple(published)
    found = next((span for span in stretches if span.first <= day <= span.last), None)
    if found:
        return found
    if not stretches or day < stretches[0].first:
        return Span(date(day.year, 1, 1), date(day.year, 12, 31))
    first = 1 if day.month <= _HALF else _HALF + 1
    return Span(Month(day.year, first).first_day, Month(day.year, first + _HALF - 1).last_day)


def in_words(stretch: Span) -> str:
    """Write a stretch: `2019`, `2021 Jan–Apr`."""
    first, last = Month.of(stretch.first), Month.of(stretch.last)
    if (first.month, last.month) == (1, 12):
        return str(first.year)
    if first == last:
        return f"{first.year} {_NAMES[first.month - 1]}"
    return f"{first.year} {_NAMES[first.month - 1]}–{_NAMES[last.month - 1]}"


def written(stretch: Span) -> str:
    """Write a stretch as data: `2019`, `2021-01/04`; what `Span.parse` reads."""
    first, last = Month.of(stretch.first), Month.of(stretch.last)
    return str(first.year) if (first.month, last.month) == (1, 12) else f"{first}/{last.month:02}"


_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
