"""The database: where it is, how it is opened, and the two kinds of transaction. SQLite unless a URL says otherwise."""

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from llmsurvey.errors import BadUsage, Stop
from llmsurvey.store.faults import in_words

BUSY_SECONDS = 10.0
"""How long a statement waits for another program's transaction to end."""
_CACHE_KIB = 65_536
PAGE = 16_384
"""Bytes in a page of a new file: fewer and larger ones take a quarter less time to fill."""
_BYTES_OF_LOG = 64 << 20
"""The log is carried over to the database every few blocks of an import, not at each."""
_PATIENT_MILLISECONDS = 60_000
"""How long a commit waits for readers while an empty store is filled."""
_WITH_LOG = b"\x02\x02"
"""What an SQLite file with a log has at bytes 18 and 19."""
APPLICATION_ID = 0x6C6C6D73
"""`llms`, written into the SQLite header, so that `file` and this program know whose database it is."""

# A None is bound as it is. The driver of Python 3.11 looks each time for somebody who would make something else of it;
# where nobody is named, that takes longer than to bind a text.
_AS_IT_IS: dict[None, None] = {}
sqlite3.register_adapter(type(None), _AS_IT_IS.get)

# What goes wrong is raised; the log of the library would show a traceback besides, where Ctrl-C meets a closing file.
logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())


@dataclass(frozen=True)
class Database:
    """An opened store whose schema is the one of this program (see `upgrade.opened`)."""

    engine: Engine

    @property
    def path(self) -> Path | None:
        """The file; None where the database is not a file of SQLite."""
        return file_of(self.engine.url)

    @property
    def place(self) -> str:
        """The database as messages name it: the file, or the URL without its password."""
        return str(self.path or self.engine.url.render_as_string(hide_password=True))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees one state of the store throughout."""
        with in_words(self.place), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that holds the right to write from its start; all of it lands, or nothing."""
        with in_words(self.place):
            connection = self.engine.connect().execution_options(llmsurvey_writes=True)
            with connection, connection.begin():
                yield connection

    @contextmanager
    def staying_open(self) -> Iterator[None]:
        """Keep the file open over many transactions: SQLite clears its log away whenever the last one closes it."""
        with in_words(self.place), self.engine.connect():
            yield

    @contextmanager
    def filling(self) -> Iterator["Database"]:
        """Open an SQLite file for the first fill of a store, of which there is nothing to be read yet.

        With a rollback journal what is appended is written to the disk once; with a log it is twice. It is as safe, but
        readers wait for each commit, and commits for readers. Where another program has the file open, the log stays.
        """
        if self.path is None:
            yield self
            return
        engine = create_engine(self.engine.url, poolclass=NullPool)
        event.listen(engine, "connect", _filled)
        event.listen(engine, "begin", _begun)
        yield Database(engine)
        engine.dispose()

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()


def parsed(url: str) -> URL:
    """Read an SQLAlchemy URL, or the plain path of an SQLite file; `BadUsage` where it is neither."""
    if "://" not in url:
        return URL.create("sqlite", database=str(Path(url).expanduser().absolute()))
    try:
        address = make_url(url)
        address.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        raise BadUsage(
            f"{url!r} is not the address of a database", hint="write a path, or a URL such as sqlite:///db/llmsurvey.db"
        ) from error
    return address


def file_of(url: URL) -> Path | None:
    """Return the file an SQLite URL names; None for memory and for other databases."""
    is_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    if not is_file:
        return None
    named = str(url.database)
    return Path(unquote(urlsplit(named).path) if named.startswith("file:") else named).absolute()


def connected(url: str) -> Database:
    """Make the engine for a database, without looking into it."""
    address = parsed(url)
    path = file_of(address)
    if address.get_backend_name() != "sqlite":
        return Database(_served(address))
    if path is None:
        raise BadUsage("a database in memory is gone when the command ends", hint="name a file")
    if path.is_dir():
        raise Stop(f"the database {path} is a folder", hint="name a file in it: --database PATH/llmsurvey.db")
    sealed = path.exists() and not os.access(path.parent, os.W_OK)
    if sealed:
        # WAL needs to write beside the file; where that cannot be, the file does not change either.
        address = URL.create("sqlite", database=path.as_uri(), query={"uri": "true", "mode": "ro", "immutable": "1"})
    engine = create_engine(address, poolclass=NullPool, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _sealed if sealed else _prepared)
    event.listen(engine, "begin", _begun)
    return Database(engine)


def _served(address: URL) -> Engine:
    """Make the engine for a database that a server keeps; `Stop` where the driver of its kind is not installed."""
    try:
        return create_engine(address, poolclass=NullPool)
    except ImportError as error:
        raise Stop(
            f"the driver for {address.drivername} databases cannot be loaded: {error}",
            hint='install it where llmsurvey is; for PostgreSQL: pip install "psycopg[binary]"',
        ) from error


def looked_into(url: str) -> Database:
    """Make the engine for reading an existing database without leaving a trace in it or beside it."""
    address = parsed(url)
    path = file_of(address)
    if path is None:
        return connected(url)
    query = {"uri": "true"} | _way_to_look_into(path)
    engine = create_engine(
        URL.create("sqlite", database=path.as_uri(), query=query),
        poolclass=NullPool,
        connect_args={"timeout": BUSY_SECONDS},
    )
    event.listen(engine, "connect", _sealed)
    event.listen(engine, "begin", _begun)
    return Database(engine)


def _way_to_look_into(path: Path) -> dict[str, str]:
    """Return how a file is opened so that nothing new lies beside it, and all that was committed is seen."""
    if path.with_name(f"{path.name}-journal").exists() and os.access(path, os.W_OK):
        # What a killed fill left half done is taken back by who reads it first, which takes the right to write.
        return {"mode": "rw"}
    # A file with a log, and none beside it, is open nowhere; a lock on it would make files. One that is being filled
    # has a journal now and then only, and is locked in itself.
    is_still = _has_log(path) and not path.with_name(f"{path.name}-wal").exists()
    return {"mode": "ro", "immutable": "1"} if is_still else {"mode": "ro"}


def _has_log(path: Path) -> bool:
    """Tell whether an SQLite file is written with a log; it is in its header (sqlite.org/fileformat.html, 1.3.3)."""
    with suppress(OSError), path.open("rb") as file:
        return file.read(20)[18:] == _WITH_LOG
    return False


def _prepared(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
    connection.isolation_level = None  # transactions are begun by _begun, not by the driver
    if _own_or_new(connection):
        with suppress(
            sqlite3.OperationalError
        ):  # while another program fills it: it can be read and written all the same
            connection.execute("PRAGMA journal_mode = WAL")  # it is written into the file, so not into a foreign one
    _set(connection, "synchronous = NORMAL", f"wal_autocheckpoint = {_BYTES_OF_LOG // PAGE}")


def _filled(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout = 0")
    with suppress(sqlite3.OperationalError):  # somebody has it open
        connection.execute("PRAGMA journal_mode = DELETE")
    _set(connection, f"busy_timeout = {_PATIENT_MILLISECONDS}", "synchronous = FULL")


def _set(connection: Any, *settings: str) -> None:  # noqa: ANN401 - the driver's own connection
    for setting in (*settings, "foreign_keys = ON", f"cache_size = -{_CACHE_KIB}", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {setting}")


def _own_or_new(connection: Any) -> bool:  # noqa: ANN401 - the driver's own connection
    (own,) = connection.execute("PRAGMA application_id").fetchone()
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    if pages == 0:
        connection.execute(f"PRAGMA page_size = {PAGE}")
    return bool(own == APPLICATION_ID or pages == 0)


def _sealed(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
    connection.isolation_level = None


def _begun(connection: Connection) -> None:
    writes = connection.get_execution_options().get("llmsurvey_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
