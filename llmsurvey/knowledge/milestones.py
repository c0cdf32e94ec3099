"""The models that the published survey marks on its curves."""

from functools import cache

import msgspec

from llmsurvey.knowledge.packaged import packaged
from llmsurvey.month import Month
from llmsurvey.paper import folded
from llmsurvey.survey import Milestone


class _Mark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    model: str
    month: str
    """`YYYY-MM`."""
    phrases: tuple[str, ...]
    source: str


class _Marks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    milestone: tuple[_Mark, ...]


def milestones(phrase: str | None = None) -> tuple[Milestone, ...]:
    """Return the models marked on a phrase's curve, oldest first; those of all curves without a phrase."""
    wanted = None if phrase is None else folded(phrase).casefold()
    return tuple(mark for mark in _milestones() if wanted in {None, mark.phrase})


@cache
def _milestones() -> tuple[Milestone, ...]:
    marks = (
        Milestone(phrase, mark.model, Month.parse(mark.month), mark.source)
        for mark in packaged("milestones", _Marks).milestone
        for phrase in mark.phrases
    )
    return tuple(sorted(marks, key=lambda mark: (mark.month, mark.phrase, mark.model)))
