"""What arXiv itself counts, as a series apart from that of the stored papers."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from llmsurvey.month import Month
from llmsurvey.phrase import Phrase, Rule
from llmsurvey.store import server_counts
from llmsurvey.store.server_counts import ServerCount
from llmsurvey.store.survey import StoredSurvey
from llmsurvey.survey import Coverage, Question, TrackedPhrase
from tests.store.stores import store

LLM = Phrase("large language model")
ASKED = datetime(2023, 3, 2, 12, tzinfo=UTC)
COUNTS = {
    (LLM.text, Month(2023, 1)): ServerCount(400, ASKED),
    (LLM.text, Month(2023, 2)): ServerCount(500, ASKED),
    ("", Month(2023, 1)): ServerCount(17_000, ASKED),
}


def test_counts_become_a_series_that_says_where_it_comes_from() -> None:
    """A month that was asked before it had settled is not complete."""
    series = server_counts.series(COUNTS, Question(LLM), date(2023, 3, 10))
    assert series is not None
    assert [(point.count, point.cumulative, point.complete) for point in series.points] == [
        (400, 400, True),
        (500, 900, False),
    ]
    assert series.within == "the totals of arXiv's own search, asked 2023-03-02"


def test_a_month_that_was_not_asked_is_known_as_such() -> None:
    """Between two answers lies a month of which nothing is known."""
    counts = {**COUNTS, (LLM.text, Month(2022, 11)): ServerCount(300, ASKED)}
    series = server_counts.series(counts, Question(LLM), date(2023, 3, 10))
    assert series is not None
    assert series.points[1].coverage is Coverage.NONE


@pytest.mark.parametrize(
    "question",
    [
        Question(Phrase("diffusion model")),
        Question(LLM, Rule.EXACT),
        Question(LLM, category="cs.CL"),
        Question(LLM, with_withdrawn=False),
    ],
)
def test_what_arxiv_was_not_asked_has_no_series(question: Question) -> None:
    """Its search knows neither another phrase, nor the exact rule, nor the primary category, nor withdrawals."""
    assert server_counts.series(COUNTS, question, date(2023, 3, 10)) is None


def test_nothing_after_the_date_exists() -> None:
    """As of the end of January only January is there."""
    series = server_counts.series(COUNTS, Question(LLM), date(2023, 1, 31))
    assert series is not None
    assert [point.month for point in series.points] == [Month(2023, 1)]


def test_a_store_of_counts_alone_is_dated_by_them_and_names_them(tmp_path: Path) -> None:
    """No paper was read; the survey still has a date and a source, and its own series stays empty."""
    database = store(tmp_path)
    with database.writing() as connection:
        for (phrase, month), count in COUNTS.items():
            server_counts.keep(connection, phrase, month, count)
    survey = StoredSurvey(database, (TrackedPhrase(LLM, Month(2019, 10)),))
    assert survey.as_of == ASKED.date()
    assert survey.series(Question(LLM)).points == ()
    assert survey.said_by_arxiv(Question(LLM)) is not None
    assert "arXiv's own counts" in survey.provenance().sources[-1]
