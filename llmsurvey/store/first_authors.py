"""Papers of some months whose first author may have one of some names, found without reading all papers whole.

Names are compared as citation keys write them: the letters a to z and digits of a family name, or its beginning.
"""

from collections.abc import Collection, Iterator

from sqlalchemy import text

from llmsurvey.month import Month
from llmsurvey.paper import Paper
from llmsurvey.store.database import Database
from llmsurvey.store.rows import paper_of

_HEAD = 60
"""Characters of the authors' JSON that most first names end within; longer ones are left to the reader."""
_MOST_NAMES = 40
"""Names up to which asking SQLite for each is quicker than reading all papers."""
_ODD = "head NOT LIKE '[\"%\"%' OR head GLOB '*[^][\"A-Za-z0-9 .,-]*'"
"""Accents, TeX, apostrophes, no author, or a name that does not end: letters of its key need not stand in it."""
_HEADS = """
SELECT id, head, replace(replace(replace(head, ' ', ''), '-', ''), '.', '') AS squeezed
FROM (SELECT id, substr(authors, 1, :head) AS head FROM papers WHERE {months}) LIMIT -1
"""
"""The limit keeps SQLite from working out the same texts anew for each name."""
_MONTHS = "submitted >= :since AND submitted < :before"


def by_first_author(database: Database, first: Month, last: Month, names: Collection[str]) -> Iterator[Paper]:
    """Yield every paper of the months whose first author may have one of the names, and some others."""
    values: dict[str, object] = {"since": str(first), "before": f"{last}~"}
    statement = f"SELECT * FROM papers WHERE {_MONTHS}"
    with database.reading() as connection:
        if connection.dialect.name == "sqlite" and len(names) <= _MOST_NAMES:
            values |= {"head": _HEAD, **{f"name{number}": f"%{name}%" for number, name in enumerate(names)}}
            alike = " OR ".join((_ODD, *(f"squeezed LIKE :name{number}" for number, _ in enumerate(names))))
            heads = _HEADS.format(months=_MONTHS)
            statement = f"SELECT p.* FROM ({heads}) AS n CROSS JOIN papers p ON p.id = n.id WHERE {alike}"
        rows = connection.execute(text(statement).execution_options(yield_per=1_000), values)
        yield from map(paper_of, rows)
