"""Finding stored papers: by a query over title and abstract, ranked, and by month, category and author.

The full-text index answers for the papers it reaches; the others (all of them on a database without FTS5) are read
and compared by the pure rule, so that the answer is the same. Whole papers are read only where they are shown.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, text

from llmsurvey.errors import BadUsage, Stop
from llmsurvey.month import Month
from llmsurvey.paper import Paper
from llmsurvey.store import index, lock
from llmsurvey.store.authors import AuthorName
from llmsurvey.store.conditions import Query
from llmsurvey.store.coverage import categories
from llmsurvey.store.database import Database
from llmsurvey.store.rows import paper_of
from llmsurvey.store.tables import papers

TITLE_WEIGHT = 5.0
"""How much more a word in the title says about a paper than one in the abstract (weights of FTS5's bm25)."""

_READ_AT_ONCE = 500
_CATEGORY = re.compile(r"[A-Za-z-]+(?:\.(?:[A-Za-z-]+|\*))?")
_BY_ROW = select(papers).where(papers.c.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is looked for: papers that fulfil every condition that is set."""

    query: Query | None = None
    since: Month | None = None
    """First month of version 1."""
    until: Month | None = None
    """Last month of version 1."""
    category: str | None = None
    """One of the paper's categories (`cs.CL`), or a whole archive (`cs.*`); case does not matter."""
    author: AuthorName | None = None
    with_withdrawn: bool = True

    def __post_init__(self) -> None:
        if self.category is not None and not _CATEGORY.fullmatch(self.category):
            raise BadUsage(f"{self.category!r} is not a category", hint="write cs.CL, hep-th, or cs.* for an archive")
        if self.since and self.until and self.until < self.since:
            raise BadUsage(f"the months from {self.since} to {self.until} are none", hint="put the earlier month first")

    def sql(self, *, on_sqlite: bool) -> tuple[str, dict[str, Any]]:
        """Return the conditions as SQL over a paper `p`: all but the query; the author only roughly, or not at all."""
        clauses: dict[str, str | None] = {}
        if self.since is not None:
            clauses["p.submitted >= :since"] = str(self.since)
        if self.until is not None:
            clauses["p.submitted < :before"] = f"{self.until}~"  # behind every day of the month
        if self.category is not None:
            category = self.category.lower()
            known = f"{category.removesuffix('*')}%" if category.endswith("*") else f"{category} %"
            clauses["' ' || lower(p.categories) || ' ' LIKE :category"] = f"% {known}"
        values: dict[str, Any] = {clause.rpartition(":")[2]: value for clause, value in clauses.items()}
        if not self.with_withdrawn:
            clauses["p.withdrawn = 0"] = None
        if self.author is not None and on_sqlite:
            clause, words = self.author.sqlite()
            clauses[clause] = None
            values |= words
        return " AND ".join(clauses) or "1 = 1", values


def found(database: Database, search: Search, *, limit: int, offset: int = 0) -> tuple[Paper, ...]:
    """Return papers, the best first: by bm25, then the newest, then by identifier."""
    extend_index(database)
    with database.reading() as connection:
        rows = _best_first(connection, search)
        # Whole papers are long: no more are read than are shown, unless their authors must be looked through.
        at_once = _READ_AT_ONCE if search.author else min(limit + offset, _READ_AT_ONCE)
        return tuple(islice(_read(connection, rows, search, at_once), offset, offset + limit))


def every(database: Database, search: Search) -> Iterator[Paper]:
    """Yield all papers that are looked for, a few at a time, in the order of their identifiers."""
    extend_index(database)
    with database.reading() as connection:
        scope, values = search.sql(on_sqlite=index.exists(connection))
        if search.query is not None:
            scope += f" AND p.id IN ({_hits(connection, search.query, values)})"
        rows = connection.execute(text(f"SELECT p.id FROM papers p WHERE {scope} ORDER BY p.arxiv_id"), values)
        yield from _read(connection, rows.scalars(), search)


def extend_index(database: Database) -> None:
    """Take papers that wait behind the index into it, unless another run works on the store or it cannot be written."""
    with database.reading() as connection:
        if not index.exists(connection) or index.last_row(connection) <= index.reach(connection):
            return
    with suppress(Stop), lock.held(database, "full-text index"), database.writing() as connection:
        index.extend(connection)


def check_category(database: Database, category: str) -> None:
    """Raise `BadUsage` where the store has papers, but none of a category."""
    with database.reading() as connection:
        known = categories(connection)
        if not known or category.lower() in {name.lower() for name in known}:
            return
        scope, values = Search(category=category).sql(on_sqlite=False)
        if connection.execute(text(f"SELECT 1 FROM papers p WHERE {scope} LIMIT 1"), values).first():
            return
    archives = dict.fromkeys(f"{name.partition('.')[0]}.*" for name in known if "." in name)
    near = get_close_matches(category, [*archives, *known], n=3)
    raise BadUsage(
        f"no stored paper has the category {category!r}",
        hint=f"did you mean {', '.join(near)}?"
        if near
        else "categories look like cs.CL, hep-th, or cs.* for an archive",
    )


def _best_first(connection: Connection, search: Search) -> Iterator[int]:
    """Yield the row numbers of all hits but for the author: those with the query in the title, then the others."""
    scope, values = search.sql(on_sqlite=index.exists(connection))
    match = search.query.match() if search.query and index.exists(connection) else None
    if match and not match.negated:
        covered = "INDEXED BY ix_papers_count" if search.category is None and search.author is None else ""
        statement = text(
            f"SELECT p.id, p.submitted, bm25({index.TABLE}, {TITLE_WEIGHT}, 1.0) AS score FROM {index.TABLE} f "
            f"CROSS JOIN papers p {covered} ON p.id = f.rowid WHERE {index.TABLE} MATCH :query AND {scope} "
            "ORDER BY score, p.submitted DESC"
        )
        seen: set[int] = set()
        for expression in (match.in_title, match.expression):
            rows = connection.execute(statement, {**values, "query": expression})
            for number in _settled(connection, (row for row in rows if row.id not in seen)):
                seen.add(number)
                yield number
        scope += f" AND p.id > {index.reach(connection)}"
    elif search.query:
        scope += f" AND p.id IN ({_hits(connection, search.query, values)})"
    rows = connection.execute(
        text(f"SELECT p.id, p.submitted, 0 AS score FROM papers p WHERE {scope} ORDER BY p.submitted DESC"), values
    )
    yield from _settled(connection, rows)


def _hits(connection: Connection, query: Query, values: dict[str, Any]) -> str:
    """Return the SQL for the rows that may be hits: exactly so up to the index's reach, and all those behind it."""
    if not index.exists(connection):
        return "SELECT id FROM papers"
    match = query.match()
    values |= {"query": match.expression, "reach": index.reach(connection)}
    found = f"SELECT rowid FROM {index.TABLE} WHERE {index.TABLE} MATCH :query"
    if match.negated:
        found = f"SELECT id FROM papers WHERE id <= :reach AND id NOT IN ({found})"
    return f"{found} UNION ALL SELECT id FROM papers WHERE id > :reach"


def _settled(connection: Connection, rows: Iterable[Row[Any]]) -> Iterator[int]:
    """Yield row numbers; among equals by rank and time the identifier decides, which need not be read otherwise."""
    for _, equals in groupby(rows, key=lambda row: (row.score, row.submitted)):
        numbers = [int(row.id) for row in equals]
        if len(numbers) > 1:
            names = [
                row
                for few in _batches(numbers)
                for row in connection.execute(select(papers.c.arxiv_id, papers.c.id).where(papers.c.id.in_(few)))
            ]
            numbers = [row.id for row in sorted(names)]
        yield from numbers


def _read(
    connection: Connection, numbers: Iterable[int], search: Search, at_once: int = _READ_AT_ONCE
) -> Iterator[Paper]:
    """Read the papers of some rows, in that order, and leave out what only reading shows to be no hit."""
    reach = index.reach(connection) if index.exists(connection) else 0
    for few in _batches(numbers, at_once):
        rows = {row.id: row for row in connection.execute(_BY_ROW, {"ids": few})}
        for number in few:
            row = rows[number]
            if number > reach and search.query and not search.query.holds((row.title, row.abstract)):
                continue
            if search.author is None or search.author.is_among(row.authors):
                yield paper_of(row)


def _batches(numbers: Iterable[int], size: int = _READ_AT_ONCE) -> Iterator[list[int]]:
    left = iter(numbers)
    while few := list(islice(left, size)):
        yield few
