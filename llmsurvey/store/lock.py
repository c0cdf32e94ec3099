"""One writer at a time: the lock of a store, which says who holds it."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from llmsurvey.errors import LockHeld, Stop
from llmsurvey.store.database import Database


@contextmanager
def held(database: Database, doing: str) -> Iterator[None]:
    """Hold the store's lock for a run; `LockHeld` at once where another run has it.

    The lock belongs to the process and falls with it, however it ends; the file beside it only tells who it was.
    """
    path = lock_file(database)
    if path is None:  # a database server keeps its own order
        yield
        return
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise LockHeld(
            f"another run works on {database.place}: {_holder(path)}", hint="wait until it has ended, then try again"
        ) from None
    except OSError as error:
        raise Stop(
            f"the lock {path} cannot be taken: {error.strerror}", hint="give write access to the folder of the database"
        ) from error
    try:
        who = {"process": os.getpid(), "doing": doing, "since": datetime.now(UTC).isoformat(timespec="seconds")}
        with suppress(OSError):  # on a full disk the run itself says where there is no room
            _note(path).write_text(json.dumps(who), encoding="utf-8")
        yield
    finally:
        _note(path).unlink(missing_ok=True)
        lock.release()


def holder(database: Database) -> str | None:
    """Tell who holds the store's lock, in words; None where nobody does. No file is made."""
    path = lock_file(database)
    return _holder(path) if path and is_held(database) else None


def is_held(database: Database) -> bool | None:
    """Tell whether a run holds the store's lock; None where that cannot be known. No file is made."""
    path = lock_file(database)
    if path is None:
        return None
    if not path.exists():
        return False
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:  # a lock that we may not take cannot be asked
        return None
    lock.release()
    return False


def lock_file(database: Database) -> Path | None:
    """Return the file that is locked, beside the database."""
    return database.path.with_name(database.path.name + ".lock") if database.path else None


def _note(path: Path) -> Path:
    return path.with_name(path.name + ".by")


def _holder(path: Path) -> str:
    try:
        who = json.loads(_note(path).read_text(encoding="utf-8"))
        return f"{who['doing']}, process {who['process']}, since {who['since']}"
    except (OSError, ValueError, KeyError):
        return "a run that has just begun"
