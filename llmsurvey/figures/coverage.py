"""Coverage: how far each month of a series is known, and how a picture says so."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from llmsurvey.figures.wording import spans
from llmsurvey.month import Month
from llmsurvey.survey import Coverage, Point, Question, Series, Survey


class State(StrEnum):
    """What a picture must tell apart about a month's count."""

    COMPLETE = "complete"
    PARTLY_KNOWN = "complete, arXiv partly known"
    """Every matching paper was read, but only a part of all papers of the month: shares suffer, the count does not."""
    INCOMPLETE = "incomplete"
    """Not everything was read, or before the month had settled: the count can grow."""
    UNREAD = "unread"
    """Nothing was read; the count of 0 means nothing."""


def state_of(point: Point) -> State:
    """Return what a picture says about a month."""
    if point.complete:
        return State.PARTLY_KNOWN if point.coverage is Coverage.PARTIAL else State.COMPLETE
    nothing = point.coverage is Coverage.NONE and not point.count
    return State.UNREAD if nothing else State.INCOMPLETE


def shown_series(survey: Survey, question: Question) -> Series:
    """Return what a picture shows of a question: the stored papers, or else what arXiv says, where it was asked."""
    series = survey.series(question)
    return series if known_points(series) else survey.said_by_arxiv(question) or series


def known_points(series: Series) -> tuple[Point, ...]:
    """Return a series without the unread months at its two ends: what was never asked is not drawn as a standstill."""
    known = [i for i, point in enumerate(series.points) if state_of(point) is not State.UNREAD]
    return series.points[known[0] : known[-1] + 1] if known else ()


def coverage_notes(months: Sequence[tuple[str, State, Month]], looks: Mapping[State, str]) -> Iterable[str]:
    """Say in one sentence a state which months of which phrase are not simply complete, and how they look."""
    for state, meaning in looks.items():
        phrases = dict.fromkeys(phrase for phrase, found, _ in months if found is state)
        parts = [
            f"“{phrase}”: {spans(month for other, found, month in months if (other, found) == (phrase, state))}"
            for phrase in phrases
        ]
        if parts:
            yield f"{meaning} ({'; '.join(parts)})."
