"""What the machine says of itself."""

import sys
from datetime import UTC
from pathlib import Path

import pytest

from llmsurvey.errors import Stop
from llmsurvey.schedule.machine import launch_here, machine_id, machine_zone


def test_the_program_is_named_by_full_paths(tmp_path: Path) -> None:
    """Interpreter and launcher of a checkout are absolute, and the link of a virtual environment is kept."""
    launch = launch_here(tmp_path, None, {})
    assert launch.program[0] == sys.executable
    assert all(Path(part).is_absolute() for part in launch.program if part[0] != "-" and part != "llmsurvey")


def test_the_flag_goes_before_the_environment(tmp_path: Path) -> None:
    """`--database` of the call is what the plan works with."""
    launch = launch_here(tmp_path, "sqlite:///a.db", {"LLMSURVEY_DATABASE_URL": "sqlite:///b.db"})
    assert launch.environment["LLMSURVEY_DATABASE_URL"] == "sqlite:///a.db"


def test_an_interpreter_without_a_path_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An embedded Python that does not know itself cannot be planned."""
    monkeypatch.setattr(sys, "executable", "")
    with pytest.raises(Stop, match="its own path"):
        launch_here(tmp_path, None, {})


@pytest.mark.parametrize("content", [None, b"", b"junk"])
def test_a_machine_without_a_zone_keeps_utc(tmp_path: Path, content: bytes | None) -> None:
    """A zone file that is missing or damaged means UTC, as for the C library."""
    file = tmp_path / "localtime"
    if content is not None:
        file.write_bytes(content)
    assert machine_zone(file) is UTC


def test_every_machine_has_an_identity() -> None:
    """There is always something to tell machines apart by."""
    assert machine_id() == machine_id() != ""
