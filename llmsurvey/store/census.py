"""The census: every paper ever read.

A paper that is stored speaks for itself. Of the others the census keeps a line each, on sheets (see `sheets.py`). A
line stays where its paper is stored later; it counts no more.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, insert, select

from llmsurvey.paper import is_arxiv_id
from llmsurvey.store import denominators, sheets
from llmsurvey.store.distinct import Identifiers
from llmsurvey.store.rows import CensusRow
from llmsurvey.store.tables import census, papers

_ASKED_AT_ONCE = 10_000
_BY_HEAD = select(census.c.head, census.c.papers).where(census.c.head.in_(bindparam("ids", expanding=True)))
_BY_HEAD_SQL = "SELECT head, papers FROM census WHERE head IN ({marks})"
_WRITE = "INSERT INTO census (head, papers) VALUES (?, ?) ON CONFLICT (head) DO UPDATE SET papers = excluded.papers"


def add(connection: Connection, rows: Iterable[CensusRow]) -> None:
    """Take in papers that are not stored."""
    add_sheets(connection, {head: [sheet] for head, sheet in sheets.written(rows).items()})


def add_sheets(connection: Connection, found: Mapping[str, Sequence[str]]) -> None:
    """Take in papers that are not stored, by name of their sheet; several sheets of one name are joined."""
    if not found:
        return
    known = dict(_sheets(connection, list(found)))
    renewed = []
    for head, parts in found.items():
        before = known.get(head)
        whole = [before, *parts] if before else parts
        sheet = whole[0] if len(whole) == 1 else sheets.joined(whole)
        if sheet != before:
            renewed.append((head, sheet))
    if renewed:
        _write(connection, renewed)
        denominators.mark_stale(connection)


def _sheets(connection: Connection, heads: Sequence[str]) -> Iterator[tuple[str, str]]:
    waiting = iter(heads)
    while few := list(islice(waiting, _ASKED_AT_ONCE)):
        yield from map(tuple, asked(connection, _BY_HEAD_SQL, _BY_HEAD, few))


def _write(connection: Connection, renewed: list[tuple[str, str]]) -> None:
    if connection.dialect.paramstyle == "qmark":
        connection.exec_driver_sql(_WRITE, renewed)
    else:
        connection.execute(delete(census).where(census.c.head.in_([head for head, _ in renewed])))
        connection.execute(insert(census), [{"head": head, "papers": sheet} for head, sheet in renewed])


def versions_known(
    connection: Connection, ids: Collection[str], waiting: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> dict[str, int]:
    """Return how many versions are known of those papers that have a line in the census, or on a sheet in `waiting`."""
    kept = dict(_sheets(connection, list(set(map(sheets.head_of, ids)))))
    known: dict[str, int] = {}
    for arxiv_id in ids:
        head, place = sheets.head_of(arxiv_id), sheets.place_of(arxiv_id)
        for sheet in (kept.get(head, ""), *waiting.get(head, ())):
            if row := sheets.row_at(head, place, sheet):
                known[arxiv_id] = max(known.get(arxiv_id, 0), row[3])
    return known


def known_among(connection: Connection, ids: Collection[str]) -> int:
    """Return how many of some papers were ever read."""
    stored = select(papers.c.arxiv_id).where(papers.c.arxiv_id.in_(bindparam("ids", expanding=True)))
    sql = "SELECT arxiv_id FROM papers WHERE arxiv_id IN ({marks})"
    known = set(versions_known(connection, ids))
    waiting = iter(ids)
    while few := list(islice(waiting, _ASKED_AT_ONCE)):
        known.update(row[0] for row in asked(connection, sql, stored, few))
    return len(known)


def month_of(connection: Connection, arxiv_id: str) -> str | None:
    """Return the month of a paper that was read and not stored; None where it was not read."""
    head = sheets.head_of(arxiv_id)
    for _, sheet in _sheets(connection, [head]):
        if row := sheets.row_at(head, sheets.place_of(arxiv_id), sheet):
            return row[1]
    return None


def asked(connection: Connection, sql: str, otherwise: Select[Any], ids: Sequence[str]) -> Iterable[Any]:
    """Ask for rows by many identifiers: as plain SQL where the driver takes `?`, which spares much building."""
    if connection.dialect.paramstyle == "qmark":
        return connection.exec_driver_sql(sql.format(marks=", ".join("?" * len(ids))), tuple(ids))
    return connection.execute(otherwise, {"ids": list(ids)})


def everyone(connection: Connection) -> Iterator[CensusRow]:
    """Yield every paper ever read: the stored ones, then the others."""
    columns = (papers.c.arxiv_id, papers.c.month, papers.c.primary_category, papers.c.versions)
    stored = Identifiers()
    for row in connection.execute(select(*columns).execution_options(yield_per=10_000)):
        stored.new_among((row[0],))
        yield row[0], row[1], row[2], row[3]
    for head, sheet in every_sheet(connection):
        taken = stored.on(head)
        yield from (row for row in sheets.rows(head, sheet) if sheets.place_of(row[0]) not in taken)


def every_sheet(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield (name, lines) of each sheet."""
    every = select(census.c.head, census.c.papers).execution_options(yield_per=1_000)
    for head, sheet in connection.execute(every):
        yield str(head), str(sheet)


def unreadable(connection: Connection) -> Sequence[str]:
    """Return the names of the sheets that are damaged."""
    return [head for head, sheet in every_sheet(connection) if not sheets.is_readable(sheet)]


def odd_ids(connection: Connection) -> Sequence[str]:
    """Return the identifiers that are not as arXiv writes them, in order."""
    return sorted(arxiv_id for arxiv_id, _, _, _ in everyone(connection) if not is_arxiv_id(arxiv_id))
