"""The main job: fetch what is missing, count, draw, write the report. The one place where all stages meet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from llmsurvey.harvest.upkeep import Fetched
from llmsurvey.report.survey import write_report
from llmsurvey.store import catalogue, denominators, index, lock
from llmsurvey.store.database import Database
from llmsurvey.store.survey import StoredSurvey
from llmsurvey.survey import TrackedPhrase

Fetch = Callable[[Database], Fetched]
"""Brings what the store lacks, and says what it could not bring."""

_EMPTY = (
    "no papers are in the store yet, so that the report shows what was published: "
    "`llmsurvey import FILE` reads the public snapshot"
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the job has made."""

    report: Path
    remarks: tuple[str, ...]
    """In a line each: what is missing and which command brings it, and what the figures warn of."""
    gaps: int = 0
    """Windows of which this run could not bring all, though arXiv was there."""
    trouble: str = ""
    """In a line, why arXiv could not be asked for all; empty where it was, or was not to be asked."""
    data_date: date | None = None
    """Latest date in the data; None in an empty store."""


def run(  # noqa: PLR0913 - all stages meet here, and each brings what it needs
    database: Database,
    phrases: tuple[TrackedPhrase, ...],
    reports: Path,
    *,
    fetch: Fetch | None = None,
    overlays: Sequence[Path] = (),
    started: Callable[[], None] | None = None,
) -> Outcome:
    """Do all of it under the store's lock. Without `fetch` the job works from what the store and the package hold.

    `started` is called once the lock is held. `overlays` are the user's own files of curated facts; a broken one ends
    the job before it changes anything.
    """
    survey = StoredSurvey(database, phrases, overlays=tuple(overlays))
    knowledge = survey.knowledge
    with lock.held(database, "survey"):
        if started:
            started()
        fetched = fetch(database) if fetch else Fetched()
        with database.writing() as connection:
            index.extend(connection)
            denominators.recount(connection)
            catalogue.renew(connection, knowledge)
        written = write_report(survey, reports)
    remarks = (*fetched.remarks, *_missing(survey), *written.warnings)
    return Outcome(written.report, remarks, fetched.gaps, fetched.trouble, survey.data_date)


def _missing(survey: StoredSurvey) -> tuple[str, ...]:
    """Say in one line what the report had to do without."""
    if survey.data_date is None:
        return (_EMPTY,)
    holes = len(survey.holes())
    remain = "1 gap remains" if holes == 1 else f"{holes:,} gaps remain"
    return (f"{remain}: `llmsurvey gaps` tells the command that fills each",) if holes else ()
