"""The main job: fetch what is missing, count, draw, write the report. The one place where all stages meet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from llmsurvey.knowledge.beside import FactsFolder
from llmsurvey.knowledge.catalogue import load
from llmsurvey.report.survey import write_report
from llmsurvey.store import catalogue, census, index, lock
from llmsurvey.store.database import Database
from llmsurvey.store.survey import StoredSurvey
from llmsurvey.survey import TrackedPhrase

Fetch = Callable[[Database], tuple[str, ...]]
"""Brings what the store lacks, and says in a line each what could not be brought."""


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


def run(
    database: Database,
    phrases: tuple[TrackedPhrase, ...],
    reports: Path,
    fetch: Fetch | None = None,
    overlays: Sequence[Path] = (),
) -> Outcome:
    """Do all of it under the store's lock. Without `fetch` the job works from what the store and the package hold.

    `overlays` are the user's own files of curated facts; a broken one ends the job before it changes anything.
    """
    knowledge = load(overlays, FactsFolder.beside(database.path))
    with lock.held(database, "survey"):
        remarks = fetch(database) if fetch else ()
        with database.writing() as connection:
            index.extend(connection)
            census.recount(connection)
            catalogue.renew(connection, knowledge)
        survey = StoredSurvey(database, phrases)
        written = write_report(survey, reports)
    return Outcome(written.report, (*remarks, *_missing(survey), *written.warnings))


def _missing(survey: StoredSurvey) -> tuple[str, ...]:
    """Say in one line what the report had to do without."""
    if survey.data_date is None:
        return (_EMPTY,)
    holes = len(survey.holes())
    return (f"{holes} gaps remain: `llmsurvey gaps` lists them with the command that fills each",) if holes else ()
