"""Imports that are killed, parted over processes or fed by a pipe end with the store of a quiet run."""

import gzip
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from multiprocessing import active_children
from pathlib import Path

import pytest

from llmsurvey.errors import Stop
from llmsurvey.harvest import workers
from llmsurvey.harvest.importing import Importer
from llmsurvey.harvest.workers import Crew
from llmsurvey.sources.digest import Digest
from llmsurvey.store import index_parts
from tests.harvest.snapshots import small_blocks
from tests.records import MATCHING, TRACKED, line, month_of_lines, snapshot
from tests.store.stores import contents, read, store, survey

RUN = """
import sys
from pathlib import Path
from llmsurvey.harvest import workers
from llmsurvey.sources import packing, snapshot_file
from tests.store.stores import opened, read
packing.BLOCK = snapshot_file.BLOCK = 200_000
workers._WORTH_A_PROCESS = int(sys.argv[4])
if __name__ == "__main__":
    database = opened(sys.argv[1])
    print("begun", flush=True)
    read(database, sys.argv[2], keep=sys.argv[3])
    print("done", flush=True)
"""


def start(tmp_path: Path, database: str, file: str, keep: str, *, processes: bool) -> "subprocess.Popen[bytes]":
    """Start an import in a process of its own, with worker processes or without."""
    script = tmp_path / "run.py"
    script.write_text(RUN, encoding="utf-8")
    arguments = [sys.executable, str(script), str(tmp_path / database), file, keep, "0" if processes else str(1 << 40)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)


def group_of(script: Path) -> list[int]:
    """Return the live processes that run a script, or were spawned by one that does."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                environment = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
            except OSError:
                continue
            if str(script.parent).encode() in environment:
                found.append(int(entry.name))
    return found


@pytest.mark.parametrize("keep", ["matched", "all"])
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT], ids=["killed", "Ctrl-C"])
def test_a_run_cut_short_ends_as_an_undisturbed_one(tmp_path: Path, keep: str, ending: signal.Signals) -> None:
    """Cut short at any moment, the next run ends with the same store; no process and no litter is left."""
    lines = [each for month in ("2018-06", "2018-07", "2018-08") for each in month_of_lines(month, 1_500)]
    file = snapshot(tmp_path / "a.jsonl", lines)
    undisturbed = store(tmp_path, "undisturbed.db")
    read(undisturbed, file, keep=keep)
    run = start(tmp_path, "cut.db", str(file), keep, processes=True)
    assert run.stdout is not None
    assert run.stdout.readline() == b"begun\n"
    _wait_for_rows(tmp_path / "cut.db")
    run.send_signal(ending)
    run.communicate(timeout=60)
    _wait_until_gone(tmp_path / "run.py")
    cut = store(tmp_path, "cut.db")
    read(cut, file, keep=keep)
    assert contents(cut) == contents(undisturbed)
    left = {path.name for path in tmp_path.iterdir()}
    assert not [name for name in left if "index-in-work" in name], left


def _wait_for_rows(path: Path) -> None:
    database = store(path.parent, path.name)
    for _ in range(600):
        readings = survey(database).readings()
        if readings and readings[0].records:
            return
        time.sleep(0.01)


def _wait_until_gone(script: Path) -> None:
    if not Path("/proc").is_dir():
        return
    for _ in range(400):
        if not group_of(script):
            return
        time.sleep(0.05)
    pytest.fail(f"processes are left: {group_of(script)}")


@pytest.mark.parametrize("keep", ["matched", "all"])
def test_a_file_that_is_changed_while_it_is_read_is_not_taken_for_the_one_it_was(
    tmp_path: Path, keep: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its digest may be that of the old content, which then would never be read; so the reading is incomplete."""
    small_blocks(monkeypatch)
    lines = [each for month in ("2018-06", "2018-07", "2018-08") for each in month_of_lines(month, 600)]
    file = snapshot(tmp_path / "a.jsonl", lines)
    whole, disturbed, undisturbed = file.read_bytes(), store(tmp_path, "disturbed.db"), store(tmp_path, "quiet.db")

    def shortened(_moved: float) -> None:
        file.write_bytes(b"".join(lines[:1000]))

    done = Importer(disturbed, TRACKED, keep, tmp_path / "rejects", digest=Digest(file))(str(file), shortened)
    assert done.status == "incomplete"
    assert "was changed while it was read" in str(done.fault)
    assert done.tally.records < len(lines)
    file.write_bytes(whole)
    again = read(disturbed, file, keep=keep)
    assert (again.status, again.tally.records) == ("complete", len(lines))
    read(undisturbed, file, keep=keep)
    assert contents(disturbed) == contents(undisturbed)


@pytest.mark.parametrize("at", range(8))
def test_a_run_that_dies_at_a_block_border_ends_the_same(
    tmp_path: Path, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever block a run dies before or after, the next one completes the store."""
    small_blocks(monkeypatch)
    chance = random.Random(at)
    lines = month_of_lines(count=600) + [line(f"1806.{n:05}", MATCHING, later=["2018-09-01"]) for n in range(5, 600, 9)]
    chance.shuffle(lines)
    file, keep = snapshot(tmp_path / "a.jsonl", lines), ("matched", "all")[at % 2]
    undisturbed, cut = store(tmp_path, "undisturbed.db"), store(tmp_path, "cut.db")
    read(undisturbed, file, keep=keep)

    class Died(BaseException):
        pass

    blocks = iter(range(at))

    def dying(moved: float) -> None:
        if moved >= 0 and next(blocks, None) is None:
            raise Died

    with pytest.raises(Died):
        Importer(cut, TRACKED, keep, tmp_path / "rejects")(str(file), dying)
    read(cut, file, keep=keep)
    assert contents(cut) == contents(undisturbed)


@pytest.mark.parametrize("keep", ["matched", "all"])
def test_with_processes_and_without_the_store_is_the_same(
    tmp_path: Path, keep: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Workers and the process that builds the index change the speed and nothing else."""
    small_blocks(monkeypatch)
    file = snapshot(tmp_path / "a.jsonl", [*month_of_lines(count=2_000), b"bad\n"])
    alone, together = store(tmp_path, "alone.db"), store(tmp_path, "together.db")
    one = read(alone, file, keep=keep)
    monkeypatch.setattr(workers, "_WORTH_A_PROCESS", 0)
    many = read(together, file, keep=keep)
    assert one == many
    assert contents(alone) == contents(together)
    assert not list(tmp_path.glob("*index-in-work*"))


def test_a_crew_that_was_started_ahead_is_gone_when_the_index_needs_its_memory(tmp_path: Path) -> None:
    """It reads the first file; another one starts processes of its own, if it is worth some."""
    files = [snapshot(tmp_path / f"{month}.jsonl", month_of_lines(month)) for month in ("2018-06", "2018-07")]
    database = store(tmp_path)
    with Crew(1) as crew:
        importer = Importer(database, TRACKED, "matched", tmp_path / "rejects", crew)
        assert importer(str(files[0])).tally.records == 40
        assert not crew.at_hand
        assert not active_children()
        assert importer(str(files[1])).tally.records == 40


def test_damaged_standard_input_is_known_again(tmp_path: Path) -> None:
    """The same half of a file, piped in twice, is one line of the ledger with what was whole in it."""
    packed = gzip.compress(b"".join(month_of_lines(count=400)))[:-100]
    for _ in range(2):
        run = start(tmp_path, "piped.db", "-", "matched", processes=True)
        run.communicate(packed, timeout=60)
    readings = survey(store(tmp_path, "piped.db")).readings()
    assert [each.status for each in readings] == ["incomplete"]
    assert 300 < readings[0].records < 400


def test_standard_input_is_read_and_known_again(tmp_path: Path) -> None:
    """What comes through a pipe is the same as a file, and the second time it is known."""
    lines = month_of_lines()
    for _ in range(2):
        run = start(tmp_path, "piped.db", "-", "matched", processes=False)
        out, _ = run.communicate(b"".join(lines), timeout=60)
        assert out == b"begun\ndone\n"
    database = store(tmp_path, "piped.db")
    assert [(each.name, each.status, each.records) for each in survey(database).readings()] == [
        ("standard input", "complete", 40)
    ]
    assert read(database, snapshot(tmp_path / "a.jsonl", lines)).status == "already read"


def test_a_reading_that_was_cut_short_stays_on_the_ledger_beside_others(tmp_path: Path) -> None:
    """Another file does not take its place; the same file goes on under the old row."""
    torn = snapshot(tmp_path / "torn.jsonl", month_of_lines())
    other = snapshot(tmp_path / "b.jsonl", month_of_lines("2018-07"))

    def dying(_moved: float) -> None:
        raise KeyboardInterrupt

    database = store(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        Importer(database, TRACKED, "matched", tmp_path / "rejects")(str(torn), dying)
    read(database, other)
    assert [(each.name, each.status) for each in survey(database).readings()] == [
        ("torn.jsonl", "reading"),
        ("b.jsonl", "complete"),
    ]
    read(database, torn)
    assert {(each.name, each.status) for each in survey(database).readings()} == {
        ("torn.jsonl", "complete"),
        ("b.jsonl", "complete"),
    }


def test_what_was_rejected_from_one_pipe_outlives_the_next_one(tmp_path: Path) -> None:
    """Each reading of standard input has a rejects file of its own."""
    for number in range(2):
        run = start(tmp_path, "piped.db", "-", "matched", processes=False)
        run.communicate(line() + b"bad %d\n" % number, timeout=60)
    kept = [json.loads(path.read_bytes())["start"] for path in (tmp_path / "rejects").iterdir()]
    assert sorted(kept) == ["bad 0", "bad 1"]


def test_a_disk_that_is_full_when_the_index_is_taken_over_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite has taken the transaction back by itself; what is told is the disk, not that nothing is to be undone."""

    def full(connection: sqlite3.Connection, *_: str) -> None:
        connection.execute("ROLLBACK")
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(workers, "_WORTH_A_PROCESS", 0)
    file, database = snapshot(tmp_path / "a.jsonl", month_of_lines(count=20)), store(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(index_parts, "add", full)
        with pytest.raises(Stop, match="the disk is full"):
            read(database, file, keep="all")
    assert read(database, file, keep="all").stored.same == 20
