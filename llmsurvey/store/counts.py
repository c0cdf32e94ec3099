"""Counting the stored papers that match a phrase, by month or by category, exactly by the declared rule."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select, text

from llmsurvey.phrase import Rule, matches
from llmsurvey.store import index
from llmsurvey.store.tables import papers
from llmsurvey.survey import Question


class By(StrEnum):
    """What the counts are told apart by, as SQL over one stored paper `p`."""

    MONTH = "substr(p.submitted, 1, 7)"
    CATEGORY = "p.primary_category"


@dataclass(frozen=True, slots=True)
class _Hit:
    """What counting needs to know of one paper."""

    submitted: str
    primary_category: str
    withdrawn: bool

    def under(self, by: By) -> str:
        return self.submitted[:7] if by is By.MONTH else self.primary_category


def tally(connection: Connection, question: Question, as_of: date, by: By) -> Counter[str]:
    """Count the papers of a question that were submitted until the end of `as_of`, by month or by category."""
    if question.rule is Rule.STEMMED and index.exists(connection):
        counts = _tally_in_index(connection, question, as_of, by)
        others: Iterable[_Hit] = _matching(index.waiting(connection), question)
    else:
        counts = Counter()
        others = _candidates(connection, question, as_of)
    bounds = _Bounds.of(question, as_of)
    counts.update(hit.under(by) for hit in others if bounds.hold(hit))
    return counts


@dataclass(frozen=True, slots=True)
class _Bounds:
    """The papers a question is about, apart from its phrase. Times compare as the text they are stored as."""

    since: str
    before: str
    category: str | None
    with_withdrawn: bool

    @staticmethod
    def of(question: Question, as_of: date) -> "_Bounds":
        """Read the bounds of a question: from its first month to the end of its last, or of `as_of`."""
        before = f"{as_of}T24"
        if question.until is not None:
            before = min(before, f"{question.until}-32")
        since = "" if question.since is None else str(question.since)
        return _Bounds(since, before, question.category, question.with_withdrawn)

    def hold(self, hit: _Hit) -> bool:
        """Tell whether one paper lies within."""
        return (
            self.since <= hit.submitted < self.before
            and self.category in (None, hit.primary_category)
            and (self.with_withdrawn or not hit.withdrawn)
        )

    def sql(self) -> tuple[str, dict[str, Any]]:
        """Return the same as SQL over a paper `p`."""
        clauses, values = (
            ["p.submitted >= :since", "p.submitted < :before"],
            {"since": self.since, "before": self.before},
        )
        if self.category is not None:
            clauses.append("p.primary_category = :category")
            values["category"] = self.category
        if not self.with_withdrawn:
            clauses.append("p.withdrawn = 0")
        return " AND ".join(clauses), values


def _tally_in_index(connection: Connection, question: Question, as_of: date, by: By) -> Counter[str]:
    where, values = _Bounds.of(question, as_of).sql()
    # The index on what is counted spares reading the papers' rows, which are forty times as long.
    statement = text(
        f"SELECT {by.value}, COUNT(*) FROM {index.TABLE} f CROSS JOIN papers p INDEXED BY ix_papers_count "
        f"ON p.id = f.rowid WHERE {index.TABLE} MATCH :phrase AND {where} GROUP BY 1"
    )
    query = index.candidates(question.rule, question.phrase)
    rows = connection.execute(statement, {"phrase": query, **values})
    return Counter({str(row[0]): int(row[1]) for row in rows})


def _candidates(connection: Connection, question: Question, as_of: date) -> Iterator[_Hit]:
    """Yield the matching papers by reading the text of each candidate: those of the index, or else all."""
    if index.exists(connection):
        where, values = _Bounds.of(question, as_of).sql()
        # Who lies outside is told by the short index on what is counted, and its text is not read: a question about
        # one month must not cost what all months do.
        hits = connection.execute(
            text(
                "SELECT t.id, t.title, t.abstract, t.submitted, t.primary_category, t.withdrawn "
                f"FROM {index.TABLE} f CROSS JOIN papers p INDEXED BY ix_papers_count ON p.id = f.rowid "
                f"CROSS JOIN papers t ON t.id = p.id WHERE {index.TABLE} MATCH :phrase AND {where}"
            ),
            {"phrase": index.candidates(question.rule, question.phrase), **values},
        )
        yield from _matching(hits, question)
        yield from _matching(index.waiting(connection), question)
        return
    columns = (papers.c.id, papers.c.title, papers.c.abstract, papers.c.submitted, papers.c.primary_category)
    yield from _matching(connection.execute(select(*columns, papers.c.withdrawn)), question)


def _matching(rows: Iterable[Any], question: Question) -> Iterator[_Hit]:
    for _, title, abstract, submitted, category, withdrawn in rows:
        if matches(question.rule, question.phrase, (title, abstract)):
            yield _Hit(submitted, category, bool(withdrawn))
