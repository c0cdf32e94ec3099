"""The schema as SQL for a person to read: what `db/schema.sql` is generated from."""

from sqlalchemy import create_engine, text

from llmsurvey.store import upgrade
from llmsurvey.store.index import TABLE

_HEAD = """\
-- The shape of an SQLite database of llmsurvey, generated from llmsurvey/store/tables.py: `make docs` writes it anew.
-- Times are ISO-8601 UTC text, months YYYY-MM.
"""
_STATEMENTS = text(
    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE :shadows ESCAPE '!' "
    "ORDER BY tbl_name, type DESC, name"
)


def schema_sql() -> str:
    """Return the statements that make an empty store in SQLite, without those that FTS5 runs by itself."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        upgrade.make(connection)
        made = connection.scalars(_STATEMENTS, {"shadows": TABLE.replace("_", "!_") + "!_%"}).all()
    engine.dispose()
    return "\n".join([_HEAD, *(f"{_tidy(statement)};\n" for statement in made)])


def _tidy(statement: str) -> str:
    return "\n".join(line.replace("\t", "  ").rstrip() for line in statement.strip().splitlines())
