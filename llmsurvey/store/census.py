"""The census: every paper ever read, whether stored with its text or not, and what is counted from it.

Denominators and coverage are recounted from the census, never added up along the way, so that a paper that stands
in several files counts once.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from llmsurvey.store import state

CensusRow = tuple[str, str, str, int]
"""Identifier, month of version 1, primary category, number of versions known."""

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
        connection.exec_driver_sql(_UPSERT.format(values="?, ?, ?, ?", wins=wins, later=_LATER), list(rows))
    else:
        names = ("arxiv_id", "month", "primary_category", "versions")
        statement = text(_UPSERT.format(values=", ".join(f":{name}" for name in names), wins=wins, later=_LATER))
        connection.execute(statement, [dict(zip(names, row, strict=True)) for row in rows])
    state.write(connection, _STALE, "1")


def is_stale(connection: Connection) -> bool:
    """Tell whether the census has changed since denominators and coverage were counted."""
    return state.read(connection, _STALE) == "1"


def recount(connection: Connection, *, anyway: bool = False) -> None:
    """Count denominators and coverage anew where the census has changed since, or `anyway`."""
    if not (anyway or is_stale(connection)):
        return
    for statement in (
        "DELETE FROM denominators",
        "INSERT INTO denominators SELECT month, primary_category, COUNT(*) FROM census GROUP BY 1, 2",
        "DELETE FROM identifiers",
        _NUMBERED,
    ):
        connection.execute(text(statement))
    state.write(connection, _STALE, "0")


_NUMBERED = """
INSERT INTO identifiers (month, known, highest)
SELECT CASE WHEN yymm < '9108' THEN '20' ELSE '19' END || substr(yymm, 1, 2) || '-' || substr(yymm, 3, 2),
       SUM(known), SUM(highest)
FROM (SELECT substr(prefix, length(prefix) - 3, 4) AS yymm, COUNT(*) AS known, MAX(CAST(serial AS INTEGER)) AS highest
      FROM (SELECT CASE WHEN arxiv_id LIKE '%/%' THEN substr(arxiv_id, 1, length(arxiv_id) - 3)
                        ELSE substr(arxiv_id, 1, 4) END AS prefix,
                   CASE WHEN arxiv_id LIKE '%/%' THEN substr(arxiv_id, length(arxiv_id) - 2)
                        ELSE substr(arxiv_id, 6) END AS serial
            FROM census) AS numbered
      GROUP BY prefix) AS counted
GROUP BY 1
"""
"""New identifiers are numbered by month, old ones by archive and month; only the running number is a number."""
