"""Check of the upkeep: how the last run went, and how old the data is."""

from collections.abc import Iterator
from datetime import UTC, datetime

from llmsurvey.config import Settings
from llmsurvey.doctor.finding import Finding, Status
from llmsurvey.errors import Stop
from llmsurvey.status import alarm, in_words, read_status, status_file

_SUGGESTION = "run `llmsurvey survey`; `llmsurvey schedule status` tells whether a plan is installed"


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
    yield Finding(
        "upkeep",
        Status.WARN if status.failed else Status.OK,
        in_words(status, today),
        f"it said: {status.last_fault or 'nothing'}" if status.failed else "",
    )
