"""Sifting a block: what is stored, what is only counted, what is rejected."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.harvest.sift import Sieve, Wanted
from llmsurvey.phrase import Phrase, Rule, matches
from llmsurvey.store.distinct import Identifiers
from tests.records import MATCHING, line
from tests.texts import texts

PHRASES = ("language model", "large language model", "gas")


def wanted(*, keep_all: bool = False, stored: tuple[str, ...] = ()) -> Wanted:
    """Return what is looked for."""
    identifiers = Identifiers()
    identifiers.new_among(stored)
    return Wanted(PHRASES, keep_all, identifiers, "2026-11-25")


def test_a_later_version_of_a_stored_paper_is_wanted_though_it_does_not_match() -> None:
    """Or the store would count what its latest version no longer says."""
    block = line("1806.00001", later=["2018-07-01"]) + line("1806.00002", later=["2018-07-01"]) + line("1806.00003")
    found = Sieve(wanted(stored=("1806.00001", "1806.00003")))(block)
    assert [row[0] for row in found.papers] == ["1806.00001"]
    assert found.census == {"1806.000": ("02 2018-06 cs.CL 2\n03 2018-06 cs.CL 1", 0b1100)}
    assert (found.tally.records, found.tally.matched) == (3, 0)


def test_a_later_version_in_the_same_file_is_wanted_as_well() -> None:
    """What the sieve let through once it knows again."""
    found = Sieve(wanted())(line("1806.00001", MATCHING) + line("1806.00001", later=["2018-07-01"]))
    assert [row[9] for row in found.papers] == [1, 2]


@pytest.mark.parametrize("field", ["title", "abstract"])
def test_a_line_beyond_ascii_is_searched_where_its_title_or_abstract_is(field: str) -> None:
    """Most such lines have an author's accent, which is no reason to read their texts."""
    sieve = Sieve(Wanted(("language model",), keep_all=False, stored=Identifiers(), tomorrow="2026-11-25"))
    found = sieve(line("1806.00001", authors="Bal\u00e1zs") + line("1806.00002", **{field: "Langu\u00e1ge models"}))
    assert [row[0] for row in found.papers] == ["1806.00002"]


def test_a_version_that_is_named_twice_is_one_version() -> None:
    """A record of a stored paper that says no more than the store knows is only counted."""
    first = {"version": "v1", "created": "Mon, 4 Jun 2018 19:18:42 GMT"}
    found = Sieve(wanted(stored=("1806.01234",)))(line("1806.01234", versions=[first, first]))
    assert (found.papers, found.census) == ([], {"1806.012": ("34 2018-06 cs.CL 1", 1 << 34)})


def test_what_is_told_of_a_block_is_told_of_all_its_records() -> None:
    """Also where they stand in several pieces, with damage between them."""
    lines = [
        line("1806.01234", day="2018-06-07"),
        line("1806.01235", day="2018-06-09"),
        line("1806.1236", day="2018-06-05"),
        b"rubbish\n",
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("llmsurvey.sources.snapshot_lines._PIECE", 1)
        found = Sieve(wanted())(b"".join(lines))
    assert found.counts == {("2018-06", "cs.CL"): 3}
    assert [each.line for each in found.rejects] == [4]
    assert (found.lines, found.tally.records, found.tally.odd_ids, found.tally.data_date) == (4, 3, 1, "2018-06-09")


def test_a_text_too_long_to_be_taken_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few megabytes of accents kept the search busy for a minute, and the line is rejected in any case."""
    monkeypatch.setattr("llmsurvey.harvest.glance.Glance.__call__", lambda *_: pytest.fail("it was searched"))
    found = Sieve(wanted())(line(title="a language model " * 400) + line(abstract="a\u0301 language model " * 8_000))
    assert [each.line for each in found.rejects] == [1, 2]


words = st.sampled_from(["language", "Languages", "models", "modelling", "large", "gas", "gass", "x"])


@given(title=texts | st.lists(words, max_size=6).map(" ".join), abstract=st.lists(words, min_size=1).map("-".join))
def test_a_record_is_stored_when_a_phrase_matches_by_any_rule(title: str, abstract: str) -> None:
    """The quick look at the text never decides otherwise than the rules."""
    found = Sieve(wanted())(line(title=title, abstract=abstract))
    expected = any(matches(rule, Phrase(text), (title, abstract)) for text in PHRASES for rule in Rule)
    if not found.rejects:
        assert (len(found.papers), len(found.census)) == ((1, 0) if expected else (0, 1))
