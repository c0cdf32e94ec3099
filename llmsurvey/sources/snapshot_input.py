"""What a snapshot is read from: a file or standard input, how far it was read, and damage on the way."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from llmsurvey.errors import Stop
from llmsurvey.sources.digest import KIND, Hash

BLOCK = 4 << 20
"""Bytes of text in one block, about two and a half thousand records."""
AT_ONCE = 1 << 14
"""Packed bytes that are unpacked at once: what is lost where a packing is damaged."""

AGAIN = "what was whole before is kept; download the file again and import it"
"""The next step after damage."""


class DamagedFile(Stop):
    """A file that ends before its end, or whose packing is damaged; the blocks before the damage are good."""


class Source(Protocol):
    """Something bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes, none at the end."""


@dataclass(frozen=True, slots=True)
class SnapshotInput:
    """A file to read, or standard input for `-`."""

    path: Path | None

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.path.name if self.path else "standard input"

    def size(self) -> int:
        """Bytes as they lie on the disk; 0 for standard input, which tells no size."""
        return self.path.stat().st_size if self.path else 0


@dataclass(slots=True)
class Meter:
    """How far a file has been read, for a progress bar and for the ledger."""

    packed: int = 0
    """Bytes read from the disk."""
    digest: str = ""
    """Of all that was read, as `Digest` names it; set at the end of standard input, which cannot be read twice."""
    older_kinds: tuple[str, ...] = ()
    """Kinds of digests by which the same may be known."""
    older_digests: tuple[str, ...] = ()
    """Those, set together with the digest."""


class Counted:
    """A reader that counts, and hashes where the bytes pass only once."""

    def __init__(self, file: BinaryIO, meter: Meter, *, hashed: bool) -> None:
        self._file, self._meter = file, meter
        self._ahead = b""
        self._hashes = [Hash(kind) for kind in (KIND, *meter.older_kinds)] if hashed else []

    def peek(self, size: int) -> bytes:
        """Look at the first bytes without taking them."""
        while len(self._ahead) < size and (more := self._file.read(size - len(self._ahead))):
            self._ahead += more
        return self._ahead

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes, none at the end."""
        data, self._ahead = (self._ahead, b"") if self._ahead else (self._file.read(size), b"")
        self._meter.packed += len(data)
        for each in self._hashes:
            each.update(data)
        return data

    def note_digests(self) -> None:
        """Tell the meter the digests of what was read, where it was hashed."""
        if self._hashes:
            self._meter.digest, *older = (each.name() for each in self._hashes)
            self._meter.older_digests = tuple(older)
