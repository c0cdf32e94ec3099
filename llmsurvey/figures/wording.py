"""How months, numbers and windows are written on pictures and in reports."""

from collections.abc import Iterable, Sequence

from llmsurvey.month import Month
from llmsurvey.survey import Provenance
from llmsurvey.trends.growth import DailyMean

SHOWN_SPANS = 4
SHOWN_SOURCES = 3


def spans(months: Iterable[Month], shown: int = SHOWN_SPANS) -> str:
    """Write months as runs: `2018-06 to 2018-09, 2019-01 and 3 more`. Empty for no month."""
    runs: list[list[Month]] = []
    for month in sorted(set(months)):
        if runs and month - runs[-1][-1] == 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    written = [str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    return listed(written, shown)


def listed(names: Sequence[str], shown: int, between: str = ", ") -> str:
    """Join names, by commas unless told; what goes beyond `shown` is counted, not written."""
    text = between.join(names[:shown])
    return f"{text} and {len(names) - shown} more" if len(names) > shown else text


def counted(number: int, noun: str) -> str:
    """Write a number with its noun: `1 paper`, `1,024 papers`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def more(number: int) -> str:
    """Begin a sentence about what is not shown: `1 more is`, `1,024 more are`."""
    return f"{number:,} more {'is' if number == 1 else 'are'}"


def mean(side: DailyMean | None) -> str:
    """Write a mean papers a day with two decimals; `none` without a complete month."""
    return "none" if side is None or side.papers_a_day is None else f"{side.papers_a_day:,.2f}"


def window(side: DailyMean | None) -> str:
    """Write the window of a mean: first and last day, days, papers, months left out."""
    if side is None:
        return "no month on this side"
    if not side.days:
        return f"no complete month from {side.first} to {side.last}"
    text = f"{side.first} to {side.last}, {counted(side.days, 'day')}, {counted(side.papers, 'paper')}"
    text += ", partial: of what was read" if side.partial else ""
    inside = [month for month in side.left_out if side.first <= month.first_day <= side.last]
    outside = [month for month in side.left_out if month not in inside]
    text += f"; without {spans(inside)}, incomplete" if inside else ""
    return text + (f"; not yet complete: {spans(outside)}" if outside else "")


def provenance_line(provenance: Provenance, rule: str, shown: int = SHOWN_SOURCES) -> str:
    """Write how the numbers were made: rule, sources, date of the data, program version.

    Semicolons stand between sources, as titles of works have commas of their own.
    """
    sources = listed(provenance.sources, shown, "; ") if provenance.sources else "no papers read yet"
    return f"Rule: {rule}. Source: {sources}. Data as of {provenance.data_as_of}. llmsurvey {provenance.version}."
