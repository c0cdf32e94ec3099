"""Other processes: new ones and copies of this one do the same, and none outlives its parent."""

import os
import signal
import subprocess
import sys
import time
from multiprocessing import active_children
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event, Thread

import pytest

from llmsurvey.store import children
from llmsurvey.store.children import Child, may_be_copied

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")
BOTH = pytest.mark.parametrize("copied", [False, pytest.param(True, marks=ON_LINUX)])
# Where tests run side by side this process has a second thread, which holds none of the locks that matter here.
pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")


def doubled(pipe: Connection, by: int) -> None:
    """Answer every number with a multiple of it."""
    while True:
        pipe.send(pipe.recv() * by)


@BOTH
def test_a_child_answers_until_it_is_closed(*, copied: bool) -> None:
    """Several do, each on a pipe of its own."""
    several = [Child(doubled, by, copied=copied) for by in (2, 3)]
    for child, answer in zip(several, (14, 21), strict=True):
        child.pipe.send(7)
        assert child.pipe.recv() == answer
    for child in several:
        child.close()
    assert not active_children()
    assert not children._held


def _tunables(pipe: Connection) -> None:
    pipe.send(os.environ.get("GLIBC_TUNABLES", ""))
    pipe.recv()


@pytest.mark.parametrize("own", [None, "", "glibc.malloc.hugetlb=0"])
def test_a_child_may_have_huge_pages_beside_what_its_user_has_tuned(
    own: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And its parent, and other children, stay as they are."""
    if own is None:
        monkeypatch.delenv("GLIBC_TUNABLES", raising=False)
    else:
        monkeypatch.setenv("GLIBC_TUNABLES", own)
    for huge_pages, more in ((True, ["glibc.malloc.hugetlb=1"]), (False, [])):
        child = Child(_tunables, huge_pages=huge_pages)
        assert child.pipe.recv() == ":".join(more + ([own] if own else []))
        child.close()
        assert os.environ.get("GLIBC_TUNABLES") == own


@BOTH
def test_a_child_leaves_an_interrupt_to_its_parent(*, copied: bool) -> None:
    """Ctrl-C goes to all processes of a terminal, and only one of them answers it."""
    child = Child(doubled, 2, copied=copied)
    os.kill(child.process.pid, signal.SIGINT)
    child.pipe.send(1)
    assert child.pipe.recv() == 2
    child.close()
    assert not signal.pthread_sigmask(signal.SIG_BLOCK, ()) & {signal.SIGINT, signal.SIGTERM}


@ON_LINUX
def test_a_copy_ends_when_it_is_told_to_though_its_parent_would_not() -> None:
    """It has the parent's answer to SIGTERM no longer."""
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        child = Child(doubled, 2, copied=True)
        child.close()
    finally:
        signal.signal(signal.SIGTERM, before)
    assert not active_children()


@BOTH
def test_children_are_gone_when_their_parent_was_killed(tmp_path: Path, *, copied: bool) -> None:
    """The first one, too, though a copy that was made later knows its pipe."""
    program = tmp_path / "parent.py"
    program.write_text(
        "import os, signal\n"
        "from llmsurvey.store.children import Child\n"
        "from tests.store.test_children import doubled\n"
        "if __name__ == '__main__':\n"
        f"    several = [Child(doubled, 2, copied={copied}) for _ in range(3)]\n"
        "    for child in several:\n"
        "        child.pipe.send(1)\n"
        "        child.pipe.recv()\n"
        "    print(*(child.process.pid for child in several), flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    told = subprocess.run([sys.executable, program], stdout=subprocess.PIPE, env=here, check=False)
    numbers = [int(each) for each in told.stdout.split()]
    assert len(numbers) == 3
    waiting_until = time.monotonic() + 20
    while any(_lives(number) for number in numbers):
        assert time.monotonic() < waiting_until
        time.sleep(0.02)


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{number}/stat")  # one that nobody has buried yet is dead all the same
    return not (stat.exists() and stat.read_text(encoding="ascii").rpartition(")")[2].split()[0] == "Z")


def test_a_process_with_several_threads_is_not_copied() -> None:
    """A thread may hold a lock that nobody opens in the copy."""
    enough = Event()
    thread = Thread(target=enough.wait)
    thread.start()
    assert not may_be_copied()
    enough.set()
    thread.join()
