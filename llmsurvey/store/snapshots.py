"""The ledger of snapshot files: what was read, how, and what came of it."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from llmsurvey import __version__
from llmsurvey.month import Month
from llmsurvey.phrase import Phrase
from llmsurvey.store import denominators
from llmsurvey.store.rows import stamp
from llmsurvey.store.tables import papers, snapshots
from llmsurvey.store.tally import Tally
from llmsurvey.survey import Reading

UNKNOWN = "unknown until read"
"""Stands for the digest of standard input while it is being read."""
BEGUN = "begun with"
"""Stands, with a fingerprint, for the digest of a file while it is being read for the first time."""


@dataclass(frozen=True, slots=True)
class SnapshotFile:
    """A file's identity and the way it is read."""

    name: str
    """As given, without its folder."""
    size: int
    """Bytes as they lie on the disk, compressed or not."""
    digest: str
    """Of its content, with its kind before it: `blake3:…`."""
    keep: str
    """`matched` or `all`."""
    phrases: tuple[str, ...]
    """What is tracked while it is read."""
    begun: str = ""
    """What stands for the digest on the ledger until the first reading has come to its end; empty: nothing does."""


def complete(connection: Connection, file: SnapshotFile) -> Tally | None:
    """Return what was found when this very content was read before, as broadly as asked now; None if it was not.

    A reading that kept everything serves every later wish; one that kept matches serves the phrases it looked for.
    """
    rows = connection.execute(
        select(snapshots).where(snapshots.c.digest == file.digest, snapshots.c.status == "complete")
    )
    for row in rows:
        looked_for = set(json.loads(row.phrases))
        if row.keep == "all" or (file.keep == "matched" and looked_for >= set(file.phrases)):
            return Tally(
                row.records,
                row.papers,
                row.matched,
                row.rejected,
                row.odd_ids,
                row.first_month,
                row.last_month,
                row.data_date,
            )
    return None


def digests(connection: Connection, size: int | None = None) -> frozenset[str]:
    """Return the digests on the ledger; of files of one size, if it is given: another may be one of them."""
    known = select(snapshots.c.digest).where(~snapshots.c.digest.contains(" "))  # what stands for a digest has one
    return frozenset(connection.scalars(known if size is None else known.where(snapshots.c.bytes == size)))


def rename(connection: Connection, older: str, digest: str) -> None:
    """Name a content by another digest; of two rows of it that were read in the same way the complete one stays."""
    for row in connection.execute(select(snapshots).where(snapshots.c.digest == older)).all():
        twins = (snapshots.c.digest == digest, snapshots.c.keep == row.keep, snapshots.c.phrases == row.phrases)
        if row.status == "complete":
            connection.execute(delete(snapshots).where(*twins))
        elif connection.execute(select(snapshots.c.id).where(*twins)).first() is not None:
            drop(connection, row.id)
        connection.execute(update(snapshots).where(snapshots.c.id == row.id).values(digest=digest))


def begin(connection: Connection, file: SnapshotFile) -> int:
    """Open the row of a reading and return its number; a reading that was cut short goes on under its old row."""
    connection.execute(delete(snapshots).where(snapshots.c.digest.startswith(UNKNOWN), snapshots.c.status == "reading"))
    phrases = json.dumps(sorted(file.phrases), ensure_ascii=False)
    identity = snapshots.c.digest.in_([file.digest, file.begun])
    same = (identity, snapshots.c.keep == file.keep, snapshots.c.phrases == phrases)
    values: dict[str, Any] = {"name": file.name, "status": "reading", "started": _now(), "finished": None}
    values |= {"fault": None, "program": __version__} | _columns(Tally())
    values["digest"] = file.digest
    number = connection.execute(select(func.min(snapshots.c.id)).where(*same)).scalar()
    if number is not None:
        connection.execute(delete(snapshots).where(*same, snapshots.c.id != number))
        connection.execute(update(snapshots).where(snapshots.c.id == number).values(**values))
        return int(number)
    values |= {"bytes": file.size, "keep": file.keep, "phrases": phrases}
    return int(connection.execute(insert(snapshots).values(**values).returning(snapshots.c.id)).scalar_one())


def note(connection: Connection, number: int, tally: Tally) -> None:
    """Write down how far a reading has come, in the transaction that stores what was read."""
    connection.execute(update(snapshots).where(snapshots.c.id == number).values(**_columns(tally)))


def drop(connection: Connection, number: int) -> None:
    """Forget a reading that found nothing: the file was no snapshot."""
    connection.execute(delete(snapshots).where(snapshots.c.id == number))


def identify(connection: Connection, number: int, digest: str, size: int) -> None:
    """Name the content of what was read, known only at its end; an earlier reading of the same gives way."""
    row = connection.execute(select(snapshots).where(snapshots.c.id == number)).one()
    same = (snapshots.c.digest == digest, snapshots.c.keep == row.keep, snapshots.c.phrases == row.phrases)
    connection.execute(delete(snapshots).where(*same, snapshots.c.id != number))
    connection.execute(update(snapshots).where(snapshots.c.id == number).values(digest=digest, bytes=size))


def end(connection: Connection, number: int, tally: Tally, fault: str | None) -> None:
    """Close a reading: complete, or incomplete for a fault of the file."""
    status = "complete" if fault is None else "incomplete"
    values = {"status": status, "fault": fault, "finished": _now(), **_columns(tally)}
    connection.execute(update(snapshots).where(snapshots.c.id == number).values(**values))


def _columns(tally: Tally) -> dict[str, Any]:
    columns = {name: getattr(tally, name) for name in Tally.__dataclass_fields__}
    return columns | {"papers": columns.pop("distinct")}


def _now() -> str:
    return stamp(datetime.now(UTC))


def readings(connection: Connection) -> tuple[Reading, ...]:
    """Return every file that was read, or begun, in the order of their first reading."""
    return tuple(_reading(row) for row in connection.execute(select(snapshots).order_by(snapshots.c.id)))


def _reading(row: Row[tuple[Any, ...]]) -> Reading:
    return Reading(
        source="snapshot",
        name=row.name,
        status=row.status,
        data_date=date.fromisoformat(row.data_date) if row.data_date else None,
        first_month=Month.parse(row.first_month) if row.first_month else None,
        last_month=Month.parse(row.last_month) if row.last_month else None,
        records=row.records,
        matched=row.matched,
        rejected=row.rejected,
        keep=row.keep,
    )


def unread(connection: Connection, tracked: Sequence[Phrase]) -> tuple[tuple[str, Reading], ...]:
    """Return (phrase, reading) of the tracked phrases that were not looked for when a file's matches were kept.

    Reading the file again closes the hole. There is none where every paper of the file's months is stored, whichever
    reading brought them.
    """
    rows = connection.execute(select(snapshots).where(snapshots.c.status == "complete").order_by(snapshots.c.id)).all()
    looked_for: dict[str, tuple[Reading, set[str] | None]] = {}
    for row in rows:
        first, before = looked_for.get(row.digest, (_reading(row), set()))
        now = None if row.keep == "all" or before is None else before | set(json.loads(row.phrases))
        looked_for[row.digest] = (first, now)
    missed = [
        (phrase.text, reading)
        for reading, texts in looked_for.values()
        if texts is not None
        for phrase in tracked
        if not any(Phrase(text).covers(phrase) for text in texts)
    ]
    lacking = _months_not_stored_whole(connection) if missed else ()
    return tuple((phrase, reading) for phrase, reading in missed if any(map(reading.spans, lacking)))


def _months_not_stored_whole(connection: Connection) -> list[Month]:
    """Return the months of which some paper is known without its text."""
    known: Counter[str] = Counter()
    for (month, _category), number in denominators.counted(connection).papers.items():
        known[month] += number
    kept = select(papers.c.month, func.count()).group_by(papers.c.month)
    stored = {str(month): int(number) for month, number in connection.execute(kept)}
    return [Month.parse(month) for month, number in sorted(known.items()) if number > stored.get(month, 0)]


def looked_for(connection: Connection) -> frozenset[str]:
    """Return the phrases whose papers were kept from files that were read for their matches only."""
    rows = connection.scalars(select(snapshots.c.phrases).where(snapshots.c.keep == "matched"))
    return frozenset(text for phrases in rows for text in json.loads(phrases))
