"""The crontab's lines do what they say, from cron's bare environment."""

import re
import subprocess
from pathlib import Path

import pytest

from llmsurvey.errors import Stop
from llmsurvey.schedule.cron import crontab_line, fields
from llmsurvey.schedule.launch import Launch, carried
from llmsurvey.schedule.machine import launch_here
from llmsurvey.schedule.plan import PLANS, Timing

WHEN = Timing(17, 9, day=4)


def as_cron_runs(line: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a crontab line as cron does: without the times, in /bin/sh, from an empty environment."""
    command = line.split(maxsplit=5)[5].replace(r"\%", "%")
    command = re.sub(r" (survey|harvest) --quiet >/dev/null", " config show", command)
    bare = {"HOME": str(home), "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"}
    return subprocess.run(["/bin/sh", "-c", command], env=bare, cwd="/", capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["plain", """100% it's a "$HOME" #1 报告 a=b;c&d back\\slash"""], ids=["plain", "odd"])
def test_a_line_works_from_a_bare_environment(name: str, tmp_path: Path) -> None:
    """Folder, settings and program are found, whatever signs the folder has."""
    folder = tmp_path / name
    folder.mkdir()
    (folder / "llmsurvey.toml").write_text('contact = "from@the.folder"', encoding="utf-8")
    given = {"HOME": str(tmp_path / "home"), "LLMSURVEY_OAI_SETS": "math", "LLMSURVEY_REPORTS": f"{folder}/out"}
    line = crontab_line(PLANS[0], launch_here(folder, None, given), WHEN)
    done = as_cron_runs(line, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "from@the.folder" in done.stdout
    assert re.search(r"oai_sets +math +environment", done.stdout)
    assert f"{folder}/out" in done.stdout
    assert list((tmp_path / "home").rglob("llmsurvey.log"))


def test_a_program_in_a_path_with_an_equals_sign_is_found(tmp_path: Path) -> None:
    """`env` does not take the program for an assignment."""
    program = tmp_path / "a=b"
    program.write_text('#!/bin/sh\necho "$LLMSURVEY_UNATTENDED" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    line = crontab_line(PLANS[1], carried({}, program=(str(program),), folder=tmp_path), WHEN)
    assert as_cron_runs(line, tmp_path).stdout == "weekly config show\n"


def test_a_line_too_long_for_cron_is_refused() -> None:
    """What cron would cut off is not installed."""
    launch = Launch(("/python",), Path("/x"), {"LLMSURVEY_CONTACT": "x" * 1000})
    with pytest.raises(Stop, match="cron takes 998"):
        crontab_line(PLANS[0], launch, WHEN)


@pytest.mark.parametrize(
    ("when", "expected"),
    [(WHEN, "17 9 4 * *"), (Timing(1, 2, weekday=1), "1 2 * * 1"), (Timing(1, 2, weekday=7), "1 2 * * 0")],
)
def test_times_are_five_fields(when: Timing, expected: str) -> None:
    """Sunday is 0, which every cron knows."""
    assert fields(when) == expected
