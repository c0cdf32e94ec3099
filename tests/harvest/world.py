"""A store and a loopback arXiv beside it, days that pass, and what the store holds in the end."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from llmsurvey.config import Settings, load
from llmsurvey.config.places import Places
from llmsurvey.harvest.order import Order, plan_of
from llmsurvey.harvest.plan import Plan
from llmsurvey.harvest.runner import Harvested, harvest
from llmsurvey.harvest.span import Span
from llmsurvey.month import Month
from llmsurvey.phrase import Phrase
from llmsurvey.sources.asking import Asker
from llmsurvey.sources.host_clock import Machine
from llmsurvey.sources.transport import Limits, Transport
from llmsurvey.store.database import connected
from llmsurvey.store.survey import StoredSurvey
from llmsurvey.store.upgrade import opened
from llmsurvey.survey import TrackedPhrase
from tests.records import TRACKED
from tests.standin import Fault, Record, StandIn
from tests.standin.taxonomy import in_set, sets_of
from tests.store.stores import everyone

NOON = datetime(2026, 8, 14, 12, tzinfo=UTC)
LAST = Month(2018, 9)
API = Order(span=Span(None, LAST))
OAI = Order("oai", sets=("cs",))
PATIENT = Limits(body=1 << 20)
HASTY = Limits(read=0.3, whole=0.6, body=1 << 20)
"""Where lateness is the fault; elsewhere a busy machine must not be taken for one."""
_TABLES = {
    "papers": "SELECT arxiv_id, title, abstract, categories, submitted, updated, versions, withdrawn FROM papers",
    "denominators": "SELECT * FROM denominators",
    "changes": "SELECT arxiv_id, field, before, after, day FROM changes",
    "windows": 'SELECT source, subject, start, "end", status, expected, papers, matched, unread, resume FROM windows',
    "pages": "SELECT * FROM pages",
}


class World:
    """A stand-in over some papers, a store, and a day in 2026."""

    def __init__(
        self, folder: Path, records: Iterable[Record], faults: Iterable[Fault] = (), page_size: int = 12
    ) -> None:
        self.now, self.limits = NOON, PATIENT
        self.arxiv = StandIn(records, faults=faults, clock=lambda: self.now, page_size=page_size)
        self.tracked: tuple[TrackedPhrase, ...] = TRACKED
        self._settle(folder)

    def _settle(self, folder: Path) -> None:
        self.folder = folder
        self.database = opened(str(folder / "survey.db"))

    def beside(self, name: str) -> "World":
        """Return the same arXiv with an empty store in a folder below this one's."""
        other = copy(self)
        folder = self.folder / name
        folder.mkdir()
        other._settle(folder)
        return other

    def __enter__(self) -> Self:
        self.arxiv.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.arxiv.close()

    def tomorrow(self) -> None:
        """Let a night pass."""
        self.now += timedelta(days=1, hours=1)

    @property
    def settings(self) -> Settings:
        """The settings of a run against the stand-in."""
        flags = {
            "arxiv_api_url": self.arxiv.api_url,
            "arxiv_oai_url": self.arxiv.oai_url,
            "arxiv_delay": 0,
            "arxiv_cooldown": 0,
        }
        found = load(flags, environment={}, places=Places(self.folder, None, None))
        return replace(found, phrases=self.tracked)

    def plan(self, order: Order) -> Plan:
        """Return what there is to ask."""
        return plan_of(self.database, self.settings, order, self.now)

    def harvest(self, order: Order) -> Harvested:
        """Run a harvest without a pause."""
        restless = Machine(sleep=lambda _seconds: None)
        with Transport(self.settings, self.folder, limits=self.limits, machine=restless) as transport:
            asker = Asker(transport, machine=restless)
            return harvest(self.database, self.settings, self.plan(order), asker, now=lambda: self.now)

    def survey(self) -> StoredSurvey:
        """Return the survey as of today."""
        return StoredSurvey(self.database, self.tracked, self.now.date())

    def holds(self, *, leaving_out: Iterable[str] = ()) -> dict[str, list[tuple[Any, ...]]]:
        """Return what the store holds, apart from times of asking and how often it was asked."""
        return state(self.folder / "survey.db", leaving_out)


def state(file: Path, leaving_out: Iterable[str] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of a store that an undisturbed run would have as well."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("INSERT INTO papers_fts(papers_fts, rank) VALUES ('integrity-check', 1)")
        tables = {name: query for name, query in _TABLES.items() if name not in set(leaving_out)}
        found = {name: sorted(connection.execute(query), key=repr) for name, query in tables.items()}
    return found if "census" in leaving_out else {**found, "census": everyone(connected(str(file)))}


def matching(records: Iterable[Record], phrase: str = "language model", last: Month = LAST) -> set[str]:
    """Return the identifiers of the papers up to a month that the loopback arXiv finds for a phrase."""
    from tests.standin.corpus import Corpus  # noqa: PLC0415 - the stand-in's own search, only here
    from tests.standin.grammar import parsed  # noqa: PLC0415 - the same
    from tests.standin.matching import found  # noqa: PLC0415 - the same

    corpus = Corpus(records)
    numbers = found(parsed(f'ti:"{Phrase(phrase)}" OR abs:"{Phrase(phrase)}"'), corpus)
    papers = (corpus.records[number] for number in numbers)
    return {paper.arxiv_id for paper in papers if Month.of(paper.submitted) <= last}


def listed(records: Iterable[Record], name: str = "cs") -> set[str]:
    """Return the identifiers of the papers of a set."""
    return {record.arxiv_id for record in records if in_set(sets_of(record.categories), name)}
