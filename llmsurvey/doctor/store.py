"""Checks of the store, which is only looked into: the database, its index, what was read, and when."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from llmsurvey.config import Settings
from llmsurvey.doctor.finding import Finding, Status
from llmsurvey.errors import Stop
from llmsurvey.month import Month
from llmsurvey.status import ALARM_DAYS
from llmsurvey.store import coverage, index, lock
from llmsurvey.store.database import Database, connected, looked_into
from llmsurvey.store.survey import StoredSurvey
from llmsurvey.store.upgrade import REVISION, check_known, revision_of
from llmsurvey.survey import Coverage


def store(settings: Settings) -> Iterator[Finding]:
    """Look into the store; what it lacks is told with the command that brings it."""
    try:
        place = connected(settings.database_url)  # only makes the engine
        if place.path is not None and not place.path.exists():
            yield _missing(place.path)
            return
        database = looked_into(settings.database_url)
        revision = revision_of(database)
        if revision is not None:
            check_known(place, revision)
        yield _database(place, revision)
        if revision == REVISION:
            yield _index(database)
            survey = StoredSurvey(database, settings.phrases)
            yield _coverage(survey)
            yield _last_run(survey)
    except Stop as stop:
        yield Finding("database", Status.FAIL, stop.message, stop.hint)


def _missing(path: Path) -> Finding:
    step = "`llmsurvey import FILE` makes it and reads a snapshot"
    return Finding("database", Status.WARN, f"{path} does not exist yet", step)


def _database(place: Database, revision: str | None) -> Finding:
    holder = lock.holder(place)
    told = f"{place.place}{_size(place.path)}, schema {revision or 'empty'}{f', in use: {holder}' if holder else ''}"
    if revision != REVISION:
        step = "`llmsurvey db upgrade` brings it to this program's schema; a copy is kept"
        return Finding("database", Status.WARN, f"{told}, and {REVISION} is needed", step)
    if place.path and not (os.access(place.path, os.W_OK) and os.access(place.path.parent, os.W_OK)):
        step = "give yourself write access to the file and its folder"
        return Finding("database", Status.WARN, f"{told}, can be read but not written", step)
    return Finding("database", Status.OK, told)


def _size(path: Path | None) -> str:
    return f", {path.stat().st_size / 1024**2:,.1f} MiB" if path else ""


def _index(database: Database) -> Finding:
    with database.reading() as connection:
        if not index.exists(connection):
            return Finding("full-text index", Status.OK, "this database has none; papers are compared one by one")
        reach, last = index.reach(connection), index.last_row(connection)
    if reach == last:
        return Finding("full-text index", Status.OK, f"reaches all {last:,} stored papers")
    step = "`llmsurvey db upgrade` takes the others in"
    return Finding("full-text index", Status.WARN, f"reaches row {reach:,} of {last:,}", step)


def _coverage(survey: StoredSurvey) -> Finding:
    with survey.database.reading() as connection:
        totals = coverage.totals(connection, survey.readings(), survey.as_of)
    months = sorted(totals.papers)
    holes = len(survey.holes())
    if not months:
        return Finding(
            "coverage", Status.WARN, "no papers have been read yet", "`llmsurvey import FILE` reads a snapshot"
        )
    complete = sum(totals.coverage(month) is Coverage.COMPLETE for month in months)
    told = f"{_span(months)}: {complete} months complete, {len(months) - complete} partial; {_holes(holes)}"
    step = "`llmsurvey gaps` lists what is missing, and what brings it" if holes else ""
    return Finding("coverage", Status.WARN if holes else Status.OK, told, step)


def _span(months: list[Month]) -> str:
    return f"{months[0]} to {months[-1]}"


def _holes(number: int) -> str:
    return {0: "no hole is known", 1: "1 hole"}.get(number, f"{number} holes")


def _last_run(survey: StoredSurvey) -> Finding:
    readings, data_date = survey.readings(), survey.data_date
    if data_date is None:
        return Finding("last run", Status.WARN, "there was none yet", "`llmsurvey import FILE` reads a snapshot")
    days = (datetime.now(UTC).date() - data_date).days
    last = (
        f"{readings[-1].source} {readings[-1].name}, {readings[-1].status}" if readings else "arXiv's own counts only"
    )
    told = f"{last}; the latest data is of {data_date}, {days} days ago"
    if days > ALARM_DAYS:
        step = "run `llmsurvey survey`, or read a newer snapshot: `llmsurvey import FILE`"
        return Finding("last run", Status.WARN, told, step)
    return Finding("last run", Status.OK, told)
