"""`llmsurvey harvest`: fetch from arXiv what is missing, or say what that would take."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from enum import StrEnum
from typing import Annotated

import typer

from llmsurvey.cli.call import Call, Json, log
from llmsurvey.cli.output import print_json, print_table, print_text
from llmsurvey.cli.progress import progress
from llmsurvey.cli.recorded import on_record
from llmsurvey.cli.store import database_of, keep_facts
from llmsurvey.config import NO_CONTACT, Settings
from llmsurvey.errors import BadUsage, ExitCode
from llmsurvey.harvest import counting
from llmsurvey.harvest.counting import Counted, Counts, ToCount
from llmsurvey.harvest.intake import system_clock
from llmsurvey.harvest.order import Order, plan_of
from llmsurvey.harvest.plan import Plan, Planned
from llmsurvey.harvest.plan import minutes as minutes_of
from llmsurvey.harvest.runner import Harvested, Progress, harvest
from llmsurvey.harvest.span import Span
from llmsurvey.logfile import note
from llmsurvey.month import Month
from llmsurvey.sources.asking import Asker
from llmsurvey.sources.faults import Fault
from llmsurvey.sources.transport import Transport
from llmsurvey.store import lock, server_counts
from llmsurvey.store.database import Database
from llmsurvey.store.ledger import Entry
from llmsurvey.store.survey import StoredSurvey

_TOLD = 5
"""Gaps that are told one by one."""
_WORTH_TELLING = 20.0
"""Seconds of waiting that a person should know of."""


class SourceName(StrEnum):
    """What `--source` takes."""

    API = "api"
    OAI = "oai"


def fetch(
    context: typer.Context,
    *,
    source: Annotated[
        SourceName | None,
        typer.Option(metavar="api|oai", help="Papers with a tracked phrase by search (api), or all of a set (oai)."),
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="YYYY-MM", help="First month of submission; of the last change (oai).")
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="YYYY-MM", help="Last month, likewise.")] = None,
    counts: Annotated[
        bool, typer.Option("--counts", help="Ask arXiv for its own counts only, one request a month and phrase.")
    ] = False,
    sets: Annotated[
        list[str] | None, typer.Option("--set", metavar="SET", help="A set of OAI-PMH; else those of the settings.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say which windows, how many requests and minutes; ask nothing.")
    ] = False,
    json: Json = False,
) -> None:
    """Fetch from arXiv what is missing, by the ledger; months that changed of late are asked again."""
    settings = Call.of(context).settings()
    span = Span(Month.parse(since) if since else None, Month.parse(until) if until else None)
    asked = source or (SourceName.OAI if sets else SourceName.API)
    order = Order(asked.value, span.checked(system_clock().date()), tuple(sets or ()))
    if counts and asked is SourceName.OAI:
        raise BadUsage("OAI-PMH counts nothing", hint="leave --source and --set out: --counts asks the search API")
    database = database_of(context, settings)
    if counts:
        _count(database, settings, span, dry_run=dry_run, json=json)
        return
    if dry_run:
        _say_plan(plan_of(database, settings, order, system_clock()), settings, json=json)
        return
    _introduce(settings)
    with on_record(settings.database_url) as record:
        with lock.held(database, "harvest"):
            record.begin()
            plan = plan_of(database, settings, order, system_clock())
            with _asking(settings, plan.requests) as (asker, advance):
                done = harvest(database, settings, plan, asker, progress=advance)
            keep_facts(context, database)
        record.exit_code = ExitCode.GAPS if done.gaps else ExitCode.DONE
        record.data_as_of = StoredSurvey(database, settings.phrases).data_date
        _say_done(done, json=json)
        if done.stopped:
            raise done.stopped
    if done.gaps:
        raise typer.Exit(ExitCode.GAPS)


def shown(requests: int) -> AbstractContextManager[Progress]:
    """Show how far so many requests are."""
    return progress("asking arXiv", total=requests or None, unit="requests")


def told_of_waits(host: str, seconds: float) -> None:
    """Say before a long wait that it is meant."""
    if seconds >= _WORTH_TELLING:
        log.info("%s asked for silence: waiting %.0f seconds", host, seconds)


@contextmanager
def _asking(settings: Settings, requests: int) -> Iterator[tuple[Asker, Progress]]:
    with Transport(settings, waiting=told_of_waits) as transport, shown(requests) as advance:
        yield Asker(transport, heard=_heard), advance


def _heard(fault: Fault, attempt: int) -> None:
    log.debug("request %d: %s: %s", attempt, type(fault).__name__, fault.message)


def _introduce(settings: Settings) -> None:
    if settings.contact is None:
        log.info(NO_CONTACT)


def _say_plan(plan: Plan, settings: Settings, *, json: bool) -> None:
    minutes = round(minutes_of(plan.requests, settings.arxiv_delay), 1)
    rows = list(map(_plan_row, plan.windows))
    if json:
        print_json({"windows": rows, "requests": plan.requests, "minutes": minutes})
        return
    if rows:
        cells = [row | {"window": " to ".join(each.entry.window)} for row, each in zip(rows, plan.windows, strict=True)]
        print_table(tuple(rows[0]), [tuple(row.values()) for row in cells])
    unknown = sum(each.requests is None for each in plan.windows)
    least = "at least " if unknown else ""
    print_text(
        f"{len(rows):,} windows, {least}{plan.requests:,} requests, {least}{minutes:g} minutes; nothing was sent"
        + (f" (windows of unknown size: {unknown:,})" if unknown else "")
    )


def _plan_row(planned: Planned) -> dict[str, object]:
    entry = planned.entry
    return {
        "source": entry.source,
        "subject": entry.subject,
        "window": entry.window,
        "status": entry.status if entry.first_asked else "new",
        "expected": planned.papers,
        "requests": planned.requests,
    }


def _say_done(done: Harvested, *, json: bool) -> None:
    for gap in done.gaps[:_TOLD]:
        log.warning("%s %s, %s: %s", gap.source, gap.subject, " to ".join(gap.window), gap.fault)
    if len(done.gaps) > _TOLD:
        log.warning("and %d windows more: `llmsurvey gaps` lists them", len(done.gaps) - _TOLD)
    for doubt in done.doubts:
        log.warning("%s", doubt)
    note(log, done.in_words)
    if json:
        stored = done.stored
        print_json(
            {
                "windows": [_as_json(entry) for entry in done.windows],
                "requests": done.requests,
                "papers": {"added": stored.added, "changed": stored.changed, "same": stored.same},
                "gaps": len(done.gaps),
                "doubts": done.doubts,
                "unasked": done.unasked,
                "stopped": done.stopped.message if done.stopped else None,
            }
        )
    else:
        print_text(done.in_words)


def _as_json(entry: Entry) -> dict[str, object]:
    return {
        "source": entry.source,
        "subject": entry.subject,
        "window": entry.window,
        "status": entry.status,
        "expected": entry.expected,
        "received": entry.received,
        "papers": entry.papers,
        "matched": entry.matched,
        "unread": entry.unread,
        "attempts": entry.attempts,
        "fault": entry.fault,
        "answered": entry.answered,
    }


def _count(database: Database, settings: Settings, span: Span, *, dry_run: bool, json: bool) -> None:
    """Ask for arXiv's own counts, and show them beside the store's."""
    wishes = counting.to_count(settings.phrases, span, system_clock(), _counts(database))
    if dry_run:
        _say_wishes(wishes, settings, json=json)
        return
    _introduce(settings)
    with lock.held(database, "harvest --counts"), _asking(settings, len(wishes)) as (asker, advance):
        done = counting.count(database, settings, wishes, asker, advance)
    _say_counts(done, database, settings, json=json)
    if done.stopped:
        raise done.stopped
    if done.missing:
        raise typer.Exit(ExitCode.GAPS)


def _counts(database: Database) -> Counts:
    with database.reading() as connection:
        return server_counts.counts(connection)


def _say_wishes(wishes: tuple[ToCount, ...], settings: Settings, *, json: bool) -> None:
    windows = tuple(wishes)
    minutes = round(minutes_of(len(windows), settings.arxiv_delay), 1)
    if json:
        listed = [{"phrase": each.text, "month": each.month} for each in windows]
        print_json({"windows": listed, "requests": len(windows), "minutes": minutes})
    else:
        print_text(f"{len(windows):,} counts, {len(windows):,} requests, {minutes:g} minutes; nothing was sent")


def _say_counts(done: Counted, database: Database, settings: Settings, *, json: bool) -> None:
    for each in done.missing[:_TOLD]:
        log.warning('"%s", %s: %s', each.phrase or "all papers", each.month, each.reason)
    rows = list(counting.compared(StoredSurvey(database, settings.phrases), _counts(database)))
    if json:
        print_json(
            {
                "counts": rows,
                "requests": done.requests,
                "missing": done.missing,
                "stopped": done.stopped.message if done.stopped else None,
            }
        )
        return
    columns = ("phrase", "month", "arXiv counts", "stored", "complete")
    print_table(
        columns, [(each.phrase or "all papers", each.month, each.server, each.local, each.complete) for each in rows]
    )
