"""Units of systemd are escaped as its manual says."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from llmsurvey.schedule.launch import carried
from llmsurvey.schedule.plan import Timing
from llmsurvey.schedule.systemd import calendar, systemd_text, unit_files

TIMES = {"monthly": Timing(17, 15, day=4), "weekly": Timing(3, 7, weekday=7)}
LAUNCH = carried(
    {"HOME": "/home/me", "LLMSURVEY_REPORTS": '/a b/100% "x" \\ $y', "LLMSURVEY_API_KEY": "hush"},
    program=("/usr/bin/env", "/my dir/50%/$cli.py"),
    folder=Path("/my dir/50%"),
)


def test_paths_are_escaped() -> None:
    """Spaces are quoted, percent signs doubled, dollar signs doubled in arguments only."""
    service = unit_files(LAUNCH, TIMES, [])[0].text.splitlines()
    assert "WorkingDirectory=/my dir/50%%" in service
    assert 'Environment="LLMSURVEY_REPORTS=/a b/100%% \\"x\\" \\\\ $y"' in service
    assert 'ExecStart=/usr/bin/env "/my dir/50%%/$$cli.py" survey --quiet' in service


def test_a_program_with_quotes_in_its_path_is_started_by_env() -> None:
    """Systemd refuses them in the path of the program itself."""
    launch = carried({}, program=("/o'brien/$v/python", "cli.py"), folder=Path("/x"))
    service = unit_files(launch, TIMES, [])[0].text.splitlines()
    assert 'ExecStart=/usr/bin/env "/o\'brien/$$v/python" cli.py survey --quiet' in service


def test_a_secret_is_left_to_a_file() -> None:
    """The key is not written; a file for it is named."""
    text = systemd_text(unit_files(LAUNCH, TIMES, ["LLMSURVEY_API_KEY holds a secret"]))
    assert "hush" not in text
    assert "EnvironmentFile=-%h/.config/llmsurvey/secrets.env" in text


@pytest.mark.parametrize(
    ("when", "expected"),
    [(TIMES["monthly"], "*-*-04 15:17:00 UTC"), (TIMES["weekly"], "Sun *-*-* 07:03:00 UTC")],
)
def test_times_are_calendar_events(when: Timing, expected: str) -> None:
    """Times are in UTC, whatever the machine's zone."""
    assert calendar(when) == expected


def test_timers_make_up_for_what_was_missed() -> None:
    """Each timer is spread and persistent, and belongs to a service of the same name."""
    files = {file.name: file.text for file in unit_files(LAUNCH, TIMES, [])}
    timers = [name for name in files if name.endswith(".timer")]
    assert len(timers) == 2
    for name in timers:
        assert {"Persistent=true", "RandomizedDelaySec=15min", "WantedBy=timers.target"} <= set(
            files[name].splitlines()
        )
        assert name.replace(".timer", ".service") in files


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """`systemd-analyze verify` has nothing to say about the units."""
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        pytest.skip("this machine has no systemd-analyze")
    for file in unit_files(LAUNCH, TIMES, ["a remark"]):
        (tmp_path / file.name).write_text(file.text, encoding="utf-8")
    names = sorted(str(path) for path in tmp_path.iterdir())
    done = subprocess.run([analyze, "verify", *names], capture_output=True, text=True, check=False)
    assert not re.findall(r"llmsurvey-.*", done.stderr)
