"""The folder beside the database that holds the user's share of the facts: imported catalogues, and models added."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copymode

from llmsurvey.errors import CannotWrite
from llmsurvey.knowledge.layer import CATALOGUES, Layer, decoded, encoded


@dataclass(frozen=True, slots=True)
class FactsFolder:
    """One such folder; it need not exist."""

    path: Path

    @staticmethod
    def beside(database: Path | None) -> "FactsFolder":
        """Return the folder that belongs to a database file; without a file, one in the working folder."""
        file = database or Path.cwd() / "llmsurvey.db"
        return FactsFolder(file.with_name(f"{file.stem}.catalogues"))

    @property
    def own(self) -> Path:
        """The overlay that `models add` writes where the settings name none."""
        return self.path / "mine.toml"

    def overlays(self) -> tuple[Path, ...]:
        """Return the user's own overlay, where it is there."""
        return (self.own,) if self.own.is_file() else ()

    def file_of(self, catalogue: str) -> Path:
        """Return where an imported catalogue lies."""
        return self.path / f"{catalogue}.json"

    def layers(self) -> tuple[Path, ...]:
        """Return the files of the imported catalogues, the lowest first."""
        return tuple(file for name in CATALOGUES if (file := self.file_of(name)).is_file())

    def read(self, catalogue: str) -> Layer | None:
        """Read an imported catalogue; None where it was never imported, `DamagedLayer` where it is broken."""
        file = self.file_of(catalogue)
        return decoded(file.read_bytes(), file) if file.is_file() else None

    def keep(self, layer: Layer) -> bool:
        """Keep a catalogue in place of its older version, whole or not at all; tell whether anything changed."""
        file, raw = self.file_of(layer.catalogue), encoded(layer)
        with suppress(OSError):
            if file.read_bytes() == raw:
                return False
        write(file, raw)
        return True

    def drop(self, catalogue: str) -> bool:
        """Remove an imported catalogue; tell whether there was one."""
        try:
            self.file_of(catalogue).unlink()
        except FileNotFoundError:
            return False
        except OSError as fault:
            raise _cannot_write(self.file_of(catalogue), fault) from fault
        return True


def write(file: Path, raw: bytes) -> None:
    """Write a file beside its place and move it there: a full disk or a kill leaves the older one as it was."""
    draft = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(raw)
        with suppress(FileNotFoundError):
            copymode(file, draft)  # who may read the older one may read the newer one, and nobody else
        draft.replace(file)
    except OSError as fault:
        raise _cannot_write(file, fault) from fault
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _cannot_write(file: Path, fault: OSError) -> CannotWrite:
    return CannotWrite(
        f"cannot write {file}: {fault.strerror or fault}", hint="nothing has changed; make room or give write access"
    )
