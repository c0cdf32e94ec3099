"""Citation keys."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.exports.citation_keys import unique_keys, wanted_key
from llmsurvey.paper import Paper
from tests.exports.papers import UGLY, a_paper, patient, shelves


@pytest.mark.parametrize(
    ("authors", "title", "key"),
    [
        (("Wayne Xin Zhao",), "A Survey of Large Language Models", "zhao2023survey"),
        (("Zhao, Wayne Xin",), "On the {S}urvey", "zhao2023survey"),
        (('J\\"org M\\"uller',), "T\\^ete-\\`a-t\\^ete", "muller2023tete"),
        (("Bartosz Wcisło",), "Größe", "wcislo2023grosse"),
        (("Aaron van den Oord",), "What's new?", "oord2023whats"),
        (("Moreno D'Incà",), "GPT-4 Technical Report", "dinca2023gpt"),
        (("The ATLAS Collaboration",), "$\\alpha$-decay", "atlas2023decay"),
        (("OpenAI",), "$\\alpha$", "openai2023alpha"),
        ((), "What is it?", "anon2023what"),
        (("",), "", "anon2023untitled"),
        (("", "Ann Lee"), "2023", "lee2023untitled"),
        (("\u738b \u5c0f\u660e",), "\u7efc\u8ff0", "anon2023untitled"),
    ],
)
def test_a_key_is_author_year_word(authors: tuple[str, ...], title: str, key: str) -> None:
    """A key is made of the first family name, the year of version 1 and the first significant title word."""
    assert wanted_key(a_paper(authors=authors, title=title)) == key


def test_the_year_is_that_of_version_one_in_utc() -> None:
    """Later versions and other clocks do not change a key."""
    paper = a_paper(submitted=datetime(2022, 12, 31, 23, 59, tzinfo=UTC), updated=datetime(2025, 1, 1, tzinfo=UTC))
    assert wanted_key(paper) == "zhao2022survey"


def test_the_oldest_paper_keeps_the_bare_key() -> None:
    """Collisions are resolved by arXiv id: bare, a, b, …, z, aa; the identifiers of the 1990s are the oldest."""
    ids = ["2303.00002", "hep-th/9901001", "0704.0001", *(f"2304.{number:05}" for number in range(26))]
    keys = unique_keys(ids, ["x"] * len(ids))
    assert keys[:3] == ["xb", "x", "xa"]
    assert keys[-3:] == ["xz", "xaa", "xab"]


def test_a_letter_never_makes_the_key_of_another_paper() -> None:
    """Where key + letter is a word of its own, the next letter is taken."""
    assert unique_keys(["1", "2", "3"], ["li2023survey", "li2023surveya", "li2023survey"]) == [
        "li2023survey",
        "li2023surveya",
        "li2023surveyb",
    ]


@pytest.mark.parametrize("paper", UGLY, ids=lambda paper: paper.arxiv_id)
def test_ugly_papers_have_plain_keys(paper: Paper) -> None:
    """A key holds lower-case ASCII letters and digits only, and is not longer than a line."""
    assert re.fullmatch(r"[a-z0-9]{1,80}", wanted_key(paper))


@patient
@given(shelves, st.randoms(use_true_random=False))
def test_keys_do_not_depend_on_order(shelf: list[Paper], random: object) -> None:
    """The same papers have the same, different keys however they are shuffled."""
    shuffled = list(shelf)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _keys(shelf) == _keys(shuffled)
    assert len(set(_keys(shelf).values())) == len(shelf)


@given(st.lists(st.sampled_from(["x", "xa", "xaa", "y"]), min_size=1, max_size=40))
def test_later_papers_do_not_change_earlier_keys(wanted: list[str]) -> None:
    """A manuscript's citations outlive the next harvest."""
    ids = [f"2303.{number:05}" for number in range(len(wanted))]
    assert unique_keys(ids, wanted)[:-1] == unique_keys(ids[:-1], wanted[:-1])


def _keys(shelf: list[Paper]) -> dict[str, str]:
    ids = [paper.arxiv_id for paper in shelf]
    return dict(zip(ids, unique_keys(ids, [wanted_key(paper) for paper in shelf]), strict=True))
