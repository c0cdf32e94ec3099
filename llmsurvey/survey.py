"""The waist of the program: the questions one may ask of a living survey as of a date. No I/O.

The store answers them over SQL, tests answer them from memory; trends, lineage, figures and the report know only
this module.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from llmsurvey.month import Month
from llmsurvey.phrase import Phrase, Rule


class Coverage(StrEnum):
    """How much of a month's arXiv the store knows."""

    COMPLETE = "complete"
    """All of it, read after the month had settled."""
    PARTIAL = "partial"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Question:
    """What to count: papers that match a phrase, by month of version 1."""

    phrase: Phrase
    rule: Rule = Rule.STEMMED
    since: Month | None = None
    """First month of the answer; None: the phrase's first tracked month, or else the first month with a paper."""
    until: Month | None = None
    """Last month of the answer; None: the month of the survey's date."""
    category: str | None = None
    """Primary category to stay within; None: all of arXiv."""
    with_withdrawn: bool = True


@dataclass(frozen=True, slots=True)
class Point:
    """One month of a series."""

    month: Month
    count: int
    """Papers of this month that match."""
    cumulative: int
    """Matching papers from the first month of the series to this one."""
    total: int | None
    """All papers known of this month (and primary category): the denominator; None where none is known."""
    complete: bool
    """Whether `count` is all there is: everything was read, after the month had settled."""
    coverage: Coverage
    """How far the denominator covers the month."""

    @property
    def share(self) -> float | None:
        """`count` over `total`; None without a denominator."""
        return self.count / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Series:
    """Monthly counts of one phrase, without a missing month between the first and the last."""

    question: Question
    as_of: date
    points: tuple[Point, ...]
    within: str | None = None
    """Which papers the count is confined to, in words, where the store does not hold all that were read."""


@dataclass(frozen=True, slots=True)
class TrackedPhrase:
    """A phrase the survey follows, from its first month on."""

    phrase: Phrase
    since: Month


@dataclass(frozen=True, slots=True)
class Milestone:
    """A model marked on the curve of a phrase."""

    phrase: str
    model: str
    month: Month
    source: str


@dataclass(frozen=True, slots=True)
class PublishedPoint:
    """One point of a curve as the published survey drew it: the cumulative count at the end of a month."""

    phrase: str
    month: Month
    cumulative: int
    source: str


@dataclass(frozen=True, slots=True)
class PublishedMean:
    """A mean number of papers a day that the published survey states."""

    phrase: str
    label: str
    """`before` or `after` the release of ChatGPT."""
    papers_a_day: float
    source: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing the store has read: a snapshot file, a harvested window. A line of the ledger, for readers."""

    source: str
    """`snapshot`, `api` or `oai`."""
    name: str
    """The file, or the window."""
    status: str
    """`complete`, `incomplete` …: the ledger's own word."""
    data_date: date | None
    """Latest date found in the data itself."""
    first_month: Month | None
    last_month: Month | None
    records: int
    matched: int
    rejected: int
    keep: str
    """`matched` or `all`: which records were stored with their text."""

    def spans(self, month: Month) -> bool:
        """Tell whether a month lies between the first and the last that was read of."""
        return (
            self.first_month is not None
            and self.last_month is not None
            and self.first_month <= month <= self.last_month
        )


@dataclass(frozen=True, slots=True)
class Hole:
    """Something that is missing, and why. The row behind `gaps`."""

    source: str
    phrase: str | None
    window: tuple[Month, Month] | None
    status: str
    expected: int | None
    received: int | None
    reason: str
    """In words, with the command that fills it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A dated change of one stored paper."""

    arxiv_id: str
    title: str
    kind: str
    """`new`, `title`, `abstract` or `withdrawn`."""
    day: date
    """Date of the version that made the change, as the source states it."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a number was made; stands on every figure and in every report."""

    rules: tuple[str, ...]
    sources: tuple[str, ...]
    """What was read, in words, with its coverage; empty where the store is."""
    as_of: date
    version: str
    """Program version."""
    data_date: date | None = None
    """Latest date in the data that was read; None where there are none, or the facts are not of the store."""

    @property
    def data_as_of(self) -> date:
        """The date up to which the data reach: asked for a later one, the answer is no newer than they are."""
        return min(self.as_of, self.data_date or self.as_of)


class Survey(Protocol):
    """A living survey as of one date."""

    @property
    def as_of(self) -> date:
        """The date the answers belong to: papers submitted later do not exist."""

    def tracked(self) -> tuple[TrackedPhrase, ...]:
        """Return the phrases this survey follows, in the order of the configuration."""

    def series(self, question: Question) -> Series:
        """Count papers by month; a month without a paper is a point with count 0."""

    def said_by_arxiv(self, question: Question) -> Series | None:
        """Return arXiv's own counts of a phrase, which are never mixed with those of stored papers.

        None where arXiv was not asked, or the question is another one than its search can answer.
        """

    def by_category(self, question: Question) -> tuple[tuple[str, int], ...]:
        """Count matching papers by primary category, the largest first."""

    def milestones(self, phrase: str) -> tuple[Milestone, ...]:
        """Return the models marked on a phrase's curve, oldest first."""

    def published(self, phrase: str) -> tuple[PublishedPoint, ...]:
        """Return the published survey's curve of a phrase, oldest first; empty where it has none."""

    def published_means(self) -> tuple[PublishedMean, ...]:
        """Return the means a day that the published survey states."""

    def readings(self) -> tuple[Reading, ...]:
        """Return what the store has read, oldest first."""

    def holes(self) -> tuple[Hole, ...]:
        """Return what is known to be missing."""

    def changes(self, since: date) -> tuple[Change, ...]:
        """Return what changed in the stored papers after a date, by date and id."""

    def provenance(self) -> Provenance:
        """Return how the answers were made."""
