"""The survey answered from the store: the waist's questions, put as SQL."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from sqlalchemy import func, literal, select

from llmsurvey import __version__
from llmsurvey.knowledge import published
from llmsurvey.knowledge.beside import FactsFolder
from llmsurvey.knowledge.catalogue import Knowledge, examined, load
from llmsurvey.knowledge.span import Span
from llmsurvey.month import Month
from llmsurvey.phrase import Phrase, Rule, matches
from llmsurvey.store import coverage, harvested, holes, ledger, server_counts, snapshots
from llmsurvey.store.asked import Asked
from llmsurvey.store.counts import By, tally
from llmsurvey.store.coverage import Totals
from llmsurvey.store.database import Database
from llmsurvey.store.ledger import Entry
from llmsurvey.store.server_counts import ServerCount
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
        return load(self.overlays, FactsFolder.beside(self.database.path))

    @cached_property
    def as_of(self) -> date:
        """The date the answers belong to; that of the newest facts, imported ones too, where no paper was read."""
        return self.wanted_date or self.data_date or self._facts_date()

    @cached_property
    def data_date(self) -> date | None:
        """Latest date in the data that was read; None in an empty store."""
        read = max((reading.data_date for reading in self.readings() if reading.data_date), default=None)
        return read or max((said.asked.date() for said in self._said.values()), default=None)

    def _facts_date(self) -> date:
        known, _ = examined((), FactsFolder.beside(self.database.path))  # broken facts stop no question about papers
        imported = (laid.layer.data_date for laid in known.laid)
        return max([published.knowledge_date(), *(Span.parse(day).last for day in imported if day)])

    @cached_property
    def _said(self) -> Mapping[tuple[str, Month], ServerCount]:
        with self.database.reading() as connection:
            return server_counts.counts(connection)

    def tracked(self) -> tuple[TrackedPhrase, ...]:
        """Return the phrases this survey follows."""
        return self.phrases

    def series(self, question: Question) -> Series:
        """Count papers by month, without a missing month between the first and the last."""
        with self.database.reading() as connection:
            counts = tally(connection, question, self.as_of, By.MONTH)
        totals = self._totals(question.category)
        months = self._months(question, counts)
        running = accumulate(counts.get(str(month), 0) for month in months)
        kept_for_others = self._kept_for_others(question.phrase)
        points = tuple(
            Point(
                month=month,
                count=counts.get(str(month), 0),
                cumulative=cumulative,
                total=totals.of(month),
                complete=self._asked.is_final(question.phrase, month, self.as_of)
                or (totals.listed(month) is Coverage.COMPLETE and not kept_for_others),
                coverage=totals.coverage(month),
            )
            for month, cumulative in zip(months, running, strict=True)
        )
        confined = bool(kept_for_others) and not (points and all(point.complete for point in points))
        return Series(question, self.as_of, points, self._within(kept_for_others) if confined else None)

    def said_by_arxiv(self, question: Question) -> Series | None:
        """Return arXiv's own counts of a phrase by month, which `harvest --counts` brings; None where it has none."""
        return server_counts.series(self._said, question, self.as_of)

    def is_complete(self, phrase: Phrase, month: Month) -> bool:
        """Tell whether all papers of a month with a phrase are stored: read in full after the month had settled."""
        if self._asked.is_final(phrase, month, self.as_of):
            return True
        return self._listed(month) is Coverage.COMPLETE and not self._kept_for_others(phrase)

    @cached_property
    def _listed(self) -> Callable[[Month], Coverage]:
        return self._totals().listed

    def _totals(self, category: str | None = None) -> Totals:
        if category not in self._counted:
            with self.database.reading() as connection:
                known = coverage.totals(connection, self.readings(), self.as_of, category, self._asked.months())
            self._counted[category] = known
        return self._counted[category]

    @cached_property
    def _counted(self) -> dict[str | None, Totals]:
        return {}

    def _months(self, question: Question, counts: dict[str, int]) -> list[Month]:
        """Return the months of the answer; none where nothing was read."""
        read = [reading.last_month for reading in self.readings() if reading.last_month]
        if not read:
            return []
        tracked = {each.phrase.stems: each.since for each in self.phrases}
        first = question.since or tracked.get(question.phrase.stems) or (Month.parse(min(counts)) if counts else None)
        last = question.until or min(Month.of(self.as_of), max(read))
        return list(first.through(last)) if first else []

    def _within(self, names: Sequence[str]) -> str:
        """Say which papers a count is confined to, where some source was read for its matches only."""
        with self.database.reading() as connection:
            texts = {*snapshots.looked_for(connection), *(text for entry in self._entries for text in entry.phrases)}
        phrases = " or ".join(f'"{text}"' for text in sorted(texts))
        return f"papers stored for {phrases}: of {', '.join(names)} only these were kept"

    def _kept_for_others(self, phrase: Phrase) -> tuple[str, ...]:
        """Return the names of what was read for other phrases only, files first."""
        if phrase.text not in self._kept:
            with self.database.reading() as connection:
                missed = snapshots.unread(connection, [phrase])
            files = sorted({reading.name for _, reading in missed})
            self._kept[phrase.text] = (*files, *harvested.not_looking_for(self._entries, phrase))
        return self._kept[phrase.text]

    @cached_property
    def _kept(self) -> dict[str, tuple[str, ...]]:
        return {}

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
            return (*snapshots.readings(connection), *harvested.readings(self._entries))

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        with self.database.reading() as connection:
            return ledger.entries(connection)

    @cached_property
    def _asked(self) -> Asked:
        return Asked(self._entries)

    def holes(self) -> tuple[Hole, ...]:
        """Return what is known to be missing."""
        with self.database.reading() as connection:
            unread = snapshots.unread(connection, [each.phrase for each in self.phrases])
        totals = self._totals()
        return (
            *holes.broken_readings(self.readings()),
            *holes.not_looked_for(each for each in unread if not self._is_asked_for(each[0])),
            *holes.missing_windows(self._entries, self._asked, self.phrases, self.as_of),
            *holes.uncovered_months(totals, self.phrases, self.as_of, self._asked),
        )

    def _is_asked_for(self, phrase: str) -> bool:
        """Tell whether the API brought all papers of a tracked phrase, whatever files were read for."""
        tracked = next(each for each in self.phrases if each.phrase.text == phrase)
        months = [month for month in tracked.since.through(Month.of(self.as_of)) if month.settled_by(self.as_of)]
        return bool(months) and all(self._asked.is_final(tracked.phrase, month, self.as_of) for month in months)

    def categories(self) -> tuple[str, ...]:
        """Return every primary category that was read of."""
        with self.database.reading() as connection:
            return coverage.categories(connection)

    def changes(self, since: date) -> tuple[Change, ...]:
        """Return what is new, revised or withdrawn after a date and up to the survey's, by date and id.

        Of papers with a tracked phrase: in their text, or in what a revision took out of it.
        """
        after, before = f"{since}T24", f"{self.as_of}T24"
        paper = (papers.c.arxiv_id, papers.c.title, papers.c.abstract)
        revised = (
            select(*paper, changes.c.field, changes.c.day, changes.c.before)
            .join(papers, papers.c.arxiv_id == changes.c.arxiv_id)
            .where(changes.c.day >= after, changes.c.day < before)
        )
        new = select(*paper, literal("new"), func.substr(papers.c.submitted, 1, 10), literal("")).where(
            papers.c.submitted >= after, papers.c.submitted < before
        )
        with self.database.reading() as connection:
            found = [
                Change(arxiv_id, title, kind, date.fromisoformat(day))
                for statement in (revised, new)
                for arxiv_id, title, abstract, kind, day, taken_out in connection.execute(statement)
                if self._follows(title, abstract, taken_out)
            ]
        return tuple(sorted(found, key=lambda change: (change.day, change.arxiv_id, change.kind)))

    def _follows(self, *texts: str) -> bool:
        return any(matches(Rule.STEMMED, each.phrase, texts) for each in self.phrases)

    def provenance(self) -> Provenance:
        """Return how the answers were made."""
        return Provenance(
            rules=(Rule.STEMMED.value,),
            sources=self._sources(),
            as_of=self.as_of,
            version=__version__,
            data_date=self.data_date,
        )

    def _sources(self) -> tuple[str, ...]:
        read = tuple(dict.fromkeys(_in_words(reading) for reading in self.readings()))
        asked = max((said.asked.date() for said in self._said.values()), default=None)
        return (*read, f"arXiv's own counts by its search (asked {asked})") if asked else read


def _in_words(reading: Reading) -> str:
    span = f"{reading.first_month} to {reading.last_month}" if reading.first_month else "nothing readable"
    # "complete" is said of months; a file that was read to its end can hold a sample of each
    status = "read to the end" if reading.status == "complete" else reading.status
    return f"{reading.source} {reading.name} ({reading.records:,} records, {span}, {status})"
