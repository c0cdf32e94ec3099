"""The invented snapshot of the benchmarks is like arXiv's where that decides how long something takes."""

from collections import Counter
from collections.abc import Iterable
from itertools import islice

import msgspec
import pytest

from benchmarks import corpus
from llmsurvey.harvest.sift import Sieve, Wanted
from llmsurvey.stem import stem
from llmsurvey.store.distinct import Identifiers
from llmsurvey.tokens import tokens
from tests.real_papers import real_papers, wants_real_papers

PAPERS = 8_000
OF_2018 = {
    "letters a word": 5.4,
    "words a paper": 162,
    "different stems a paper": 88,
    "share of the ten commonest stems, in percent": 24.6,
    "share of the hundred commonest": 46.4,
    "share of the thousand commonest": 81.2,
    "stems that stand in one paper alone, of the different ones": 51,
}
"""What was measured on each eleventh of 88,827 papers of 2018."""


def measured(texts: Iterable[str]) -> dict[str, float]:
    """Return what decides how long a full-text index takes."""
    found, papers_of, letters = Counter[str](), Counter[str](), 0
    for text in islice(texts, PAPERS):
        words = tokens(text)
        letters += sum(map(len, words))
        stems = list(map(stem, words))
        found.update(stems)
        papers_of.update(set(stems))
    commonest = [number for _, number in found.most_common()]
    shares = [100 * sum(commonest[:most]) / found.total() for most in (10, 100, 1_000)]
    alone = sum(number == 1 for number in papers_of.values())
    values = (letters / found.total(), found.total() / PAPERS, papers_of.total() / PAPERS, *shares)
    return dict(zip(OF_2018, (*values, 100 * alone / len(found)), strict=True))


def invented() -> Iterable[str]:
    """Yield title and abstract of invented papers."""
    for line in corpus.lines(PAPERS):
        record = msgspec.json.decode(line)
        yield f"{record['title']} {record['abstract']}"


def test_its_words_are_as_frequent_as_those_of_arxiv() -> None:
    """Too many rare ones, as plain Zipf's law has them, and an index would take a third longer."""
    assert measured(invented()) == pytest.approx(OF_2018, rel=0.1)


@wants_real_papers
def test_the_words_of_arxiv_are_as_frequent_as_was_measured() -> None:
    """The yardstick of the test above, where the papers are at hand."""
    some = islice(real_papers("arxiv-2018"), None, None, 11)
    real = measured(f"{paper.title} {paper.abstract}" for paper in some)
    assert real == pytest.approx(OF_2018, rel=0.02)


@pytest.mark.parametrize("number", [1, 99, 1_000])
def test_it_is_a_snapshot_without_fault(number: int) -> None:
    """Of any size: every line is a record that can be taken."""
    sifted = Sieve(Wanted(("language model",), keep_all=True, stored=Identifiers(), tomorrow="2024-01-01"))(
        "".join(corpus.lines(number)).encode()
    )
    assert (sifted.tally.records, sifted.rejects) == (number, [])


def test_its_papers_are_told_of_as_those_of_arxiv_are() -> None:
    """So many have a comment, a DOI, a second category, or something that is not ASCII."""
    lines = list(corpus.lines(2_000))
    papers = [msgspec.json.decode(line) for line in lines]
    shares = [
        sum(paper["comments"] is not None for paper in papers),
        sum(paper["doi"] is not None for paper in papers),
        sum(" " in paper["categories"] for paper in papers),
        sum(not line.isascii() for line in lines),
    ]
    assert [share / len(papers) for share in shares] == pytest.approx([0.63, 0.24, 0.55, 0.14], rel=0.15)


def test_the_same_number_gives_the_same_papers() -> None:
    """What was measured once can be measured again."""
    assert list(corpus.lines(50)) == list(corpus.lines(50))
