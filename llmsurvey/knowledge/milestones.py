"""The models that are marked on the curves of papers over time."""

from collections.abc import Iterable
from functools import cache

import msgspec

from llmsurvey.knowledge.fact import Fact
from llmsurvey.knowledge.packaged import packaged
from llmsurvey.month import Month
from llmsurvey.paper import folded
from llmsurvey.survey import Milestone


class Mark(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A model marked on the curves of some phrases."""

    model: str
    """As the mark is labelled; need not be in the catalogue."""
    month: str
    """`YYYY-MM`."""
    phrases: tuple[str, ...]


class _Marks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    milestone: tuple[Mark, ...]


def milestones(phrase: str | None = None) -> tuple[Milestone, ...]:
    """Return the published survey's marks on a phrase's curve, oldest first; those of all curves without a phrase.

    This reads one small file; `Knowledge.milestones` has the marks of the user's own files as well.
    """
    return on_curve(_packaged(), phrase)


def on_curve(marks: Iterable[Mark], phrase: str | None = None) -> tuple[Milestone, ...]:
    """Return the marks on one phrase's curve, or on all, oldest first."""
    wanted = None if phrase is None else folded(phrase).casefold()
    found = (
        Milestone(each, mark.model, Month.parse(mark.month), mark.source_of("month"))
        for mark in marks
        for each in mark.phrases
        if wanted in {None, folded(each).casefold()}
    )
    return tuple(sorted(found, key=lambda mark: (mark.month, mark.phrase, mark.model)))


@cache
def _packaged() -> tuple[Mark, ...]:
    return packaged("milestones", _Marks).milestone
