"""The file of rejected lines: what could not be taken, where it stood, and why."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Self

import msgspec

from llmsurvey.errors import Stop
from llmsurvey.harvest.sift import Reject
from llmsurvey.store.database import Database

SHOWN = 5
"""Rejects that are shown to the person at once; the file holds all."""


class RejectsFile:
    """JSON lines of `line`, `reason` and `start`, made only where something is rejected."""

    def __init__(self, folder: Path, name: str, mark: str) -> None:
        """Take the name of what is read, and a mark that tells it from others of that name."""
        safe = "".join(letter if letter.isalnum() or letter in "._-" else "-" for letter in name)[:80]
        self.path = folder / f"{safe}-{mark}.rejects.jsonl"
        self.first: tuple[Reject, ...] = ()
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            with suppress(OSError):  # a full disk was told when the lines were written
                self._file.close()

    def add(self, rejects: Sequence[Reject], lines_before: int) -> None:
        """Write down the rejects of one block, whose lines follow `lines_before` others."""
        if not rejects:
            return
        placed = [msgspec.structs.replace(each, line=each.line + lines_before) for each in rejects]
        self.first = (*self.first, *placed)[:SHOWN]
        try:
            file = self._opened()
            file.writelines(msgspec.json.encode(each).decode() + "\n" for each in placed)
            file.flush()
        except OSError as error:
            raise Stop(
                f"the rejected lines cannot be written to {self.path}: {error.strerror}",
                hint="free some space or give write access; what was imported so far stays",
            ) from error

    def _opened(self) -> IO[str]:
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("w", encoding="utf-8")
        return self._file


def rejects_folder(database: Database) -> Path:
    """Return where the rejected lines of a store's imports lie: beside an SQLite file, else in the working folder."""
    return (database.path.parent if database.path else Path.cwd()) / "rejects"
