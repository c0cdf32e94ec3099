"""Tests of which papers a query finds."""

from datetime import UTC, datetime

import pytest

from tests.standin import Record
from tests.standin.analyser import phrase_in, positions
from tests.standin.conftest import MakeRecord
from tests.standin.corpus import Corpus
from tests.standin.grammar import parsed
from tests.standin.matching import EngineError, found
from tests.standin.rewriting import adapted


def hits(query: str, *records: Record) -> list[str]:
    """Return the identifiers a query finds."""
    corpus = Corpus(records)
    return sorted(corpus.records[number].arxiv_id for number in found(parsed(adapted(query)), corpus))


@pytest.mark.parametrize(
    ("title", "matches"),
    [
        ("A Language Model", True),
        ("language models", True),
        ("Language-Modelling", True),
        ("a language model's error", True),
        ("LANGUAGE MODELERS", True),
        ("No language. Models of it", True),
        ("language of models", False),
        ("model language", False),
        ("languagemodel", False),
        ("language", False),
    ],
)
def test_a_quoted_phrase_is_adjacent_stems(make_record: MakeRecord, title: str, matches: bool) -> None:
    """Quotes never ask for the exact words; punctuation between them does not part them."""
    assert bool(hits('ti:"language model"', make_record(title=title))) is matches


def test_a_phrase_does_not_cross_from_title_to_abstract(make_record: MakeRecord) -> None:
    """Each field is searched by itself."""
    paper = make_record(title="On language", abstract="Model theory.")
    assert not hits('ti:"language model" OR abs:"language model"', paper)


@pytest.mark.parametrize(
    ("query", "matches"),
    [
        ("ti:pre-trained", True),
        ("ti:trained-pre", True),
        ('ti:"trained pre"', False),
        ("ti:pretrained", False),
        ("ti:of", False),
        ("ti:of AND ti:nets", False),
        ("ti:train*", True),
        ("ti:$O(n)$", True),
        ("cat:cs", False),
        ("cat:cs.*", True),
        ("cat:cs.lg", False),
        ("cat:stat.ML", True),
        ("cat:cs.C? AND ti:net", True),
        ("au:godel", True),
        ('au:"Kurt Gödel"', True),
        ("au:kurt_godel", True),
        ('co:"9 pages"', True),
        ("co:page", False),
        ("id:2301.00001", True),
        ("id:2301.00001v1", True),
        ("doi:10.0000/TOY", True),
        ("all:2023", True),
        ("all:2022", False),
        ("all:2301", True),
        ("all:trains", True),
        ("pages pre-trained", True),
        ("ti:nets ANDNOT ti:pre", False),
        ("ANDNOT ti:graph", True),
    ],
)
def test_every_field_has_its_own_way(make_record: MakeRecord, query: str, matches: bool) -> None:
    """Stems in texts, wildcards in categories, folded letters in names, a year in `all:`."""
    paper = make_record(
        title="Pre-trained Nets of $O(n)$",
        parsed_authors=(("Gödel", "Kurt", ""), ("Other", "Ann", "")),
        categories=("cs.CL", "stat.ML"),
        comment="9 pages",
        doi="10.0000/toy",
    )
    assert bool(hits(query, paper)) is matches


def test_both_minutes_of_a_window_belong_to_it(make_record: MakeRecord) -> None:
    """The last minute counts with its first second only: the last 59 seconds before midnight are lost."""
    moments = {
        "2301.00001": datetime(2023, 1, 1, 0, 0, 0, tzinfo=UTC),
        "2301.00002": datetime(2023, 1, 31, 23, 59, 0, tzinfo=UTC),
        "2301.00003": datetime(2023, 1, 31, 23, 59, 1, tzinfo=UTC),
        "2301.00004": datetime(2023, 2, 1, 0, 0, 0, tzinfo=UTC),
    }
    made = [make_record(arxiv_id, submitted=moment) for arxiv_id, moment in moments.items()]
    assert hits("submittedDate:[202301010000 TO 202301312359]", *made) == ["2301.00001", "2301.00002"]
    assert hits("submittedDate:[202301010000 TO 202302010000]", *made) == sorted(moments)
    assert not hits("submittedDate:[202302010000 TO 202301010000]", *made)


@pytest.mark.parametrize(
    "query",
    [
        "submittedDate:[20230101 to 20230131]",
        "submittedDate:[20230101 TO *]",
        "submittedDate:[20230101* TO 20230131*]",
        "submittedDate:[2023-01-01 TO 2023-01-31]",
        "submittedDate:[202301010000+TO+202301312359]",
        "submittedDate:[202313010000 TO 202313312359]",
        "all:*",
        "ti:*model",
    ],
)
def test_what_the_engine_cannot_read_is_its_error(make_record: MakeRecord, query: str) -> None:
    """Odd date ranges and leading wildcards pass the grammar and break inside."""
    with pytest.raises(EngineError):
        hits(query, make_record())


def test_the_first_look_never_misses_a_paper(corpus_of_two_years: list[Record]) -> None:
    """The quick look before the analysis leaves out no paper that the analysis would find."""
    phrase = positions("large language model")
    slowly = [record.arxiv_id for record in corpus_of_two_years if phrase_in(phrase, positions(record.abstract))]
    assert hits('abs:"large language model"', *corpus_of_two_years) == sorted(slowly)
    assert slowly
