"""By what a file is known on the ledger: the digest of its content, or what stands for it until it is worked out."""

from dataclasses import dataclass
from datetime import UTC, datetime

from llmsurvey.sources.digest import Digest, fingerprint, older_kinds
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
    older_kinds: tuple[str, ...] = ()
    """Kinds of digests by which standard input may be known."""

    @property
    def mark(self) -> str:
        """A few signs that tell this content from others."""
        if self.digest is None:
            return f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}"
        return self.name.removeprefix(snapshots.BEGUN).strip().rpartition(":")[2][:8]


def content_of(source: SnapshotInput, database: Database, ahead: Digest | None = None) -> Content:
    """Return by what a source is known; `ahead` is a digest that was begun before, which serves if it is the one.

    A row of the ledger that names the same content by a digest of an older kind takes its digest of today.
    """
    with database.reading() as connection:
        like_it = snapshots.digests(connection, source.size() if source.path else None)
    if source.path is None:
        return Content(f"{snapshots.UNKNOWN} {datetime.now(UTC)}", older_kinds=older_kinds(like_it))
    begun = f"{snapshots.BEGUN} {fingerprint(source.path)}"
    serves = ahead and ahead.path == source.path and not ahead.is_outdated()
    digest = ahead if ahead and serves else Digest(source.path)
    if not like_it:  # it is new, and is digested while it is read
        return Content(begun, begun, digest)
    for older in (Digest(source.path, kind).result() for kind in older_kinds(like_it)):
        if older in like_it:
            with database.writing() as connection:
                snapshots.rename(connection, older, digest.result())
    return Content(digest.result(), begun, digest)
