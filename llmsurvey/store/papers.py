"""Papers in the store: written so that the same record twice changes nothing, and read back as they were."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, Row, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from llmsurvey.paper import Paper, merged
from llmsurvey.store import census, denominators, index
from llmsurvey.store.census import asked
from llmsurvey.store.rows import FIELDS, PaperRow, census_of, paper_of, row_of, stamp
from llmsurvey.store.tables import changes, papers

_BY_ID = select(papers).where(papers.c.arxiv_id.in_(bindparam("ids", expanding=True)))
_BY_ID_SQL = "SELECT * FROM papers WHERE arxiv_id IN ({marks})"
_ASKED_AT_ONCE = 10_000
_UPDATE = update(papers).where(papers.c.id == bindparam("row"))


@dataclass(frozen=True, slots=True)
class Upserted:
    """What became of the records of one batch."""

    added: int = 0
    changed: int = 0
    same: int = 0

    @property
    def changes_counts(self) -> bool:
        """Whether anything became new or different."""
        return bool(self.added or self.changed)

    def __add__(self, other: "Upserted") -> "Upserted":
        return Upserted(self.added + other.added, self.changed + other.changed, self.same + other.same)


def get(connection: Connection, arxiv_id: str) -> Paper | None:
    """Return one paper, None where it is not stored."""
    row = connection.execute(_BY_ID, {"ids": [arxiv_id]}).one_or_none()
    return None if row is None else paper_of(row)


def identifiers(connection: Connection) -> Iterator[str]:
    """Yield the identifier of every stored paper."""
    yield from connection.scalars(select(papers.c.arxiv_id).execution_options(yield_per=10_000))


def stored_among(connection: Connection, arxiv_ids: Sequence[str]) -> set[str]:
    """Return those of some identifiers that are stored."""
    found: set[str] = set()
    for at in range(0, len(arxiv_ids), _ASKED_AT_ONCE):
        few = arxiv_ids[at : at + _ASKED_AT_ONCE]
        found.update(connection.scalars(select(papers.c.arxiv_id).where(papers.c.arxiv_id.in_(few))))
    return found


def upsert(connection: Connection, batch: Iterable[PaperRow], recorded: str, *, indexed: bool = True) -> Upserted:
    """Write a batch of rows: what is new is added, what is later replaces, what changed is kept as a dated change.

    `recorded` is the time the store learns of the batch. Without `indexed` the full-text index is left behind, for
    the caller to `index.extend` once at the end.
    """
    rows = list(batch)
    stored = Upserted(len(rows)) if _all_are_new(connection, rows) else Upserted()
    for once in _rounds(() if stored.added else rows):
        stored += _upsert_once(connection, once, recorded)
    if stored.changes_counts:
        denominators.mark_stale(connection)
    if indexed and stored.added:
        index.extend(connection)
    return stored


def _all_are_new(connection: Connection, rows: list[PaperRow]) -> bool:
    """Add a batch at once, if no paper of it is known or comes twice; else leave the store as it was.

    Nearly every batch of a first fill is of this kind, and asking for each paper first would cost as much again.
    """
    # By hand, as a full disk has undone the savepoint already when SQLAlchemy's own would return to it.
    connection.exec_driver_sql("SAVEPOINT batch")
    try:
        _insert(connection, rows)
    except IntegrityError:
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT batch")
        return False
    connection.exec_driver_sql("RELEASE SAVEPOINT batch")
    return True


def _rounds(batch: Iterable[PaperRow]) -> Iterator[dict[str, PaperRow]]:
    """Part a batch so that no paper is in a part twice: a batch then does what its records do one after the other."""
    waiting = list(batch)
    while waiting:
        once: dict[str, PaperRow] = {}
        again = [row for row in waiting if once.setdefault(str(row[0]), row) is not row]
        yield once
        waiting = again


def _upsert_once(connection: Connection, seen: dict[str, PaperRow], recorded: str) -> Upserted:
    known = _known(connection, seen)
    fresh = [row for arxiv_id, row in seen.items() if arxiv_id not in known]
    _insert(connection, fresh)
    renewed = sum(_renewed(connection, tuple(row), seen[arxiv_id], recorded) for arxiv_id, row in known.items())
    return Upserted(len(fresh), renewed, len(known) - renewed)


def current(
    connection: Connection, rows: Sequence[PaperRow], waiting: Mapping[str, Sequence[str]] | None = None
) -> list[PaperRow]:
    """Return the rows without those of which a later version was read that did not match.

    `waiting` are sheets that the census has not taken in yet.
    """
    known = census.versions_known(connection, [str(row[0]) for row in rows], waiting or {})
    outdated = [each for each in map(census_of, rows) if each[3] < known.get(each[0], 0)]
    census.add(connection, outdated)
    dropped = {(each[0], each[3]) for each in outdated}
    return [row for row in rows if (row[0], row[9]) not in dropped]


def _known(connection: Connection, seen: Iterable[str]) -> dict[str, Row[tuple[object, ...]]]:
    known: dict[str, Row[tuple[object, ...]]] = {}
    waiting = iter(seen)
    while ids := list(islice(waiting, _ASKED_AT_ONCE)):
        known.update((row.arxiv_id, row) for row in asked(connection, _BY_ID_SQL, _BY_ID, ids))
    return known


def _insert(connection: Connection, rows: list[PaperRow]) -> None:
    if not rows:
        return
    if connection.dialect.paramstyle == "qmark":
        # Plain tuples past SQLAlchemy's statement building: 1.2 times the driver's own time, dictionaries 1.5.
        names, marks = ", ".join(FIELDS), ", ".join("?" * len(FIELDS))
        connection.exec_driver_sql(f"INSERT INTO papers ({names}) VALUES ({marks})", rows)
    else:
        connection.execute(insert(papers), [dict(zip(FIELDS, row, strict=True)) for row in rows])


def _renewed(connection: Connection, known: tuple[object, ...], seen: PaperRow, recorded: str) -> bool:
    """Write what a known paper becomes by a record of it, and tell whether that is something new."""
    if known[1:] == seen:
        return False
    before = paper_of(known)
    after = merged(before, paper_of((0, *seen)))
    if after == before:
        return False
    number = int(str(known[0]))
    connection.execute(_UPDATE, {"row": number, **dict(zip(FIELDS, row_of(after), strict=True))})
    index.replace(connection, number, (before.title, before.abstract), (after.title, after.abstract))
    _keep_changes(connection, before, after, recorded)
    return True


def _keep_changes(connection: Connection, before: Paper, after: Paper, recorded: str) -> None:
    """Note what a later version changed; a fuller record of the same version changes nothing about the paper."""
    if (after.versions, after.withdrawn) == (before.versions, before.withdrawn):
        return
    for field in ("title", "abstract", "withdrawn"):
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            change = {"arxiv_id": after.arxiv_id, "field": field, "before": _word(old), "after": _word(new)}
            connection.execute(insert(changes), {**change, "day": stamp(after.updated)[:10], "recorded": recorded})


def _word(value: object) -> str:
    return {True: "withdrawn", False: "standing"}[value] if isinstance(value, bool) else str(value)
