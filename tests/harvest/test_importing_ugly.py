"""Importing what is damaged: the bad is set aside and told, the rest goes in, nothing is lost."""

import os
import random
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import event

from llmsurvey.errors import Stop
from llmsurvey.harvest.importing import Importer
from llmsurvey.sources import packing
from llmsurvey.sources.snapshot_input import BLOCK
from llmsurvey.survey import Question
from tests.harvest.snapshots import packed_as, small_blocks
from tests.records import MATCHING, TRACKED, line, month_of_lines, snapshot
from tests.store.stores import contents, read, store, survey

QUESTION = Question(TRACKED[0].phrase)


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
    huge = line("1806.00002", abstract="x" * (3 * BLOCK))
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
    small_blocks(monkeypatch)
    file = snapshot(tmp_path / "a.jsonl", month_of_lines(count=2_000, every=1))
    undisturbed = store(tmp_path, "undisturbed.db")
    read(undisturbed, file)
    small = store(tmp_path, "small.db")
    event.listen(small.engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 40"))
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
