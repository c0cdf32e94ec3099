"""The plans of one survey on this machine: what is to be installed, and what is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from llmsurvey.errors import Stop
from llmsurvey.schedule.cron import crontab_line
from llmsurvey.schedule.launch import Launch
from llmsurvey.schedule.machine import launch_here, machine_id, machine_zone
from llmsurvey.schedule.plan import PLANS, Plan, Timing, offsets_of, timing
from llmsurvey.schedule.user_crontab import Installed, installed, read_crontab


@dataclass(frozen=True, slots=True)
class PlanStatus:
    """Whether a plan of this survey stands in the crontab, and when it runs next."""

    plan: str
    command: str
    installed: bool
    active: bool
    """False where it is not installed, or was commented out by hand."""
    time: str
    """Crontab's five fields; empty where it is not installed."""
    next_run: datetime | None


def times_in_utc(launch: Launch) -> dict[str, Timing]:
    """Return when each plan starts, in UTC."""
    return {plan.name: timing(plan, _key(launch)) for plan in PLANS}


def cron_lines(launch: Launch, zone: tzinfo, year: int) -> dict[str, str]:
    """Return the crontab's line of each plan for a machine whose clock shows `zone`."""
    offsets = offsets_of(zone, year)
    return {plan.name: crontab_line(plan, launch, timing(plan, _key(launch), offsets)) for plan in PLANS}


def plan_statuses(crontab: bytes, survey_id: str, now: datetime) -> tuple[PlanStatus, ...]:
    """Return how each plan stands in a crontab; `now` is in the machine's zone."""
    ours = {line.plan: line for line in installed(crontab) if line.survey_id == survey_id}
    return tuple(_status(plan, ours.get(plan.name), now) for plan in PLANS)


def next_run(now: datetime) -> datetime | None:
    """Return when the crontab starts the survey of this folder next, in UTC; None: it does not, or cannot be read.

    The hours of a crontab are those of the machine's zone, whatever zone `now` is in.
    """
    try:
        launch = launch_here(Path.cwd(), None)
        found = earliest(plan_statuses(read_crontab(), launch.survey_id, now.astimezone(machine_zone())))
    except (Stop, OSError):
        return None
    return found.astimezone(UTC) if found else None


def earliest(statuses: Iterable[PlanStatus]) -> datetime | None:
    """Return the next run of all."""
    return min((status.next_run for status in statuses if status.next_run), default=None)


def _key(launch: Launch) -> str:
    return f"{machine_id()}\n{launch.folder}"


def _status(plan: Plan, line: Installed | None, now: datetime) -> PlanStatus:
    if line is None:
        return PlanStatus(plan.name, plan.command, installed=False, active=False, time="", next_run=None)
    return PlanStatus(
        plan.name, plan.command, installed=True, active=line.active, time=line.fields, next_run=line.next_run(now)
    )
