"""The digest of a file, worked out while the file is being read, so that a large one is not read twice in a row.

BLAKE3 takes a third of the time of SHA-256, which a first import spends beside all else; it is as hard to forge. What
an older program named by its SHA-256 is still known by it.
"""

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from threading import Thread
from typing import Any, Final

from blake3 import blake3

KIND: Final = "blake3"
"""The kind of every new digest."""
_KINDS: Final[Mapping[str, Callable[[], Any]]] = {KIND: blake3, "sha256": sha256}
_AT_ONCE = 16 << 20
"""Bytes in one step. Between two of them the thread may have to wait for others that hold the interpreter."""
_ENDS = 64 << 10
"""Bytes of the beginning and of the end by which a file is known while its digest is not."""


class Hash:
    """A hash of bytes that come one after the other."""

    def __init__(self, kind: str = KIND) -> None:
        self._kind, self._hash = kind, _KINDS[kind]()

    def update(self, data: bytes | memoryview) -> None:
        """Take more bytes."""
        self._hash.update(data)

    def name(self) -> str:
        """Return the kind and the hexadecimal digest of all bytes so far: `blake3:af13…`."""
        return f"{self._kind}:{self._hash.hexdigest()}"


def older_kinds(digests: Iterable[str]) -> tuple[str, ...]:
    """Return the kinds of some digests, but for today's."""
    found = {digest.partition(":")[0] for digest in digests}
    return tuple(sorted(found & _KINDS.keys() - {KIND}))


def fingerprint(path: Path) -> str:
    """Return what tells a file from others at a glance: a digest of its size, its beginning and its end."""
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(_ENDS)
        file.seek(max(0, size - _ENDS))
        return sha256(b"%d\n%b\n%b" % (size, start, file.read(_ENDS))).hexdigest()


class Digest:
    """A digest in the making, in a thread of its own: hashing lets other threads run."""

    def __init__(self, path: Path, kind: str = KIND) -> None:
        self.path = path
        self._begun_with = _state(path)
        self._hash = Hash(kind)
        self._fault: OSError | MemoryError | None = None
        self._thread = Thread(target=self._work, daemon=True)  # not waited for where the reading is given up
        self._thread.start()

    def _work(self) -> None:
        try:
            step = memoryview(bytearray(_AT_ONCE))
            with self.path.open("rb", buffering=0) as file:
                while length := file.readinto(step):
                    self._hash.update(step[:length])
        except (OSError, MemoryError) as error:
            self._fault = error

    def result(self) -> str:
        """Wait for the digest, and return it as `Hash.name` does; a fault of the reading is raised here."""
        self._thread.join()
        if self._fault:
            raise self._fault
        return self._hash.name()

    def is_outdated(self) -> bool:
        """Tell whether the file was changed since this began: then others may have read what was not digested."""
        return _state(self.path) != self._begun_with


def _state(path: Path) -> tuple[int, ...] | None:
    """Return what changes with a file, whether it is written to or another one takes its place; None without it."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
