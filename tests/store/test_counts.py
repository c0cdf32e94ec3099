"""Counting in the store: by the index exactly what the pure rule says of every document."""

from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmsurvey.errors import BadUsage
from llmsurvey.month import Month
from llmsurvey.phrase import Phrase, Rule, matches
from llmsurvey.store import counts, index, papers
from llmsurvey.store.counts import By, tally
from llmsurvey.store.rows import row_of
from llmsurvey.survey import Question
from tests.records import moment, paper
from tests.store.stores import store
from tests.texts import texts

words = st.sampled_from(
    [
        "language",
        "Language",
        "languages",
        "model",
        "models",
        "modelling",
        "model's",
        "large",
        "-",
        ".",
        "\u2010",
        "gas",
        "ﬁ",
    ]
)
documents = texts | st.lists(words, max_size=8).map(" ".join) | st.lists(words, max_size=6).map("".join)
phrases = st.sampled_from(["language model", "large language model", "gas", "models language", "C++", "modelling"])
END = date(2026, 1, 1)


@given(batch=st.lists(st.tuples(documents, documents), min_size=1, max_size=8), phrase=phrases, data=st.data())
@settings(max_examples=30)
def test_the_index_agrees_with_the_rule(batch: list[tuple[str, str]], phrase: str, data: st.DataObject) -> None:
    """After writing, revising and leaving rows behind the index's reach, every count is the rule's own."""
    made = [
        paper(f"1806.{number:05}", title=title or "-", abstract=abstract or "-")
        for number, (title, abstract) in enumerate(batch, 1)
    ]
    revised = [
        paper(each.arxiv_id, title=data.draw(documents) or "-", versions=2, updated=moment(date(2018, 9, 1)))
        for each in data.draw(st.lists(st.sampled_from(made), max_size=3, unique_by=lambda each: each.arxiv_id))
    ]
    reach = data.draw(st.integers(0, len(made)))
    final = {each.arxiv_id: each for each in (*made, *revised)}
    with TemporaryDirectory() as name:
        database = store(Path(name))
        for part, indexed in ((made[:reach], True), (made[reach:], False), (revised, False)):
            with database.writing() as connection:
                papers.upsert(connection, map(row_of, part), "2026-01-01T00:00:00Z", indexed=indexed)
        for _ in range(2):
            for rule in Rule:
                wanted = Phrase(phrase)
                expected = sum(matches(rule, wanted, (each.title, each.abstract)) for each in final.values())
                with database.reading() as connection:
                    assert tally(connection, Question(wanted, rule), END, By.MONTH).total() == expected
            with database.writing() as connection:
                index.extend(connection)
        with database.writing() as connection:
            connection.exec_driver_sql(f"INSERT INTO {index.TABLE}({index.TABLE}, rank) VALUES ('integrity-check', 1)")


CASES = {
    "by default": (Question(Phrase("toy model")), {"2018-06": 2, "2018-07": 2}),
    "without withdrawn": (Question(Phrase("toy model"), with_withdrawn=False), {"2018-06": 2, "2018-07": 1}),
    "of one category": (Question(Phrase("toy model"), category="cs.AI"), {"2018-07": 1}),
    "since": (Question(Phrase("toy model"), since=Month(2018, 7)), {"2018-07": 2}),
    "until": (Question(Phrase("toy model"), until=Month(2018, 6)), {"2018-06": 2}),
    "until the end of time": (Question(Phrase("toy model"), until=Month(9999, 12)), {"2018-06": 2, "2018-07": 2}),
    "exact": (Question(Phrase("toy model"), Rule.EXACT), {"2018-06": 1, "2018-07": 2}),
}


@pytest.mark.parametrize(("question", "expected"), CASES.values(), ids=CASES.keys())
def test_a_question_confines_its_count(tmp_path: Path, question: Question, expected: dict[str, int]) -> None:
    """Month, category, withdrawal and rule confine a count; a month begins in its first second, UTC."""
    database = store(tmp_path)
    batch = [
        paper("1806.00001", title="A toy model", submitted=moment(date(2018, 6, 30)).replace(hour=23, minute=59)),
        paper("1806.00002", title="Toy modelling"),
        paper("1807.00001", title="Toy models", submitted=moment(date(2018, 7, 1)).replace(hour=0), withdrawn=True),
        paper("1807.00002", title="A toy-model", submitted=moment(date(2018, 7, 31)), categories=("cs.AI", "cs.CL")),
        paper("1807.00003", title="A model toy", submitted=moment(date(2018, 7, 31))),
    ]
    with database.writing() as connection:
        papers.upsert(connection, map(row_of, batch), "2026-01-01T00:00:00Z")
    with database.reading() as connection:
        assert tally(connection, question, END, By.MONTH) == expected
        assert tally(connection, question, date.max, By.MONTH) == expected
        until = {month: count for month, count in expected.items() if month < "2018-07"}
        assert tally(connection, question, date(2018, 6, 30), By.MONTH) == until


@pytest.mark.parametrize("text", ["", "   ", "...", '"*"', "\0"])
def test_a_phrase_without_words_is_refused(text: str) -> None:
    """Before any question is asked."""
    with pytest.raises(BadUsage):
        Phrase(text)


@pytest.mark.parametrize(
    "text", ['"quotes"', "NEAR(a b)", "a AND b", "x* y", "title:z", "a; DROP TABLE papers", "-a +b ^c"]
)
@pytest.mark.parametrize("rule", Rule)
def test_operators_in_a_phrase_mean_nothing(tmp_path: Path, text: str, rule: Rule) -> None:
    """A phrase is text, for SQL and for the full-text index."""
    database = store(tmp_path)
    with database.reading() as connection:
        assert tally(connection, Question(Phrase(text), rule), END, By.MONTH) == {}


def test_a_question_about_one_month_reads_the_texts_of_that_month_only(tmp_path: Path) -> None:
    """Under the exact rule each text is looked at; asking month after month must not cost months times papers."""
    database = store(tmp_path)
    shelf = [
        paper(f"18{month:02}.{number:05}", title="A language model", submitted=moment(date(2018, month, 9)))
        for month in range(1, 13)
        for number in range(1, 9)
    ]
    with database.writing() as connection:
        papers.upsert(connection, map(row_of, shelf), "2026-01-01T00:00:00Z")
    seen = Counter[str]()

    def looked_at(_rule: Rule, _phrase: Phrase, fields: tuple[str, str]) -> bool:
        seen.update(fields[:1])
        return True

    question = Question(Phrase("language model"), Rule.EXACT, Month(2018, 6), Month(2018, 6))
    with database.reading() as connection, pytest.MonkeyPatch.context() as patched:
        patched.setattr(counts, "matches", looked_at)
        assert tally(connection, question, END, By.MONTH) == {"2018-06": 8}
    assert seen.total() == 8
