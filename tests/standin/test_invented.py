"""Tests of the invented papers and of their shape as a snapshot."""

from collections import Counter

import pytest

from llmsurvey.month import Month
from llmsurvey.paper import is_arxiv_id
from tests.standin import Record
from tests.standin.analyser import phrase_in, positions
from tests.standin.invented import papers, snapshot
from tests.standin.record import from_snapshot
from tests.standin.tex import decoded


def test_the_same_seed_invents_the_same_papers() -> None:
    """Another seed invents others."""
    assert list(papers(50, seed=3)) == list(papers(50, seed=3)) != list(papers(50, seed=4))


def test_papers_spread_evenly_over_the_months() -> None:
    """Every month has its part, and their number is the number asked for."""
    months = Counter(Month.of(record.submitted) for record in papers(250, first="2019-01", last="2020-12"))
    assert (len(months), sum(months.values())) == (24, 250)
    assert set(months.values()) <= {10, 11}


def test_identifiers_are_true_and_unlike(corpus_of_two_years: list[Record]) -> None:
    """No identifier comes twice, and some are of the month after the submission."""
    assert len({record.arxiv_id for record in corpus_of_two_years}) == len(corpus_of_two_years)
    assert all(is_arxiv_id(record.arxiv_id) for record in corpus_of_two_years)
    assert any(record.arxiv_id[:4] != f"{record.submitted:%y%m}" for record in corpus_of_two_years)


@pytest.mark.parametrize(
    ("first", "shape"), [("1999-01", "hep-th/9901001"), ("2010-03", "1003.0001"), ("2015-01", "1501.00001")]
)
def test_identifiers_have_the_style_of_their_time(first: str, shape: str) -> None:
    """Old style before April 2007, four digits before 2015, five since."""
    assert next(papers(5, first=first, last=first)).arxiv_id == shape


def test_the_ugly_is_there(corpus_of_two_years: list[Record]) -> None:
    """Later versions, withdrawals, accents, line breaks, exact month borders and the last half minute."""
    last_seconds = [
        record.submitted
        for record in corpus_of_two_years
        if (record.submitted.hour, record.submitted.minute) == (23, 59)
    ]
    assert any(len(record.versions) > 2 for record in corpus_of_two_years)
    assert any(record.withdrawn for record in corpus_of_two_years)
    assert any("\\" in record.authors for record in corpus_of_two_years)
    assert all("\n" in record.abstract for record in corpus_of_two_years)
    assert any(record.submitted.day == 1 and not record.submitted.hour for record in corpus_of_two_years)
    assert any(moment.second > 29 for moment in last_seconds)
    assert any(record.acm_class for record in corpus_of_two_years)


def test_phrases_stand_in_titles_in_abstracts_and_across(corpus_of_two_years: list[Record]) -> None:
    """There are papers for each way to match and for the way that must not."""
    phrase = positions("language model")
    ways = Counter(
        (
            phrase_in(phrase, positions(record.title)),
            phrase_in(phrase, positions(record.abstract)),
            record.title.endswith("Language") and record.abstract.split()[0] == "Model",
        )
        for record in corpus_of_two_years
    )
    assert {(True, False, False), (False, True, False), (True, True, False), (False, False, True)} <= set(ways)
    assert not any(across and (title or abstract) for title, abstract, across in ways)


def test_a_snapshot_says_what_the_papers_say() -> None:
    """Reading the lines again gives the papers, but for what the shape does not hold."""
    for line, record in zip(snapshot(60), papers(60), strict=True):
        read = from_snapshot(line)
        assert (read.arxiv_id, read.title, read.abstract) == (record.arxiv_id, record.title, record.abstract)
        assert [version.created for version in read.versions] == [version.created for version in record.versions]
        assert (read.datestamp, read.categories, read.withdrawn) == (
            record.datestamp,
            record.categories,
            record.withdrawn,
        )
        assert (read.parsed_authors, read.comment) == (record.parsed_authors, record.comment)


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"G{\"o}del", "Gödel"),
        (r"\'Eva \`a", "Éva à"),
        (r"\c{S}eyma \v{e} {\o} \L{}ukasz stra{\ss}e", "Şeyma ě ø Łukasz straße"),
        (r"t\^ete-\`a-t\^ete", "tête-à-tête"),
        (r"$\alpha$ stays", r"$\alpha$ stays"),
        ("plain", "plain"),
    ],
)
def test_tex_accents_become_letters(tex: str, text: str) -> None:
    """Accents are decoded as arXiv decodes them; mathematics stays."""
    assert decoded(tex) == text
