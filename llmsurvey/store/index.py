"""The full-text index of the stored papers: SQLite's FTS5, which serves the stemmed rule.

The index follows `papers` by row number: rows up to `reach` are in it, rows behind wait for `extend`. A run that is
killed in between loses nothing: readers search the waiting rows one by one, and the next writer extends the index.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, func, select, text

from llmsurvey.phrase import Phrase, Rule
from llmsurvey.store import state
from llmsurvey.store.tables import papers

TABLE = "papers_fts"
DEFINITION = "title, abstract, content='papers', content_rowid='id', tokenize='porter unicode61'"
REACH = "index_reach"
HASH_BYTES = 64 << 20
"""Terms FTS5 gathers before it writes them out; its default of 1 MB costs a third more time."""
_MANY = 5_000


def exists(connection: Connection) -> bool:
    """Tell whether this database has the index; only SQLite does."""
    return connection.dialect.name == "sqlite"


def create(connection: Connection) -> None:
    """Make the empty index."""
    if exists(connection):
        connection.exec_driver_sql(f"CREATE VIRTUAL TABLE {TABLE} USING fts5({DEFINITION})")
        state.write(connection, REACH, "0")


def reach(connection: Connection) -> int:
    """Return the highest row number that is in the index."""
    return int(state.read(connection, REACH) or 0)


def last_row(connection: Connection) -> int:
    """Return the highest row number of the stored papers."""
    return int(connection.execute(select(func.coalesce(func.max(papers.c.id), 0))).scalar_one())


def extend(connection: Connection) -> int:
    """Take the waiting rows into the index and return how many there were."""
    if not exists(connection):
        return 0
    if last_row(connection) - reach(connection) > _MANY:
        connection.exec_driver_sql(f"INSERT INTO {TABLE}({TABLE}, rank) VALUES ('hashsize', {HASH_BYTES})")
    added = connection.execute(
        text(f"INSERT INTO {TABLE}(rowid, title, abstract) SELECT id, title, abstract FROM papers WHERE id > :reach"),
        {"reach": reach(connection)},
    ).rowcount
    if added:
        state.write(connection, REACH, str(last_row(connection)))
    return added


def replace(connection: Connection, row: int, before: tuple[str, str], after: tuple[str, str]) -> None:
    """Follow a change of one paper's title and abstract, where the paper is in the index."""
    if before == after or not exists(connection) or row > reach(connection):
        return
    connection.exec_driver_sql(
        f"INSERT INTO {TABLE}({TABLE}, rowid, title, abstract) VALUES ('delete', ?, ?, ?)", (row, *before)
    )
    connection.exec_driver_sql(f"INSERT INTO {TABLE}(rowid, title, abstract) VALUES (?, ?, ?)", (row, *after))


def rebuild(connection: Connection) -> None:
    """Make the index anew from the stored papers."""
    if exists(connection):
        connection.exec_driver_sql(f"INSERT INTO {TABLE}({TABLE}) VALUES ('rebuild')")
        state.write(connection, REACH, str(last_row(connection)))


def candidates(rule: Rule, phrase: Phrase) -> str:
    """Return the FTS5 query whose hits hold all papers that match a phrase under a rule.

    Under the stemmed rule the hits are the matches. Tokens are letters and digits only and stand in quotes, so that
    nothing in a phrase can be taken for an operator.
    """
    plain = '"' + " ".join(phrase.tokens) + '"'
    if rule is Rule.STEMMED or phrase.plural_stems == phrase.stems:
        return plain
    return f'{plain} OR "{" ".join((*phrase.tokens[:-1], phrase.tokens[-1] + "s"))}"'


def waiting(connection: Connection) -> Iterable[Sequence[object]]:
    """Yield (row, title, abstract, submitted, primary category, withdrawn) of the papers not yet in the index."""
    columns = (papers.c.id, papers.c.title, papers.c.abstract, papers.c.submitted, papers.c.primary_category)
    return connection.execute(
        select(*columns, papers.c.withdrawn).where(papers.c.id > reach(connection)).order_by(papers.c.id)
    )
