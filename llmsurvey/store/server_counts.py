"""What arXiv itself counts by month, for a phrase or for all papers. Never mixed with what is counted here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, select

from llmsurvey.month import Month
from llmsurvey.store.papers import stamp
from llmsurvey.store.tables import server_counts

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
