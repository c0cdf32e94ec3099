"""Checks of the upkeep: how the last run went, how old the data is, and when the next run comes."""

from collections.abc import Iterator
from datetime import UTC, datetime

from llmsurvey.config import Settings
from llmsurvey.doctor.finding import Finding, Status
from llmsurvey.errors import Stop
from llmsurvey.schedule.upkeep import next_run
from llmsurvey.status import alarm, in_words, read_status, status_file
from llmsurvey.store.database import connected
from llmsurvey.store.lock import is_held

_SUGGESTION = "run `llmsurvey survey`; `llmsurvey schedule status` tells whether a plan is installed"
_GOES_ON = "run `llmsurvey survey`: it goes on where that run was"


def last_run(settings: Settings) -> Iterator[Finding]:
    """Check what `status.json` tells of the last run; silence for too long is a failure."""
    file = status_file(settings.database_url)
    try:
        status = read_status(file) if file else None
    except Stop as error:
        yield Finding("upkeep", Status.WARN, error.message, error.hint)
        return
    if status is None or status.last_attempt is None:
        yield Finding("upkeep", Status.WARN, "no run is on record", "run `llmsurvey survey`")
        return
    today = datetime.now(UTC).date()
    old = alarm(status, today)
    if old:
        yield Finding("upkeep", Status.FAIL, old, _SUGGESTION)
    at_work = is_held(connected(settings.database_url))
    killed = status.last_exit is None and at_work is False
    step = _GOES_ON if killed else f"it said: {status.last_fault or 'nothing'}" if status.failed else ""
    yield Finding("upkeep", Status.WARN if step else Status.OK, in_words(status, today, at_work=at_work), step)


def planned_run(_: Settings) -> Iterator[Finding]:
    """Tell when the crontab starts the survey of this folder next; other timers are not seen from here."""
    now = datetime.now(UTC)
    found = next_run(now)
    said = f"{found:%Y-%m-%d %H:%M} UTC, by your crontab" if found else "none is planned in your crontab"
    yield Finding("next run", Status.OK, said)
