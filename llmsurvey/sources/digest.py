"""The SHA-256 of a file, worked out while the file is being read, so that a large one is not read twice in a row."""

from hashlib import sha256
from pathlib import Path
from threading import Thread

_AT_ONCE = 16 << 20
"""Bytes in one step. Between two of them the thread may have to wait for others that hold the interpreter."""
_ENDS = 64 << 10
"""Bytes of the beginning and of the end by which a file is known while its digest is not."""


def fingerprint(path: Path) -> str:
    """Return what tells a file from others at a glance: a digest of its size, its beginning and its end."""
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(_ENDS)
        file.seek(max(0, size - _ENDS))
        return sha256(b"%d\n%b\n%b" % (size, start, file.read(_ENDS))).hexdigest()


class Digest:
    """A digest in the making, in a thread of its own: hashing lets other threads run."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._begun_with = _state(path)
        self._hash = sha256()
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
        """Wait for the digest, and return it in hexadecimal; a fault of the reading is raised here."""
        self._thread.join()
        if self._fault:
            raise self._fault
        return self._hash.hexdigest()

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
