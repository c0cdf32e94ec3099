"""The survey answered from the store: the waist's questions, put as SQL."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from sqlalchemy import func, select

from llmsurvey import __version__
from llmsurvey.knowledge import published
from llmsurvey.knowledge.catalogue import Knowledge, load
from llmsurvey.month import Month
from llmsurvey.phrase import Rule, matches
from llmsurvey.store import coverage, holes, snapshots
from llmsurvey.store.counts import By, tally
from llmsurvey.store.database import Database
from llmsurvey.store.tables import changes, papers
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
class StoredSurvey:
    """A living survey over one database, as of one date. Implements `llmsurvey.knowledge.informed.InformedSurvey`."""

    database: Database
    phrases: tuple[TrackedPhrase, ...]
    wanted_date: date | None = None
    """The date asked for; None: the latest date in the data that was read."""
    overlays: tuple[Path, ...] = ()
    """The user's own files of curated facts, the last one on top."""

    @cached_property
    def knowledge(self) -> Knowledge:
        """The curated facts; `BrokenKnowledge` where a file of the user's holds errors."""
        return load(self.overlays)

    @cached_property
    def as_of(self) -> date:
        """The date the answers belong to; that of the package's own knowledge where nothing was read."""
        return self.wanted_date or self.data_date or published.knowledge_date()

    @cached_property
    def data_date(self) -> date | None:
        """Latest date in the data that was read; None in an empty store."""
        return max((reading.data_date for reading in self.readings() if reading.data_date), default=None)

    def tracked(self) -> tuple[TrackedPhrase, ...]:
        """Return the phrases this survey follows."""
        return self.phrases

    def series(self, question: Question) -> Series:
        """Count papers by month, without a missing month between the first and the last."""
        with self.database.reading() as connection:
            counts = tally(connection, question, self.as_of, By.MONTH)
            totals = coverage.totals(connection, self.readings(), self.as_of, question.category)
        months = self._months(question, counts)
        running = accumulate(counts.get(str(month), 0) for month in months)
        within = self._within(question)
        points = tuple(
            Point(
                month=month,
                count=counts.get(str(month), 0),
                cumulative=cumulative,
                total=totals.of(month),
                complete=totals.coverage(month) is Coverage.COMPLETE and within is None,
                coverage=totals.coverage(month),
            )
            for month, cumulative in zip(months, running, strict=True)
        )
        return Series(question, self.as_of, points, within)

    def _months(self, question: Question, counts: dict[str, int]) -> list[Month]:
        """Return the months of the answer; none where nothing was read."""
        read = [reading.last_month for reading in self.readings() if reading.last_month]
        if not read:
            return []
        tracked = {each.phrase.stems: each.since for each in self.phrases}
        first = question.since or tracked.get(question.phrase.stems) or (Month.parse(min(counts)) if counts else None)
        last = question.until or min(Month.of(self.as_of), max(read))
        return list(first.through(last)) if first else []

    def _within(self, question: Question) -> str | None:
        """Say which papers a count is confined to, where some file was read for its matches only."""
        if all(reading.keep == "all" for reading in self.readings()):
            return None
        with self.database.reading() as connection:
            missed = snapshots.unread(connection, [question.phrase])
        if not missed:
            return None
        phrases = " or ".join(f'"{each.phrase}"' for each in self.phrases)
        files = ", ".join(sorted({name for _, name in missed}))
        return f"papers stored for {phrases}: of {files} only these were kept"

    def by_category(self, question: Question) -> tuple[tuple[str, int], ...]:
        """Count matching papers by primary category, the largest first."""
        with self.database.reading() as connection:
            counts = tally(connection, question, self.as_of, By.CATEGORY)
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def milestones(self, phrase: str) -> tuple[Milestone, ...]:
        """Return the models marked on a phrase's curve up to the survey's date, oldest first."""
        return tuple(each for each in self.knowledge.milestones(phrase) if each.month.first_day <= self.as_of)

    def published(self, phrase: str) -> tuple[PublishedPoint, ...]:
        """Return the published survey's curve of a phrase up to the survey's date, oldest first."""
        return tuple(each for each in published.published_curve(phrase) if each.month.first_day <= self.as_of)

    def published_means(self) -> tuple[PublishedMean, ...]:
        """Return the means a day that the published survey states."""
        return published.published_means()

    def readings(self) -> tuple[Reading, ...]:
        """Return what the store has read, oldest first."""
        return self._readings

    @cached_property
    def _readings(self) -> tuple[Reading, ...]:
        with self.database.reading() as connection:
            return snapshots.readings(connection)

    def holes(self) -> tuple[Hole, ...]:
        """Return what is known to be missing."""
        with self.database.reading() as connection:
            unread = snapshots.unread(connection, [each.phrase for each in self.phrases])
            totals = coverage.totals(connection, self.readings(), self.as_of)
        return (
            *holes.broken_readings(self.readings()),
            *holes.not_looked_for(unread),
            *holes.uncovered_months(totals, self.phrases, self.as_of),
        )

    def categories(self) -> tuple[str, ...]:
        """Return every primary category that was read of."""
        with self.database.reading() as connection:
            return coverage.categories(connection)

    def changes(self, since: date) -> tuple[Change, ...]:
        """Return what is new, revised or withdrawn after a date and up to the survey's, by date and id."""
        after, before = (since + timedelta(days=1)).isoformat(), (self.as_of + timedelta(days=1)).isoformat()
        title = papers.c.title
        revised = (
            select(changes.c.arxiv_id, title, changes.c.field, changes.c.day)
            .join(papers, papers.c.arxiv_id == changes.c.arxiv_id)
            .where(changes.c.day >= after, changes.c.day < before)
        )
        day = func.substr(papers.c.submitted, 1, 10)
        new = select(papers.c.arxiv_id, title, papers.c.abstract, day).where(
            papers.c.submitted >= after, papers.c.submitted < before
        )
        with self.database.reading() as connection:
            found = [Change(*row[:3], day=date.fromisoformat(row[3])) for row in connection.execute(revised)]
            found += [
                Change(row[0], row[1], "new", date.fromisoformat(row[3]))
                for row in connection.execute(new)
                if any(matches(Rule.STEMMED, each.phrase, row[1:3]) for each in self.phrases)
            ]
        return tuple(sorted(found, key=lambda change: (change.day, change.arxiv_id, change.kind)))

    def provenance(self) -> Provenance:
        """Return how the answers were made."""
        return Provenance(
            rules=(Rule.STEMMED.value,),
            sources=tuple(_in_words(reading) for reading in self.readings()),
            as_of=self.as_of,
            version=__version__,
        )


def _in_words(reading: Reading) -> str:
    span = f"{reading.first_month} to {reading.last_month}" if reading.first_month else "nothing readable"
    return f"{reading.source} {reading.name} ({reading.records:,} records, {span}, {reading.status})"
