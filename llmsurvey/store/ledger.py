"""The ledger of windows: what was asked of arXiv's services, what came of it, and where an open window goes on.

Times are texts that compare as they are written: minutes of submission (`2023-01-01T00:00Z`) for the API, days of the
datestamp (`2023-01-01`) for OAI-PMH.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from llmsurvey import __version__
from llmsurvey.phrase import Phrase
from llmsurvey.store.tables import pages, windows

API, OAI = "api", "oai"
_BETWEEN = " | "


class Status(StrEnum):
    """What is known of a window."""

    OPEN = "open"
    """Begun, or to be begun; `resume` tells where it goes on."""
    COMPLETE = "complete"
    """All that the source said there is came in, and every page fitted the others."""
    GAP = "gap"
    """Asked, and something is missing: `fault` tells what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the ledger: one window of one subject, as one source answered it."""

    source: str
    """`api` or `oai`."""
    subject: str
    """The phrases of the query, or the set of the list."""
    start: str
    end: str
    """Inclusive."""
    phrases: tuple[str, ...] = ()
    """What was looked for: papers without any of them were stored by nobody."""
    status: Status = Status.OPEN
    expected: int | None = None
    """Papers of the window, as the source said; None where it does not say, or did not answer yet."""
    received: int = 0
    """Records."""
    papers: int = 0
    """Different papers among the records."""
    matched: int = 0
    """Papers with a phrase that was looked for, under either rule."""
    unread: int = 0
    """Records that could not be taken."""
    attempts: int = 0
    """Requests sent, over all runs."""
    fault: str | None = None
    """The last one: its name, and what it said."""
    first_asked: str = ""
    last_asked: str = ""
    answered: str | None = None
    """The source's own time of the first page: what came later is not in it."""
    resume: str | None = None
    """Where an open window goes on: the number of the next record, or the token of a list."""
    program: str = __version__

    @property
    def window(self) -> tuple[str, str]:
        """Start and end."""
        return self.start, self.end

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the window is missing: complete, and every record could be taken."""
        return self.status is Status.COMPLETE and self.unread == 0

    @property
    def afresh(self) -> "Entry":
        """The same window before its first page, its history of asking kept."""
        return replace(
            self,
            status=Status.OPEN,
            expected=None,
            received=0,
            papers=0,
            matched=0,
            unread=0,
            answered=None,
            resume=None,
            program=__version__,
        )


_FIELDS = tuple(field.name for field in fields(Entry))
_KEY = ("source", "subject", "start")


def subject_of(phrases: Iterable[Phrase]) -> str:
    """Return the subject of a query for several phrases."""
    return _BETWEEN.join(" ".join(phrase.text.replace("|", " ").split()) for phrase in phrases)


def entries(connection: Connection, source: str | None = None) -> tuple[Entry, ...]:
    """Return the ledger's lines, of one source or of all, by source, subject and start."""
    query = select(windows).order_by(windows.c.source, windows.c.subject, windows.c.start)
    if source is not None:
        query = query.where(windows.c.source == source)
    return tuple(_entry(row) for row in connection.execute(query))


def entry(connection: Connection, same: Entry) -> Entry | None:
    """Return what the ledger has of a window, None where it has nothing."""
    row = connection.execute(select(windows).where(windows.c.id == _number(connection, same))).one_or_none()
    return None if row is None else _entry(row)


def keep(connection: Connection, entry: Entry) -> int:
    """Write a line over what was known of its window, and return its number."""
    values = _values(entry)
    number = _number(connection, entry)
    if number is None:
        return int(connection.execute(insert(windows).values(**values).returning(windows.c.id)).scalar_one())
    connection.execute(update(windows).where(windows.c.id == number).values(**values))
    return number


def received(connection: Connection, entry: Entry) -> list[list[str]]:
    """Return the identifiers of each page that came in of an open window, in the order of the pages."""
    number = _number(connection, entry)
    query = select(pages.c.identifiers).where(pages.c.window == number).order_by(pages.c.start)
    return [text.split() for text in connection.scalars(query)]


def keep_page(connection: Connection, entry: Entry, start: int, identifiers: Sequence[str]) -> None:
    """Write a line, and the page that was its last step; what came before under this number or behind it gives way."""
    number = keep(connection, entry)
    connection.execute(delete(pages).where(pages.c.window == number, pages.c.start >= start))
    connection.execute(insert(pages).values(window=number, start=start, identifiers=" ".join(identifiers)))


def keep_without_pages(connection: Connection, entry: Entry) -> None:
    """Write a line whose pages are not needed any more: it is complete, or begins anew."""
    number = keep(connection, entry)
    connection.execute(delete(pages).where(pages.c.window == number))


def split(connection: Connection, entry: Entry, parts: Iterable[Entry]) -> None:
    """Put parts in the place of a window that is too large."""
    _drop(connection, _number(connection, entry))
    for part in parts:
        keep(connection, part)


def drop_covered(connection: Connection, entry: Entry) -> None:
    """Drop the lines of the API that a complete one makes superfluous: within its window, for its own phrases only."""
    own = [Phrase(text) for text in entry.phrases]
    rows = connection.execute(
        select(windows).where(
            windows.c.source == entry.source,
            windows.c.subject != entry.subject,
            windows.c.start >= entry.start,
            windows.c.end <= entry.end,
        )
    ).all()
    for row in rows:
        if all(any(phrase.covers(Phrase(text)) for phrase in own) for text in json.loads(row.phrases)):
            _drop(connection, row.id)


def reach(entries: Iterable[Entry], start: str) -> str:
    """Return how far windows reach from a time on without a hole; neighbours share their boundary."""
    reached = start
    for entry in sorted(entries, key=lambda each: each.start):
        if entry.start > reached:
            break
        reached = max(reached, entry.end)
    return reached


def minute(moment: datetime) -> str:
    """Write a boundary of the API's windows."""
    return f"{moment:%Y-%m-%dT%H:%MZ}"


def answer_day(entry: Entry) -> date | None:
    """Return the day of the source's answer; None where there was none."""
    return date.fromisoformat(entry.answered[:10]) if entry.answered else None


def _number(connection: Connection, entry: Entry) -> int | None:
    same = [windows.c[name] == getattr(entry, name) for name in _KEY]
    return connection.execute(select(windows.c.id).where(*same)).scalar()


def _drop(connection: Connection, number: int | None) -> None:
    connection.execute(delete(pages).where(pages.c.window == number))
    connection.execute(delete(windows).where(windows.c.id == number))


def _values(entry: Entry) -> dict[str, Any]:
    values = {name: getattr(entry, name) for name in _FIELDS}
    return values | {"status": entry.status.value, "phrases": json.dumps(entry.phrases, ensure_ascii=False)}


def _entry(row: Row[tuple[Any, ...]]) -> Entry:
    values = {name: getattr(row, name) for name in _FIELDS}
    return Entry(**values | {"status": Status(row.status), "phrases": tuple(json.loads(row.phrases))})
