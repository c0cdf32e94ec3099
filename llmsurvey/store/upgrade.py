"""Bringing a database to this program's schema: made where there is none, upgraded where it is older.

An older database is copied beside itself before it is touched; a newer or a foreign one is refused and left as it is.
"""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import connect as sqlite_connect
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from llmsurvey.errors import Stop
from llmsurvey.store import denominators, index, lock, views
from llmsurvey.store.database import APPLICATION_ID, Database, connected
from llmsurvey.store.faults import in_words
from llmsurvey.store.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

REVISION = "0006"
"""The newest migration; `tests/store/test_upgrade.py` holds it equal to the folder's."""
_PART = ".part"
"""Ends the name of a copy that is being made."""


def opened(url: str) -> Database:
    """Open a database and bring it to this program's schema. Raises `Stop` where that must not be done."""
    database = connected(url)
    _make_folder(database)
    with in_words(database.place):
        _brought_up(database)
    return database


def revision_of(database: Database) -> str | None:
    """Return the migration a database stands at; None where it holds no table at all. Foreign ones are refused."""
    with database.reading() as connection:
        tables = set(inspect(connection).get_table_names())
        revision = revision_of_connection(connection) if _is_own(connection, tables) else None
        if revision is not None:
            return revision
        if tables:
            raise Stop(
                f"the database {database.place} belongs to another program (it holds {', '.join(sorted(tables)[:3])})",
                hint="name another file with --database; this one was not touched",
            )
    return None


def _is_own(connection: Connection, tables: set[str]) -> bool:
    if connection.dialect.name == "sqlite":
        return connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION_ID
    return "papers" in tables


def check_known(database: Database, revision: str) -> None:
    """Raise `Stop` where a newer program made the schema: this one cannot tell what it means."""
    if revision not in known_revisions():
        raise Stop(
            f"the database {database.place} was written by a newer llmsurvey (schema {revision}, here {REVISION})",
            hint="upgrade llmsurvey, or name another file with --database; this one was not touched",
        )


def _brought_up(database: Database) -> None:
    revision = revision_of(database)
    if revision == REVISION:
        return
    if revision is None:
        with database.writing() as connection:
            if revision_of_connection(connection) is None:
                make(connection)
        return
    check_known(database, revision)
    with lock.held(database, "the upgrade of the database"):
        if revision_of(database) == revision:  # else another run was quicker
            _migrate(database, _backed_up(database, revision))


def revision_of_connection(connection: Connection) -> str | None:
    """Return the migration inside an open transaction; None where there is no version table."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def make(connection: Connection) -> None:
    """Create the schema of today at once; a test holds it equal to what the migrations lead to."""
    metadata.create_all(connection)
    index.create(connection)
    views.create(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": REVISION})
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _make_folder(database: Database) -> None:
    path = database.path
    if path is None or path.parent.is_dir():
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Stop(
            f"the folder {path.parent} for the database cannot be made: {error.strerror}",
            hint="name another place with --database",
        ) from error


def _backed_up(database: Database, revision: str) -> Path | None:
    """Copy an SQLite database beside itself and return the copy; other databases have backups of their own."""
    path = database.path
    if path is None:
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    backup = path.with_name(f"{path.name}.backup-{revision}-{stamp}")
    for litter in path.parent.iterdir():  # of an upgrade that was killed
        if litter.name.startswith(f"{path.name}.backup-") and litter.name.endswith((_PART, f"{_PART}-journal")):
            litter.unlink()
    unfinished = backup.with_name(backup.name + _PART)
    source, target = sqlite_connect(path), sqlite_connect(unfinished)
    try:
        source.backup(target)
    except BaseException:
        target.close()
        unfinished.unlink(missing_ok=True)
        raise
    finally:
        source.close()
        target.close()
    unfinished.rename(backup)
    return backup


def _alembic() -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - 0.1 s, needed only where something is upgraded

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def known_revisions() -> set[str]:
    """Return every migration that this program has; a database that stands at another one is of a newer program."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - as above

    return {script.revision for script in ScriptDirectory.from_config(_alembic()).walk_revisions()}


def _migrate(database: Database, backup: Path | None) -> None:
    """Run the migrations in one transaction: all of them land, or none."""
    from alembic import command  # noqa: PLC0415 - as above

    config = _alembic()
    try:
        with database.writing() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, REVISION)
    except Exception as error:
        kept = f"the copy made before is {backup}" if backup else "nothing was changed"
        raise Stop(f"the database {database.place} could not be upgraded: {error}", hint=kept) from error
    # Else every question would count anew until the next import. A damaged census is told where it is asked for.
    with suppress(Stop), database.writing() as connection:
        denominators.recount(connection)
