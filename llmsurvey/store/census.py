"""The census: every paper ever read, whether stored with its text or not, and what is counted from it.

Denominators and coverage are recounted from the census, never added up along the way, so that a paper that stands
in several files counts once.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import (
    ColumnClause,
    Connection,
    FromClause,
    Select,
    Table,
    bindparam,
    column,
    func,
    select,
    text,
)

from llmsurvey.store import state
from llmsurvey.store.rows import CensusRow
from llmsurvey.store.tables import census, denominators, identifiers

_ASKED_AT_ONCE = 10_000
_IN_ONE = 50
"""Rows that SQLite takes in one statement: half the time of a statement a row."""
_VERSIONS = select(census.c.arxiv_id, census.c.versions).where(census.c.arxiv_id.in_(bindparam("ids", expanding=True)))
_VERSIONS_SQL = "SELECT arxiv_id, versions FROM census WHERE arxiv_id IN ({marks})"
_STALE = "census_recount_due"

_LATER = "excluded.versions > known.versions"
_UPSERT = """
INSERT INTO census AS known (arxiv_id, month, primary_category, versions) VALUES ({values})
ON CONFLICT (arxiv_id) DO UPDATE SET
  month = CASE WHEN excluded.month < known.month THEN excluded.month ELSE known.month END,
  primary_category = CASE WHEN {wins} THEN excluded.primary_category ELSE known.primary_category END,
  versions = CASE WHEN {later} THEN excluded.versions ELSE known.versions END
WHERE excluded.month < known.month OR {wins}
"""
_READ = f"{_LATER} OR (excluded.versions = known.versions AND excluded.primary_category > known.primary_category)"
_STORED = f"{_LATER} OR (excluded.versions = known.versions AND excluded.primary_category <> known.primary_category)"
"""Who is right about the category when the versions are equal: a stored paper, or else a fixed order, so that the
order of the files does not matter."""


def add(connection: Connection, rows: Sequence[CensusRow], *, stored: bool = False) -> None:
    """Take papers into the census; `stored` ones are known with their text and decide about their category."""
    if not rows:
        return
    wins = _STORED if stored else _READ
    if connection.dialect.paramstyle == "qmark":
        whole = len(rows) - len(rows) % _IN_ONE
        for size, part in ((_IN_ONE, rows[:whole]), (1, rows[whole:])):
            statement = _UPSERT.format(values="), (".join(["?, ?, ?, ?"] * size), wins=wins, later=_LATER)
            values = [tuple(chain.from_iterable(part[at : at + size])) for at in range(0, len(part), size)]
            if values:
                connection.exec_driver_sql(statement, values)
    else:
        names = ("arxiv_id", "month", "primary_category", "versions")
        named = text(_UPSERT.format(values=", ".join(f":{name}" for name in names), wins=wins, later=_LATER))
        connection.execute(named, [dict(zip(names, row, strict=True)) for row in rows])
    state.write(connection, _STALE, "1")


def versions_known(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """Return how many versions are known of those papers that the census has."""
    found: dict[str, int] = {}
    for at in range(0, len(ids), _ASKED_AT_ONCE):
        rows = asked(connection, _VERSIONS_SQL, _VERSIONS, ids[at : at + _ASKED_AT_ONCE])
        found.update((row[0], row[1]) for row in rows)
    return found


def asked(connection: Connection, sql: str, otherwise: Select[Any], ids: Sequence[str]) -> Iterable[Any]:
    """Ask for rows by many identifiers: as plain SQL where the driver takes `?`, which spares much building."""
    if connection.dialect.paramstyle == "qmark":
        return connection.exec_driver_sql(sql.format(marks=", ".join("?" * len(ids))), tuple(ids))
    return connection.execute(otherwise, {"ids": list(ids)})


def odd_ids(connection: Connection) -> Sequence[str]:
    """Return the identifiers that are not as arXiv writes them, in order."""
    return tuple(connection.scalars(text(f"SELECT arxiv_id FROM census WHERE NOT {_AS_ARXIV_WRITES} ORDER BY 1")))


def is_stale(connection: Connection) -> bool:
    """Tell whether the census has changed since denominators and coverage were counted."""
    return state.read(connection, _STALE) == "1"


def recount(connection: Connection, *, anyway: bool = False) -> None:
    """Count denominators and coverage anew where the census has changed since, or `anyway`."""
    if not (anyway or is_stale(connection)):
        return
    for statement in ("DELETE FROM denominators", "DELETE FROM identifiers"):
        connection.execute(text(statement))
    for first, behind in _parts(connection):
        for statement in (_COUNT_PART, _NUMBER_PART):
            connection.execute(text(statement), {"first": first, "behind": behind})
    state.write(connection, _STALE, "0")


def _parts(connection: Connection) -> Iterator[tuple[str, str]]:
    """Part the census by the first signs of its identifiers, so that no part is large: grouping takes memory.

    Yields the bounds of each part, the second one behind it. Identifiers of one archive and month are never parted.
    """
    if connection.dialect.name != "sqlite":  # others sort their texts in some language's order, and mind their memory
        yield "", _BEHIND_ALL
        return
    behind = ""
    later = select(func.min(census.c.arxiv_id)).where(census.c.arxiv_id >= bindparam("behind"))
    while (first := connection.execute(later, {"behind": behind}).scalar()) is not None:
        first = str(first)[:_SIGNS]
        behind = first[:-1] + chr(ord(first[-1]) + 1)
        yield first, behind


_SIGNS = 4
"""The month of a new identifier, most of an old one's archive."""
_BEHIND_ALL = "zzzz"
"""Behind every identifier, in any order."""
_COUNTED = "SELECT month, primary_category, COUNT(*) AS papers FROM census{part} GROUP BY 1, 2"
_AS_ARXIV_WRITES = """(arxiv_id LIKE '%/%' OR (arxiv_id LIKE '____._____' AND arxiv_id >= '1501')
                   OR (arxiv_id LIKE '____.____' AND arxiv_id < '1501'))"""
_NUMBERED = f"""
SELECT CASE WHEN prefix LIKE '%/9%' THEN '19' ELSE '20' END || substr(yymm, 1, 2) || '-' || substr(yymm, 3, 2) AS month,
       SUM(known) AS known, SUM(highest) AS highest
FROM (SELECT prefix, substr(prefix, length(prefix) - 3, 4) AS yymm,
             COUNT(*) AS known, MAX(CAST(serial AS INTEGER)) AS highest
      FROM (SELECT CASE WHEN arxiv_id LIKE '%/%' THEN substr(arxiv_id, 1, length(arxiv_id) - 3)
                        ELSE substr(arxiv_id, 1, 4) END AS prefix,
                   CASE WHEN arxiv_id LIKE '%/%' THEN substr(arxiv_id, length(arxiv_id) - 2)
                        ELSE substr(arxiv_id, 6) END AS serial
            FROM census WHERE {_AS_ARXIV_WRITES}{{part}}) AS numbered
      GROUP BY prefix) AS counted
GROUP BY 1
"""
"""New identifiers are numbered by month, old ones by archive and month; only the running number is a number.

Identifiers that are not as arXiv writes them have no such number (five digits since 2015, four before)."""
_PART = "arxiv_id >= :first AND arxiv_id < :behind"
_COUNT_PART = f"""
INSERT INTO denominators (month, primary_category, papers) {_COUNTED.format(part=f" WHERE {_PART}")}
ON CONFLICT (month, primary_category) DO UPDATE SET papers = denominators.papers + excluded.papers
"""
_NUMBER_PART = f"""
INSERT INTO identifiers (month, known, highest) {_NUMBERED.format(part=f" AND {_PART}")}
ON CONFLICT (month) DO UPDATE SET known = identifiers.known + excluded.known,
                                  highest = identifiers.highest + excluded.highest
"""


def numbered(connection: Connection) -> int:
    """Count the papers whose identifier tells its number within a month: those that are as arXiv writes them."""
    return int(connection.execute(text(f"SELECT COUNT(*) FROM census WHERE {_AS_ARXIV_WRITES}")).scalar_one())


def counted(connection: Connection) -> tuple[FromClause, FromClause]:
    """Return denominators and identifiers to select from: as counted last, or counted anew while that is stale."""
    if not is_stale(connection):
        return denominators, identifiers
    return (
        text(_COUNTED.format(part="")).columns(*_alike(denominators)).subquery("denominators"),
        text(_NUMBERED.format(part="")).columns(*_alike(identifiers)).subquery("identifiers"),
    )


def _alike(table: Table) -> list[ColumnClause[Any]]:
    return [column(each.name, each.type) for each in table.columns]
