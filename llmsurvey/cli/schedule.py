"""`llmsurvey schedule`: plans that keep the survey while nobody is there."""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated

import msgspec
import typer

from llmsurvey.cli.call import Call, Json
from llmsurvey.cli.output import print_json, print_table, print_text
from llmsurvey.config import NO_CONTACT, Places, Settings
from llmsurvey.errors import BadUsage, CannotWrite, Stop
from llmsurvey.schedule import user_crontab
from llmsurvey.schedule.cron import crontab_text
from llmsurvey.schedule.github import workflow
from llmsurvey.schedule.launch import Launch, remark
from llmsurvey.schedule.machine import launch_here, machine_zone
from llmsurvey.schedule.systemd import systemd_text, unit_files
from llmsurvey.schedule.upkeep import PlanStatus, cron_lines, earliest, plan_statuses, times_in_utc
from llmsurvey.status import Status, alarm, in_words, planned, read_status, status_file
from llmsurvey.store.database import connected
from llmsurvey.store.lock import is_held

log = logging.getLogger("llmsurvey")


def show(
    context: typer.Context,
    *,
    cron: Annotated[bool, typer.Option("--cron", help="As lines of a crontab (the default).")] = False,
    systemd: Annotated[bool, typer.Option("--systemd", help="As services and timers of systemd.")] = False,
    github: Annotated[bool, typer.Option("--github", help="As a workflow of GitHub Actions.")] = False,
) -> None:
    """Print the monthly and the weekly plan, and change nothing.

    The monthly plan runs `survey` early in the month, when arXiv's month has settled; the weekly plan runs `harvest`.
    """
    if cron + systemd + github > 1:
        raise BadUsage("--cron, --systemd and --github exclude one another", hint="choose one")
    launch = _launch(context)
    if github:
        print_text(workflow(launch, times_in_utc(launch)).rstrip())
    elif systemd:
        print_text(systemd_text(unit_files(launch, times_in_utc(launch), _remarks(launch))))
    else:
        print_text(crontab_text(list(_lines(launch).values()), _remarks(launch)))


def install(context: typer.Context) -> None:
    """Put the monthly and the weekly plan into your crontab, or bring them up to date there. No other line changes."""
    settings = Call.of(context).settings()
    launch = _launch(context)
    if "LLMSURVEY_DATABASE_URL" in launch.withheld:
        raise Stop(
            "the database's address holds a password, which a crontab must not",
            hint="put database_url into llmsurvey.toml, for your eyes only, and install without it",
        )
    for line in _remarks(launch):
        log.warning(line)
    if settings.contact is None:
        log.info(NO_CONTACT)
    before = user_crontab.read_crontab()
    after = user_crontab.with_lines(before, launch.survey_id, _lines(launch))
    if user_crontab.has_other_zone(after):
        log.warning("your crontab sets CRON_TZ: where your cron keeps to it, the plans run at that zone's hours")
    _write(before, after)
    statuses = plan_statuses(after, launch.survey_id, datetime.now(machine_zone()))
    _note(settings, earliest(statuses))
    log.info("the plans stand in your crontab already" if before == after else "your crontab has the plans now")
    for status in statuses:
        log.info("%s: `llmsurvey %s`, next %s", status.plan, status.command, _clock(status.next_run))


def status(context: typer.Context, *, json: Json = False) -> None:
    """Tell which plans are installed, when they run next, how the last run went and how old the data is."""
    settings = Call.of(context).settings()
    launch = _launch(context)
    now = datetime.now(machine_zone())
    crontab, trouble = _crontab()
    statuses = plan_statuses(crontab, launch.survey_id, now)
    others = sorted({line.folder for line in user_crontab.installed(crontab) if line.survey_id != launch.survey_id})
    run = _last_run(settings)
    today = now.astimezone(UTC).date()
    at_work = is_held(connected(settings.database_url))
    if json:
        answer = {"plans": statuses, "other_folders": others, "crontab": trouble or "read"}
        last = {
            **msgspec.structs.asdict(run),
            "data_age_days": run.age(today),
            "next_run": earliest(statuses),
            "at_work": at_work,
        }
        print_json({**answer, "last_run": last, "alarm": alarm(run, today) or None})
        return
    print_table(
        ("plan", "command", "crontab", "next run"),
        [(each.plan, each.command, _standing(each), _clock(each.next_run)) for each in statuses],
    )
    _print_lines([trouble, *(f"another survey is kept in {folder or 'a folder not known'}" for folder in others)])
    _print_lines([in_words(run, today, at_work=at_work), run.last_fault, alarm(run, today)])


def remove(context: typer.Context) -> None:
    """Take the plans of this folder's survey out of your crontab. No other line changes."""
    settings = Call.of(context).settings()
    launch = _launch(context)
    before = user_crontab.read_crontab()
    after = user_crontab.without_lines(before, launch.survey_id)
    _write(before, after)
    if before == after:
        log.info("your crontab has no plan of the survey in %s", launch.folder)
        return
    _note(settings, None)
    log.info("the plans are gone from your crontab")


def _launch(context: typer.Context) -> Launch:
    return launch_here(Places.here().working_folder, Call.of(context).database)


def _lines(launch: Launch) -> dict[str, str]:
    return cron_lines(launch, machine_zone(), datetime.now(UTC).year)


def _remarks(launch: Launch) -> list[str]:
    return [remark(name, Places.here().user_file) for name in launch.withheld]


def _write(before: bytes, after: bytes) -> None:
    """Write the crontab where it changes, and look whether it arrived."""
    if after == before:
        return
    user_crontab.write_crontab(after)
    if user_crontab.installed(user_crontab.read_crontab()) != user_crontab.installed(after):
        raise Stop("crontab took the plans, but does not list them", hint="look at `crontab -l`")


def _note(settings: Settings, next_run: datetime | None) -> None:
    """Note the next run where the doctor looks; a store that cannot be written now is the next run's trouble."""
    file = status_file(settings.database_url)
    if file and file.parent.is_dir():
        try:
            planned(file, next_run.astimezone(UTC) if next_run else None)
        except CannotWrite as error:
            log.warning(error.message)


def _crontab() -> tuple[bytes, str]:
    """Return the crontab, or nothing and why it could not be read."""
    try:
        return user_crontab.read_crontab(), ""
    except Stop as error:
        return b"", error.message


def _last_run(settings: Settings) -> Status:
    """Return how the last run went; a damaged record is told and taken as none."""
    file = status_file(settings.database_url)
    try:
        return read_status(file) if file else Status()
    except Stop as error:
        log.warning(error.message)
        return Status()


def _standing(plan: PlanStatus) -> str:
    if not plan.installed:
        return "not installed"
    return plan.time if plan.active else "commented out"


def _clock(moment: datetime | None) -> str:
    return f"{moment:%a %Y-%m-%d %H:%M %z}" if moment else "-"


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        if line:
            print_text(line)
