"""The plans of a survey, as they are to stand in the crontab and as they do."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from llmsurvey.schedule import upkeep
from llmsurvey.schedule.launch import carried
from llmsurvey.schedule.machine import launch_here
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


def test_an_installed_plan_knows_its_next_run(cron: FakeCron, home: Path) -> None:
    """The next run of all is the weekly one, within a week."""
    launch = launch_here(home, None)
    write_crontab(with_lines(b"", launch.survey_id, cron_lines(launch, UTC, 2026)))
    found = next_run(NOW)
    assert found is not None
    assert timedelta(0) < found - NOW <= timedelta(days=7)
    cron.refuse("no")
    assert next_run(NOW) is None


def test_the_next_run_is_read_in_the_machines_zone(cron: FakeCron, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cron reads its hours by the machine's clock, the status tells UTC."""
    tokyo = timezone(timedelta(hours=9))
    monkeypatch.setattr(upkeep, "machine_zone", lambda: tokyo)
    launch = launch_here(home, None)
    cron.hold(f"30 21 * * * cd /x && env A=b nice x # llmsurvey weekly {launch.survey_id}\n".encode())
    assert next_run(NOW) == datetime(2026, 1, 10, 12, 30, tzinfo=UTC)


def test_another_folder_has_no_next_run(cron: FakeCron) -> None:
    """The plans of one survey are not those of another."""
    write_crontab(with_lines(b"", LAUNCH.survey_id, LINES))
    assert cron.writes == 1
    assert next_run(NOW) is None
