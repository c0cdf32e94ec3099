"""The workflow holds what keeps it alive, and no secret."""

import re
from pathlib import Path

from llmsurvey.schedule.github import workflow
from llmsurvey.schedule.launch import carried
from llmsurvey.schedule.plan import Timing

TIMES = {"monthly": Timing(17, 15, day=4), "weekly": Timing(3, 7, weekday=7)}
GIVEN = {
    "HOME": "/home/me",
    "LLMSURVEY_API_KEY": "hush",
    "LLMSURVEY_CONTACT": "me@example.org",
    "LLMSURVEY_OAI_SETS": 'cs,"${{ secrets.X }}',
    "LLMSURVEY_DATABASE_URL": "sqlite:////home/me/x.db",
}
TEXT = workflow(carried(GIVEN, program=("/python",), folder=Path("/home/me/survey")), TIMES)


def test_both_plans_are_there() -> None:
    """The two times are scheduled, and the weekly one is told from the monthly one."""
    assert re.findall(r'- cron: "(.*)"', TEXT) == ["17 15 4 * *", "3 7 * * 0"]
    assert "${{ github.event.schedule == '3 7 * * 0' && 'harvest' || 'survey' }}" in TEXT


def test_nothing_of_this_machine_is_in_it() -> None:
    """Paths stay here; key and contact come from the repository's settings."""
    assert "/home/me" not in TEXT
    assert "hush" not in TEXT
    assert "me@example.org" not in TEXT
    assert 'LLMSURVEY_REPORTS: "reports"' in TEXT
    assert "LLMSURVEY_API_KEY: ${{ secrets.LLMSURVEY_API_KEY }}" in TEXT
    assert "LLMSURVEY_CONTACT: ${{ vars.LLMSURVEY_CONTACT }}" in TEXT


def test_a_value_is_no_expression() -> None:
    """A setting that looks like an expression of GitHub's stays text."""
    assert 'LLMSURVEY_OAI_SETS: "cs,\\"${{ \'${{\' }} secrets.X }}"' in TEXT


def test_rights_and_runs_are_confined() -> None:
    """The workflow may write contents and read actions, and no two runs overlap."""
    rights = TEXT.split("\npermissions:\n")[1].split("\n\n")[0]
    assert re.findall(r"(\w+): (\w+)", rights) == [("contents", "write"), ("actions", "read")]
    assert "concurrency:\n  group: llmsurvey\n  cancel-in-progress: false\n" in TEXT


def test_every_run_ends_with_a_commit() -> None:
    """A report, or else a status line, is committed, also when the run failed."""
    step = TEXT.split("- name: Commit the report, or else one status line\n")[1]
    assert step.lstrip().startswith("if: always()")
    assert "last_run.txt" in step
    assert step.count("git commit") == 2
    assert "60 days" in TEXT


def test_the_text_is_well_formed() -> None:
    """Indentation goes by two, without tabs, and every expression is closed."""
    for line in TEXT.splitlines():
        assert "\t" not in line
        assert not (len(line) - len(line.lstrip())) % 2
        assert line.count("${{") <= line.count("}}")
