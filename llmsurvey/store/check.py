"""Whether a database is whole, and its parts agree with each other: a table of checks. Nothing is changed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, text

from llmsurvey.errors import LockHeld, Stop
from llmsurvey.store import census, denominators, index
from llmsurvey.store.database import Database
from llmsurvey.store.upgrade import REVISION, known_revisions, revision_of

_REBUILD = "`llmsurvey db upgrade` makes it anew from the stored papers"
_RESTORE = "restore the newest backup beside the file, or import again into a new one"
_INDEX = "full-text index"
_MOST_FAULTS = 3
"""Faults of SQLite's own check that are told; more of them say nothing new."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was checked."""

    name: str
    sound: bool
    finding: str
    step: str = ""
    """What to do; empty where it is sound."""


def checked(database: Database) -> Iterator[Checked]:
    """Run all checks on a database that exists; a check that the database itself breaks is a finding, too."""
    revision = revision_of(database)
    if revision != REVISION:
        step = "`llmsurvey db upgrade` brings it there; a copy is kept"
        if revision is not None and revision not in known_revisions():
            step = "it was written by a newer llmsurvey: upgrade the program"
        yield Checked("schema", sound=False, finding=f"{revision or 'empty'}, and {REVISION} is needed", step=step)
        return
    yield Checked("schema", sound=True, finding=f"revision {REVISION}")
    for name, check in CHECKS.items():
        yield _run(database, name, check)


def _run(database: Database, name: str, check: "Check") -> Checked:
    try:
        with database.reading() as connection:
            problem, step = check(connection)
    except LockHeld:
        raise
    except Stop as stop:
        said = str(getattr(stop.__cause__, "orig", stop.message))
        if "readonly" in said:
            return Checked(name, sound=True, finding="not examined: that needs a database that can be written")
        step = _REBUILD if name == _INDEX else _RESTORE
        return Checked(name, sound=False, finding=f"the database says: {said}", step=step)
    return Checked(name, not step, problem, step)


Check = Callable[[Connection], tuple[str, str]]
"""Returns what was found, and the next step where that is not sound."""


def _file(connection: Connection) -> tuple[str, str]:
    if connection.dialect.name != "sqlite":
        return "a database server looks after its own files", ""
    faults = list(connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST_FAULTS})").scalars())
    return ("SQLite finds no fault in it", "") if faults == ["ok"] else ("; ".join(map(str, faults)), _RESTORE)


def _index_reach(connection: Connection) -> tuple[str, str]:
    if not index.exists(connection):
        return "this database has none; papers are compared one by one", ""
    reach, last = index.reach(connection), index.last_row(connection)
    if reach == last:
        return f"reaches all {last:,} rows", ""
    return f"reaches row {reach:,} of {last:,}", "`llmsurvey db upgrade` takes the others in"


def _index(connection: Connection) -> tuple[str, str]:
    if not index.exists(connection):
        return "this database has none", ""
    against_papers = int(index.reach(connection) == index.last_row(connection))
    # Changes nothing, but wants the right to write. Where papers wait, only the index itself can be checked.
    connection.exec_driver_sql(
        f"INSERT INTO {index.TABLE}({index.TABLE}, rank) VALUES ('integrity-check', ?)", (against_papers,)
    )
    return "agrees with titles and abstracts" if against_papers else "is whole as far as it reaches", ""


def _months(connection: Connection) -> tuple[str, str]:
    wrong = _number(connection, "SELECT COUNT(*) FROM papers WHERE month <> substr(submitted, 1, 7)")
    if wrong:
        return f"{wrong:,} papers have a month that is not the one they were submitted in", _RESTORE
    return "every paper's month is that of its first version", ""


def _census(connection: Connection) -> tuple[str, str]:
    wrong = census.unreadable(connection)
    if wrong:
        return f"{len(wrong):,} of its sheets cannot be read, such as {wrong[0]!r}", _RESTORE
    return "every line of it can be read", ""


def _denominators(connection: Connection) -> tuple[str, str]:
    recount = "`llmsurvey db upgrade` counts them anew"
    if denominators.is_stale(connection):
        return "an import was interrupted before the totals were counted anew", recount
    counts = denominators.count(connection)
    if counts != denominators.kept(connection):
        return "the totals by month and category are not those of the papers that were read", recount
    return f"add up to the {sum(counts.papers.values()):,} papers that were read", ""


def _number(connection: Connection, query: str) -> int:
    return int(connection.execute(text(query)).scalar_one())


CHECKS: dict[str, Check] = {
    "file": _file,
    "index reach": _index_reach,
    _INDEX: _index,
    "months": _months,
    "census": _census,
    "totals": _denominators,
}
"""All checks, in their order."""
