"""What OAI-PMH says of itself."""

from datetime import date

import pytest

from llmsurvey.sources import faults
from llmsurvey.sources.oai_repository import IDENTIFY, LIST_SETS, check_sets, read_repository, read_sets
from tests.sources.feeds import answered
from tests.standin.exchange import Service

SETS = read_sets(answered([], Service.OAI, LIST_SETS))


def test_the_repository_tells_its_first_day() -> None:
    """The first datestamp and its way with deleted records are read."""
    repository = read_repository(answered([], Service.OAI, IDENTIFY))
    assert (repository.name, repository.earliest, repository.deleted_record) == (
        "arXiv",
        date(2005, 9, 16),
        "persistent",
    )


def test_each_set_is_listed_once() -> None:
    """The nine sets that stand there twice are one each."""
    assert len(SETS) == 174
    assert SETS["cs:cs:CL"] == "Computation and Language"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("cs.CL", "cs:cs:CL"),
        ("cs:cs.CL", "cs:cs:CL"),
        ("hep-th", "physics:hep-th"),
        ("statistics", "stat"),
        ("?", "eess"),
    ],
)
def test_a_set_that_does_not_exist_is_told(name: str, told: str) -> None:
    """The message names the set and those that were probably meant, or all groups."""
    with pytest.raises(faults.NoSuchSet) as raised:
        check_sets(["cs", name], SETS)
    assert repr(name) in raised.value.message
    assert told in raised.value.hint


def test_sets_that_exist_pass() -> None:
    """Groups, archives and categories are all sets."""
    check_sets(["cs", "stat", "cs:cs:CL", "physics:hep-th"], SETS)


def test_another_kind_of_repository_is_refused() -> None:
    """A repository that counts in seconds is not arXiv's."""
    body = answered([], Service.OAI, IDENTIFY).replace(b">YYYY-MM-DD<", b">YYYY-MM-DDThh:mm:ssZ<")
    with pytest.raises(faults.WrongAddress):
        read_repository(body)


def test_answers_without_what_was_asked_are_faults() -> None:
    """A list of no sets and a date that is none are not taken."""
    with pytest.raises(faults.BadXml):
        read_sets(answered([], Service.OAI, IDENTIFY))
    with pytest.raises(faults.BadXml):
        read_repository(answered([], Service.OAI, IDENTIFY).replace(b"2005-09-16", b"long ago"))
