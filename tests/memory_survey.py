"""A survey held in memory, made of invented monthly counts: what the pictures and reports are tested with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from llmsurvey.knowledge.catalogue import Knowledge, load
from llmsurvey.month import Month
from llmsurvey.phrase import Phrase
from llmsurvey.survey import (
    Change,
    Coverage,
    Hole,
    Milestone,
    Point,
    Provenance,
    PublishedMean,
    PublishedPoint,
    Question,
    Reading,
    Series,
    TrackedPhrase,
)


@dataclass(frozen=True)
class MemorySurvey:
    """Answers like the store does: nothing after `as_of` exists, a month without a paper is a point with count 0."""

    as_of: date
    phrases: tuple[TrackedPhrase, ...] = ()
    counts: Mapping[str, Mapping[Month, int]] = field(default_factory=dict)
    """Papers of a phrase by month; no month, no paper."""
    totals: Mapping[Month, int] = field(default_factory=dict)
    coverage: Mapping[Month, Coverage] = field(default_factory=dict)
    """`NONE` where a month is not named."""
    complete: frozenset[Month] = frozenset()
    models: tuple[Milestone, ...] = ()
    curve: tuple[PublishedPoint, ...] = ()
    means: tuple[PublishedMean, ...] = ()
    read: tuple[Reading, ...] = ()
    missing: tuple[Hole, ...] = ()
    changed: tuple[Change, ...] = ()
    categories: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    within: str | None = None
    known: Knowledge | None = None
    """The curated facts; None: the package's own."""

    @cached_property
    def knowledge(self) -> Knowledge:
        """Return the curated facts as given."""
        return self.known or load()

    def tracked(self) -> tuple[TrackedPhrase, ...]:
        """Return the phrases as given."""
        return self.phrases

    def said_by_arxiv(self, question: Question) -> Series | None:
        """Return nothing: arXiv was not asked."""
        del question
        return None

    def series(self, question: Question) -> Series:
        """Count by month from the invented counts."""
        counts = self.counts.get(question.phrase.text, {})
        since = question.since or self._since(question.phrase) or min(counts, default=Month.of(self.as_of))
        until = min(question.until or Month.of(self.as_of), Month.of(self.as_of))
        points: list[Point] = []
        for month in since.through(until):
            count = counts.get(month, 0)
            points.append(
                Point(
                    month=month,
                    count=count,
                    cumulative=(points[-1].cumulative if points else 0) + count,
                    total=self.totals.get(month),
                    complete=month in self.complete and month.settled_by(self.as_of),
                    coverage=self.coverage.get(month, Coverage.NONE),
                )
            )
        return Series(question, self.as_of, tuple(points), self.within)

    def _since(self, phrase: Phrase) -> Month | None:
        return next((tracked.since for tracked in self.phrases if tracked.phrase == phrase), None)

    def by_category(self, question: Question) -> tuple[tuple[str, int], ...]:
        """Return the categories as given."""
        return self.categories.get(question.phrase.text, ())

    def milestones(self, phrase: str) -> tuple[Milestone, ...]:
        """Return the models of a phrase up to the survey's month."""
        known = [model for model in self.models if model.phrase == phrase and model.month <= Month.of(self.as_of)]
        return tuple(sorted(known, key=lambda model: model.month))

    def published(self, phrase: str) -> tuple[PublishedPoint, ...]:
        """Return the published curve of a phrase up to the survey's date."""
        return tuple(point for point in self.curve if point.phrase == phrase and point.month.last_day <= self.as_of)

    def published_means(self) -> tuple[PublishedMean, ...]:
        """Return the means as given."""
        return self.means

    def readings(self) -> tuple[Reading, ...]:
        """Return the readings as given."""
        return self.read

    def holes(self) -> tuple[Hole, ...]:
        """Return the holes as given."""
        return self.missing

    def changes(self, since: date) -> tuple[Change, ...]:
        """Return the changes after a date, by date and id."""
        later = [change for change in self.changed if since < change.day <= self.as_of]
        return tuple(sorted(later, key=lambda change: (change.day, change.arxiv_id)))

    def provenance(self) -> Provenance:
        """Return the provenance of invented numbers."""
        return Provenance(("stemmed",), self.sources, self.as_of, "0.1.0")
