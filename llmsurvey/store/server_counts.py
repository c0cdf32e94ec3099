"""What arXiv itself counts by month, for a phrase or for all papers. Never mixed with what is counted here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, select

from llmsurvey.month import Month
from llmsurvey.phrase import Rule
from llmsurvey.store.rows import stamp
from llmsurvey.store.tables import server_counts
from llmsurvey.survey import Coverage, Point, Question, Series

ALL = ""
"""Stands in the place of a phrase for the count of all papers."""


@dataclass(frozen=True, slots=True)
class ServerCount:
    """One number that arXiv said."""

    papers: int
    asked: datetime
    """The server's own time of its answer, UTC."""

    def is_final(self, month: Month, as_of: date) -> bool:
        """Whether the month had settled when this was counted, and has by `as_of`."""
        return month.settled_by(min(self.asked.date(), as_of))


def keep(connection: Connection, phrase: str, month: Month, count: ServerCount) -> None:
    """Write a count over an older one."""
    same = (server_counts.c.phrase == phrase, server_counts.c.month == str(month))
    connection.execute(delete(server_counts).where(*same))
    values = {"phrase": phrase, "month": str(month), "papers": count.papers, "asked": stamp(count.asked)}
    connection.execute(insert(server_counts).values(**values))


def counts(connection: Connection) -> Mapping[tuple[str, Month], ServerCount]:
    """Return all counts by phrase and month."""
    rows = connection.execute(select(server_counts).order_by(server_counts.c.phrase, server_counts.c.month))
    return {
        (row.phrase, Month.parse(row.month)): ServerCount(row.papers, datetime.fromisoformat(row.asked)) for row in rows
    }


def series(counts: Mapping[tuple[str, Month], ServerCount], question: Question, as_of: date) -> Series | None:
    """Return arXiv's counts of a phrase by month as a series; None where it has none, or answers no such question.

    Its search knows the stemmed rule only, and neither the primary category nor withdrawals.
    """
    said = {month: count for (phrase, month), count in counts.items() if phrase == question.phrase.text}
    known = [month for month in said if month.first_day <= as_of]
    if not known or question.rule is not Rule.STEMMED or question.category or not question.with_withdrawn:
        return None
    points: list[Point] = []
    for month in (question.since or min(known)).through(question.until or max(known)):
        count = said[month] if month in known else None
        final = count is not None and count.is_final(month, as_of)
        seen = Coverage.COMPLETE if final else Coverage.NONE if count is None else Coverage.PARTIAL
        papers = count.papers if count else 0
        before = points[-1].cumulative if points else 0
        points.append(Point(month, papers, before + papers, None, complete=final, coverage=seen))
    asked = max(said[month].asked.date() for month in known)
    return Series(question, as_of, tuple(points), f"the totals of arXiv's own search, asked {asked}")
