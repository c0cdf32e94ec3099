"""The survey over a store: how its answers say they were made."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from llmsurvey.figures.wording import provenance_line
from tests.records import line, snapshot
from tests.store.stores import read, store, survey


def test_asked_for_a_later_date_the_data_are_no_newer(tmp_path: Path) -> None:
    """The line under each number names the date up to which the data reach, not the date that was asked for."""
    database = store(tmp_path)
    read(database, snapshot(tmp_path / "dump.jsonl", [line(day="2018-06-05")]))
    asked = [replace(survey(database), wanted_date=date(*day)) for day in ((2018, 6, 1), (2030, 1, 1))]
    assert [each.provenance().data_as_of for each in asked] == [date(2018, 6, 1), date(2018, 6, 5)]
    assert "Data as of 2018-06-05." in provenance_line(asked[1].provenance(), "stemmed")


def test_a_sample_that_was_read_to_its_end_is_not_called_complete(tmp_path: Path) -> None:
    """Complete is said of months."""
    database = store(tmp_path)
    read(database, snapshot(tmp_path / "dump.jsonl", [line()]))
    (source,) = survey(database).provenance().sources
    assert source == "snapshot dump.jsonl (1 records, 2018-06 to 2018-06, read to the end)"
