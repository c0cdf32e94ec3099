"""Importing: every record counted once, nothing lost, and the same store however the run went."""

import gzip
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from sqlalchemy import event

from llmsurvey.errors import Stop
from llmsurvey.harvest import importing
from llmsurvey.harvest.importing import Importer
from llmsurvey.month import Month
from llmsurvey.phrase import Phrase
from llmsurvey.sources import packing, snapshot_file
from llmsurvey.survey import Question, TrackedPhrase
from tests.records import MATCHING, PLAIN, TRACKED, line, month_of_lines, snapshot
from tests.store.stores import contents, read, store, survey, tables

QUESTION = Question(TRACKED[0].phrase)


def packed_as(kind: str, folder: Path, data: bytes) -> Path:
    """Write data plain or packed."""
    path = folder / f"snapshot.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("arxiv-metadata-oai-snapshot.json", data)
            archive.writestr("__MACOSX/._arxiv-metadata-oai-snapshot.json", b"not for us")
        return path
    pack: dict[str, Callable[[bytes], bytes]] = {
        "jsonl": bytes,
        "gz": gzip.compress,
        "zst": zstandard.ZstdCompressor().compress,
    }
    path.write_bytes(pack[kind](data))
    return path


@pytest.mark.parametrize("kind", ["jsonl", "gz", "zip", "zst"])
@pytest.mark.parametrize("keep", ["matched", "all"])
def test_a_snapshot_is_read_however_it_is_packed(tmp_path: Path, kind: str, keep: str) -> None:
    """Every record is counted, and the matching ones, or all, are stored."""
    file = packed_as(kind, tmp_path, b"".join(month_of_lines(count=40)))
    database = store(tmp_path)
    done = read(database, file, keep=keep)
    assert (done.status, done.tally.records, done.tally.matched) == ("complete", 40, 10)
    assert done.stored.added == (10 if keep == "matched" else 40)
    assert [(str(p.month), p.count, p.total) for p in survey(database).series(QUESTION).points] == [("2018-06", 10, 40)]


def test_importing_again_changes_nothing_and_says_so(tmp_path: Path) -> None:
    """The second import of the same content is known at once, even under another name."""
    database, lines = store(tmp_path), month_of_lines()
    read(database, snapshot(tmp_path / "a.jsonl", lines))
    before = contents(database)
    done = read(database, snapshot(tmp_path / "b.jsonl", lines))
    assert done.status == "already read"
    assert contents(database) == before


def test_another_file_with_the_same_papers_changes_no_paper(tmp_path: Path) -> None:
    """A paper that stands in several files is counted once."""
    database, lines = store(tmp_path), month_of_lines()
    read(database, snapshot(tmp_path / "a.jsonl", lines))
    before = tables(database, "papers", "census", "denominators", "identifiers", "changes")
    done = read(database, snapshot(tmp_path / "b.jsonl", reversed(lines)))
    assert (done.status, done.stored.added, done.stored.changed) == ("complete", 0, 0)
    assert tables(database, "papers", "census", "denominators", "identifiers", "changes") == before


def test_a_wider_reading_of_the_same_file_adds(tmp_path: Path) -> None:
    """A newly tracked phrase, or keeping all, reads a file again and adds what was not stored."""
    lines = [*month_of_lines(count=8), line("1806.00009", "On toy robots")]
    file, database = snapshot(tmp_path / "a.jsonl", lines), store(tmp_path)
    read(database, file)
    wider = (*TRACKED, TrackedPhrase(Phrase("toy robot"), Month(2018, 6)))
    assert read(database, file, tracked=wider).stored.added == 1
    assert read(database, file, tracked=TRACKED).status == "already read"
    assert read(database, file, keep="all").stored.added == 6
    assert read(database, file, tracked=wider).status == "already read"


def test_a_newly_tracked_phrase_is_a_hole_that_names_the_file(tmp_path: Path) -> None:
    """Which file must be read again is told, until it has been."""
    file, database = snapshot(tmp_path / "old.jsonl", month_of_lines()), store(tmp_path)
    read(database, file)
    wider = (*TRACKED, TrackedPhrase(Phrase("toy robot"), Month(2018, 6)))
    holes = [hole for hole in survey(database, wider).holes() if hole.status == "not looked for"]
    assert [hole.phrase for hole in holes] == ["toy robot"]
    assert "old.jsonl" in holes[0].reason
    assert holes[0].window == (Month(2018, 6), Month(2018, 6))
    read(database, file, tracked=wider)
    assert not [hole for hole in survey(database, wider).holes() if hole.status == "not looked for"]
    assert len(survey(database, wider).provenance().sources) == 1


@pytest.mark.parametrize("keeps", [("all", "matched"), ("matched", "all")])
def test_papers_that_another_packing_brought_are_no_hole(tmp_path: Path, keeps: tuple[str, str]) -> None:
    """A count of any phrase is whole where all papers of a file are stored, though that file was read for few."""
    data = b"".join(month_of_lines(count=40))
    database = store(tmp_path)
    files = [packed_as(kind, tmp_path, data) for kind in ("gz", "jsonl")]
    first, second = (read(database, file, keep=keep) for file, keep in zip(files, keeps, strict=True))
    assert (first.stored.added + second.stored.added, second.stored.changed) == (40, 0)
    assert survey(database).series(Question(Phrase("gas"))).within is None
    other = tmp_path / "other.jsonl"
    other.write_bytes(line("2301.00001", day="2023-01-02"))
    read(database, other, keep="matched")
    assert "other.jsonl" in str(survey(database).series(Question(Phrase("gas"))).within)
    assert "snapshot" not in str(survey(database).series(Question(Phrase("gas"))).within)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_of_files_does_not_matter(tmp_path: Path, order: tuple[int, ...]) -> None:
    """Papers that are revised, moved or repeated from file to file end the same in any order."""
    files = [
        snapshot(
            tmp_path / "0.jsonl", [line("1806.00001", MATCHING), line("1806.00002", MATCHING, categories="cs.AI")]
        ),
        snapshot(tmp_path / "1.jsonl", [line("1806.00001", PLAIN, later=["2018-08-01"]), line("1806.00003")]),
        snapshot(
            tmp_path / "2.jsonl", [line("1806.00002", MATCHING, categories="cs.CL"), line("1806.00003", MATCHING)]
        ),
    ]
    database = store(tmp_path)
    read(database, *(files[at] for at in order))
    assert [point.count for point in survey(database).series(QUESTION).points][:1] == [2]
    assert survey(database).by_category(QUESTION) == (("cs.CL", 2),)
    assert tables(database, "census", "denominators", "identifiers") == [
        [
            ("1806.00001", "2018-06", "cs.CL", 2),
            ("1806.00002", "2018-06", "cs.CL", 1),
            ("1806.00003", "2018-06", "cs.CL", 1),
        ],
        [("2018-06", "cs.CL", 3)],
        [("2018-06", 3, 3)],
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_the_latest_of_several_versions_in_one_file_counts(tmp_path: Path, *, turned: bool) -> None:
    """A paper that stands twice in a file is counted once, as its later version is."""
    pair = [line("1806.00001", MATCHING), line("1806.00001", PLAIN, later=["2018-07-01"])]
    file, database = snapshot(tmp_path / "a.jsonl", reversed(pair) if turned else pair), store(tmp_path)
    done = read(database, file)
    assert (done.tally.records, done.tally.distinct) == (2, 1)
    assert sum(point.count for point in survey(database).series(QUESTION).points) == 0


def test_identifiers_that_are_not_as_arxiv_writes_them_are_kept_and_counted(tmp_path: Path) -> None:
    """`704.0001` was read as a number once: it is a paper all the same, and the ledger says how many are like that."""
    database = store(tmp_path)
    lines = [
        line("704.0001", day="2007-04-02"),
        line("1412.698", day="2014-12-22"),
        line("math.GT/0309136", day="2003-09-08"),
    ]
    done = read(database, snapshot(tmp_path / "a.jsonl", lines), keep="all")
    assert (done.tally.records, done.tally.odd_ids, done.tally.distinct) == (3, 2, 3)
    assert [row[0] for row in tables(database, "census")[0]] == ["1412.698", "704.0001", "math.GT/0309136"]


BAD_LINES = {
    "no JSON": b"nonsense\n",
    "cut off": line()[:100] + b"\n",
    "an array": b"[1, 2]\n",
    "no id": line(id=...),
    "no title": line(title=...),
    "null title": line(title=None),
    "no abstract": line(abstract=...),
    "no versions": line(versions=...),
    "empty versions": line(versions=[]),
    "version two only": line(versions=[{"version": "v2", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}]),
    "impossible day": line(versions=[{"version": "v1", "created": "Mon, 32 Apr 2007 19:18:42 GMT"}]),
    "no date": line(versions=[{"version": "v1", "created": "some day"}]),
    "a date at the end of time": line(versions=[{"version": "v1", "created": "Fri, 31 Dec 9999 23:59:59 -0100"}]),
    "the future": line(day="2997-06-01"),
    "a huge version": line(
        versions=[{"version": f"v{number}", "created": "Mon, 2 Apr 2007 19:18:42 GMT"} for number in ("1", "9" * 5000)]
    ),
    "a numeric id": line().replace(b'"1806.00001"', b"1806.00001"),
    "no identifier": line("nonsense"),
    "invalid UTF-8": line().replace(b"toys", b"\xff\xfe"),
    "invalid UTF-8 where nothing is read": line().replace(b'"submitter": "Ann', b'"submitter": "\xff'),
    "a lone surrogate": line(title="half a \ud800 character"),
    "a megabyte of title": line(title="x" * 1_000_000),
    "a blank title": line(title=" \n "),
    "categories without end": line(categories="cs.CL " * 1_000),
    "deep JSON": b'{"a":' * 100_000 + b"\n",
    "a NUL": b"\0\n",
}


@pytest.mark.parametrize("bad", BAD_LINES.values(), ids=BAD_LINES.keys())
def test_a_bad_line_is_rejected_and_the_rest_goes_in(tmp_path: Path, bad: bytes) -> None:
    """A bad record is counted, told with its line number and written down; the good ones around it are taken."""
    database = store(tmp_path)
    file = snapshot(tmp_path / "a.jsonl", [line("1806.00002"), b"\r\n", bad, line("1806.00003", MATCHING)])
    done = read(database, file)
    assert (done.status, done.tally.records, done.tally.rejected) == ("complete", 2, 1)
    assert [reject.line for reject in done.rejects] == [3]
    assert done.rejects_file is not None
    assert len(done.rejects_file.read_text(encoding="utf-8").splitlines()) == 1


def test_ugly_files_that_are_sound_are_read_whole(tmp_path: Path) -> None:
    """A byte order mark, Windows line ends, blank lines and a last line without an end are no faults."""
    lines = [
        b"\xef\xbb\xbf",
        line("1806.00001").replace(b"\n", b"\r\n"),
        b"\n  \n",
        line("1806.00002"),
        line("1806.00003").rstrip(),
    ]
    for kind in ("jsonl", "gz"):
        folder = tmp_path / kind
        folder.mkdir()
        done = read(store(folder), packed_as(kind, folder, b"".join(lines)))
        assert (done.tally.records, done.tally.rejected) == (3, 0)


def test_a_torn_zip_with_a_folder_in_it_is_read(tmp_path: Path) -> None:
    """What was whole is kept as well where the archive begins with the folder that the snapshot lies in."""
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("arxiv/", b"")
        archive.writestr("arxiv/snapshot.json", b"".join(month_of_lines(count=40)))
    file.write_bytes(file.read_bytes()[:-140])  # the directory at the end
    done = read(store(tmp_path), file)
    assert (done.status, done.tally.records) == ("incomplete", 40)


@pytest.mark.parametrize("kind", ["jsonl", "gz", "zst"])
def test_a_line_without_end_is_one_reject(tmp_path: Path, kind: str) -> None:
    """A line of tens of megabytes is cut short on the way, rejected, and the next one is read."""
    huge = line("1806.00002", abstract="x" * (3 * packing.BLOCK))
    file = packed_as(kind, tmp_path, b"".join([line("1806.00001"), huge, line("1806.00003"), b"nonsense\n"]))
    done = read(store(tmp_path), file)
    assert (done.tally.records, done.tally.rejected) == (2, 2)
    assert [reject.line for reject in done.rejects] == [2, 4]
    assert "megabytes" in done.rejects[0].reason


@pytest.mark.parametrize("kind", ["gz", "zip", "zst"])
def test_what_was_whole_of_a_torn_archive_is_kept(tmp_path: Path, kind: str) -> None:
    """A download cut short is incomplete on the ledger, and its whole records are in the store."""
    chance = random.Random(1)
    lines = [line(f"1806.{n:05}", abstract="".join(chance.choices("abcdefgh ", k=900))) for n in range(1, 400)]
    file = packed_as(kind, tmp_path, b"".join(lines))
    file.write_bytes(file.read_bytes()[: file.stat().st_size * 2 // 3])
    database = store(tmp_path)
    done = read(database, file)
    assert done.status == "incomplete"
    assert done.fault is not None
    assert 150 < done.tally.records < 300
    assert [hole.status for hole in survey(database).holes()][:1] == ["incomplete"]
    assert read(database, file).status == "incomplete"
    assert [hole.status for hole in survey(database).holes()][:1] == ["incomplete"]
    packed_as(kind, tmp_path, b"".join(lines))
    assert read(database, file).status == "complete"
    assert "incomplete" not in [hole.status for hole in survey(database).holes()]


@pytest.mark.parametrize("kind", ["jsonl", "gz"])
def test_a_file_that_ends_in_the_middle_of_a_record_is_incomplete(tmp_path: Path, kind: str) -> None:
    """A plain download that was cut short is known by its last line; a bad line that has an end is only a bad line."""
    lines, database = month_of_lines(count=40), store(tmp_path)
    done = read(database, packed_as(kind, tmp_path, b"".join(lines)[:-30]))
    assert (done.status, done.tally.records, done.tally.rejected) == ("incomplete", 39, 1)
    assert "ends in the middle of a record" in str(done.fault)
    assert read(database, packed_as(kind, tmp_path, b"".join(lines)[:-30] + b"\n")).status == "complete"


def test_a_torn_file_stays_a_hole_beside_whole_ones_that_are_no_copy_of_it(tmp_path: Path) -> None:
    """Neither another file nor one with less in it fills the hole."""
    lines, database = month_of_lines(count=400), store(tmp_path)
    file = packed_as("gz", tmp_path, b"".join(lines))
    file.write_bytes(file.read_bytes()[:-100])
    read(database, file, snapshot(tmp_path / "other.jsonl", lines))
    read(database, packed_as("gz", tmp_path, b"".join(lines[:20])))
    assert [hole.status for hole in survey(database).holes()][:1] == ["incomplete"]


@pytest.mark.parametrize(
    "data",
    [b"nothing of it\n" * 1_000_000, b"\n" * 5_000_000, b"x" * 30_000_000, b"[\n" + line() * 3, os.urandom(200_000)],
    ids=["junk lines", "blank lines", "one line", "an array", "noise"],
)
def test_a_file_without_records_is_refused_and_forgotten(tmp_path: Path, data: bytes) -> None:
    """What holds no record is named for what it is, early, and leaves nothing on the ledger."""
    database, file = store(tmp_path), tmp_path / "a.jsonl"
    file.write_bytes(data)
    before = contents(database)
    with pytest.raises(Stop, match=r"a\.jsonl (holds no arXiv record|is a JSON array)"):
        read(database, file)
    assert contents(database) == before


def test_rubbish_after_a_record_fills_no_disk(tmp_path: Path) -> None:
    """Of very many bad lines all are counted, but not all are written down."""
    file = snapshot(tmp_path / "a.jsonl", [line(), b"x\n" * 300_000])
    done = read(store(tmp_path), file)
    assert done.tally.rejected == 300_000
    assert done.rejects_file is not None
    assert done.rejects_file.stat().st_size < 1_000_000


def test_a_zip_with_several_members_is_refused_and_forgotten(tmp_path: Path) -> None:
    """Which of several files is meant is not guessed, and the ledger has no reading of it."""
    file, database = tmp_path / "a.zip", store(tmp_path)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.json", line())
        archive.writestr("b.json", line())
    with pytest.raises(Stop, match=r"holds 2 files \(a\.json, b\.json\)"):
        read(database, file)
    assert survey(database).readings() == ()


@pytest.mark.parametrize("kind", ["gz", "zip", "zst"])
def test_an_archive_bomb_is_left_alone(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive that unpacks to hundreds of times its size is not read on."""
    monkeypatch.setattr(packing, "_BOMBS_FROM", 16 << 20)
    file = packed_as(kind, tmp_path, line() + b"0" * (64 << 20))
    done = read(store(tmp_path), file)
    assert done.status == "incomplete"
    assert "bomb" in str(done.fault)


def test_a_full_disk_stops_and_the_next_run_ends_as_an_undisturbed_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the database cannot grow, the error says so, whole blocks stay, and the rest comes later."""
    _small_blocks(monkeypatch)
    file = snapshot(tmp_path / "a.jsonl", month_of_lines(count=2_000, every=1))
    undisturbed = store(tmp_path, "undisturbed.db")
    read(undisturbed, file)
    small = store(tmp_path, "small.db")
    event.listen(small.engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 90"))
    with pytest.raises(Stop, match="disk is full"):
        read(small, file)
    grown = store(tmp_path, "small.db")
    status, points = survey(grown).readings()[0].status, survey(grown).series(QUESTION).points
    assert status == "reading"
    assert 0 < points[0].count < 2_000
    assert points[0].count == points[0].total
    read(grown, file)
    assert contents(grown) == contents(undisturbed)


def test_rejects_that_cannot_be_written_stop_the_run(tmp_path: Path) -> None:
    """Where the rejects file cannot be made, that is said rather than passed over."""
    file, database = snapshot(tmp_path / "a.jsonl", [line(), b"bad\n"]), store(tmp_path)
    (tmp_path / "taken").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(Stop, match="rejected lines cannot be written"):
        Importer(database, TRACKED, "matched", tmp_path / "taken")(str(file))


def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (snapshot_file, packing):
        monkeypatch.setattr(module, "BLOCK", 50_000)
    monkeypatch.setattr(snapshot_file, "FIRST_BLOCK", 5_000)


RUN = """
import sys
from pathlib import Path
from llmsurvey.harvest import importing
from llmsurvey.sources import packing, snapshot_file
from tests.store.stores import opened, read
packing.BLOCK = snapshot_file.BLOCK = 200_000
importing._WORTH_A_PROCESS = int(sys.argv[4])
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


@pytest.mark.parametrize("at", range(8))
def test_a_run_that_dies_at_a_block_border_ends_the_same(
    tmp_path: Path, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever block a run dies before or after, the next one completes the store."""
    _small_blocks(monkeypatch)
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
    _small_blocks(monkeypatch)
    file = snapshot(tmp_path / "a.jsonl", [*month_of_lines(count=2_000), b"bad\n"])
    alone, together = store(tmp_path, "alone.db"), store(tmp_path, "together.db")
    one = read(alone, file, keep=keep)
    monkeypatch.setattr(importing, "_WORTH_A_PROCESS", 0)
    many = read(together, file, keep=keep)
    assert one == many
    assert contents(alone) == contents(together)
    assert not list(tmp_path.glob("*index-in-work*"))


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


def test_the_ledger_names_a_file_by_its_whole_content(tmp_path: Path) -> None:
    """The hash on the ledger is the file's SHA-256, though it is worked out while the file is read."""
    file, database = snapshot(tmp_path / "a.jsonl", month_of_lines()), store(tmp_path)
    read(database, file)
    ((_, _, digest, *_),) = tables(database, "snapshots")[0]
    assert digest == hashlib.sha256(file.read_bytes()).hexdigest()


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
