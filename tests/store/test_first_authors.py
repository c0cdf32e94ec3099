"""Papers by their first author: none is missed, whatever the name is written in, and few others are read."""

from pathlib import Path

import pytest

from llmsurvey.exports.citation_keys import author_and_year, author_of
from llmsurvey.month import Month
from llmsurvey.store.database import Database
from llmsurvey.store.first_authors import by_first_author
from tests.stored_papers import a_paper, a_store

PLAIN = [f"Ann{number} {chr(97 + number % 26)}{chr(97 + number // 26)}family" for number in range(100)]
UGLY = [
    "Jean-Paul Smith-Jones",
    "Guido Van Rossum",
    "Daniele De  Rossi",
    "Van der Waals, Johannes",
    "Smith, Jr., John",
    "Santiago Ramón y Cajal",
    'Erwin Schr\\"odinger',
    "Brian O'Neil",
    "O. Neil",
    "Søren Ørsted",
    "The Team",
    "The ATLAS Collaboration",
    "D0 Collaboration",
    "2023 2023",
    "小明 王",
    "",
    f"{'Long ' * 20}Family",
    f"Ann {'Verylong' * 20}",
]
MONTH = Month(2023, 3)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Store a paper by each author, and one by nobody."""
    authors = [(name, "Bo Second") for name in (*PLAIN, *UGLY)]
    papers = [a_paper(f"2303.{number:05}", authors=each) for number, each in enumerate([*authors, ()], 1)]
    return a_store(Path(tmp_path_factory.mktemp("authors")) / "s.db", papers)


def test_no_paper_is_missed_that_could_want_the_same_key(shelf: Database) -> None:
    """Each paper is found by the author whom its own key names."""
    for paper in by_first_author(shelf, MONTH, MONTH, [""]):
        named = author_of(author_and_year(paper))
        assert paper in list(by_first_author(shelf, MONTH, MONTH, [named])), paper.authors
    assert len(list(by_first_author(shelf, MONTH, MONTH, [""]))) == len(PLAIN) + len(UGLY) + 1


def test_papers_by_others_are_not_read(shelf: Database) -> None:
    """A plainly written name that is not asked for is left out, and so is another month."""
    found = {paper.authors[:1] for paper in by_first_author(shelf, MONTH, MONTH, ["aafamily", "vanrossum"])}
    assert {("Guido Van Rossum",), (PLAIN[0],)} <= found
    assert not found & {(name,) for name in PLAIN[1:]}
    assert not list(by_first_author(shelf, MONTH + 1, MONTH + 1, ["aafamily"]))


def test_many_names_are_as_good_as_all(shelf: Database) -> None:
    """Asked for more names than are worth a look each, every paper of the months comes."""
    names = [f"name{number}" for number in range(100)]
    assert len(list(by_first_author(shelf, MONTH, MONTH, names))) == len(PLAIN) + len(UGLY) + 1
