"""The plans of a survey, as they are to stand in the crontab and as they do."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from llmsurvey.schedule.launch import carried
from llmsurvey.schedule.upkeep import cron_lines, earliest, next_run, plan_statuses
from llmsurvey.schedule.user_crontab import with_lines, write_crontab
from tests.schedule.conftest import FakeCron

LAUNCH = carried({}, program=("/python",), folder=Path("/my survey"))
NOW = datetime(2026, 1, 10, tzinfo=UTC)
LINES = cron_lines(LAUNCH, UTC, 2026)


def test_nothing_is_installed_in_an_empty_crontab() -> None:
    """Every plan is listed, also where it is not installed."""
    statuses = plan_statuses(b"", LAUNCH.survey_id, NOW)
    assert [(each.plan, each.installed, each.next_run) for each in statuses] == [
        ("monthly", False, None),
        ("weekly", False, None),
    ]
    assert earliest(statuses) is None


def test_an_installed_plan_knows_its_next_run(cron: FakeCron) -> None:
    """The next run of all is the weekly one, within a week."""
    write_crontab(with_lines(b"", LAUNCH.survey_id, LINES))
    found = next_run(LAUNCH.survey_id, NOW)
    assert found is not None
    assert timedelta(0) < found - NOW <= timedelta(days=7)
    assert next_run("00000000", NOW) is None
    cron.refuse("no")
    assert next_run(LAUNCH.survey_id, NOW) is None
