"""By what a file is known on the ledger: the digest of its content, or what stands for it until it is worked out."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from llmsurvey.sources.digest import KIND, Digest, fingerprint, kinds_of
from llmsurvey.sources.snapshot_input import SnapshotInput
from llmsurvey.store import snapshots
from llmsurvey.store.database import Database


@dataclass(frozen=True, slots=True)
class Content:
    """What is known of a file's content before it is read."""

    name: str
    """The digest, or what stands for it."""
    begun: str = ""
    """What stands for the digest until the first reading has come to its end; empty for standard input."""
    digest: Digest | None = None
    """Still in the making where `name` is no digest."""

    @property
    def mark(self) -> str:
        """A few signs that tell this content from others."""
        if self.digest is None:
            return f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}"
        return self.name.removeprefix(snapshots.BEGUN).strip().rpartition(":")[2][:8]


def content_of(source: SnapshotInput, database: Database, ahead: Digest | None = None) -> Content:
    """Return by what a source is known; `ahead` is a digest that was begun before, which serves if it is the one."""
    if source.path is None:
        return Content(f"{snapshots.UNKNOWN} {datetime.now(UTC)}")
    with database.reading() as connection:
        like_it = snapshots.digests(connection, source.size())
    begun = f"{snapshots.BEGUN} {fingerprint(source.path)}"
    kinds = kinds_of(like_it)
    if not kinds:  # it is new, and is digested while it is read
        return Content(begun, begun, _digest(source.path, KIND, ahead))
    for kind in kinds:
        digest = _digest(source.path, kind, ahead)
        if digest.result() in like_it:
            break
    return Content(digest.result(), begun, digest)


def _digest(path: Path, kind: str, ahead: Digest | None) -> Digest:
    serves = ahead and (ahead.path, ahead.kind) == (path, kind) and not ahead.is_outdated()
    return ahead if ahead and serves else Digest(path, kind)
