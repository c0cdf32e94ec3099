"""Importing: every record counted once, however it is packed and in whatever order it comes."""

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import pytest
from blake3 import blake3
from hypothesis import given, settings
from hypothesis import strategies as st

from llmsurvey.month import Month
from llmsurvey.phrase import Phrase
from llmsurvey.store import denominators
from llmsurvey.survey import Question, TrackedPhrase
from tests.harvest.snapshots import packed_as, small_blocks
from tests.records import MATCHING, PLAIN, TRACKED, line, month_of_lines, snapshot
from tests.store.stores import contents, read, store, survey, tables

QUESTION = Question(TRACKED[0].phrase)


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


def test_what_a_killed_run_left_is_cleared_away_by_the_next(tmp_path: Path) -> None:
    """Also where that has nothing to read: Ctrl-C may come while the last file is removed."""
    database, file = store(tmp_path), snapshot(tmp_path / "a.jsonl", [line()])
    read(database, file)
    (litter := tmp_path / "survey.db.index-in-work-2").touch()
    assert read(database, file).status == "already read"
    assert not litter.exists()


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


def test_the_ledger_names_a_file_by_its_whole_content(tmp_path: Path) -> None:
    """The hash on the ledger is the whole file's, though it is worked out while the file is read."""
    file, database = snapshot(tmp_path / "a.jsonl", month_of_lines()), store(tmp_path)
    read(database, file)
    ((_, _, digest, *_),) = tables(database, "snapshots")[0]
    assert digest == f"blake3:{blake3(file.read_bytes()).hexdigest()}"


papers = st.builds(
    lambda number, versions, category, title: line(
        f"1806.{number:05}", title, later=["2018-07-01"] * versions, categories=category
    ),
    st.integers(1, 250) | st.integers(1, 5),
    st.integers(0, 2),
    st.sampled_from(["cs.CL", "cs.AI cs.CL", "math.AG"]),
    st.sampled_from([MATCHING, PLAIN, PLAIN]),
)


@settings(max_examples=25)
@given(
    files=st.lists(st.lists(papers, min_size=1, max_size=40), min_size=1, max_size=3),
    keep=st.sampled_from(["matched", "all"]),
)
def test_the_denominators_are_those_of_all_papers_ever_read(files: list[list[bytes]], keep: str) -> None:
    """Added up along the way or counted in the end, whether papers come once, twice, or again in another file."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        small_blocks(patch)
        database = store(Path(folder))
        for number, lines in enumerate(files):
            read(database, snapshot(Path(folder) / f"{number}.jsonl", lines), keep=keep)
            with database.reading() as connection:
                assert denominators.kept(connection) == denominators.count(connection)
        database.close()


def test_papers_that_come_once_into_an_empty_store_need_no_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of millions it takes a second; those of a second file, or that come twice, may be known and are counted."""
    count = mock.Mock(wraps=denominators.count)
    monkeypatch.setattr(denominators, "count", count)
    once = month_of_lines(count=8)
    read(store(tmp_path, "a.db"), snapshot(tmp_path / "a.jsonl", once))
    assert not count.called
    read(store(tmp_path, "b.db"), snapshot(tmp_path / "b.jsonl", [*once, once[0]]))
    read(store(tmp_path, "a.db"), snapshot(tmp_path / "c.jsonl", month_of_lines("2018-07", count=8)))
    assert count.call_count == 2
