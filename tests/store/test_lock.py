"""The lock: one writer at a time, named, and free as soon as its process is gone."""

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from llmsurvey.errors import LockHeld
from llmsurvey.store import lock
from tests.store.stores import store

HOLD = """
import sys, time
from llmsurvey.store import lock
from llmsurvey.store.upgrade import opened
with lock.held(opened(sys.argv[1]), "import"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_note_that_cannot_be_written_stops_no_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file that names the holder is for people; the run itself says where a disk is full."""

    def no_room(*_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    database = store(tmp_path)
    monkeypatch.setattr(Path, "write_text", no_room)
    with lock.held(database, "import"):
        assert lock.holder(database) == "a run that has just begun"


def test_the_second_run_is_told_who_holds_the_lock_until_that_one_is_gone(tmp_path: Path) -> None:
    """A lock names its holder, and falls with the process however it ends."""
    database = store(tmp_path)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, database.place], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(LockHeld, match=f"import, process {holder.pid}"), lock.held(database, "survey"):
        pass
    holder.kill()
    holder.communicate()
    with lock.held(database, "survey"):
        pass
