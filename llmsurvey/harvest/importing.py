"""Importing a snapshot file: sifted in other processes, stored block by block, told on the ledger.

A few blocks are committed with the ledger's row in one transaction. A run that is killed leaves whole blocks; the
next one reads the file from its start, finds them as they are and goes on, so that both end with the same store.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from llmsurvey.errors import Stop
from llmsurvey.harvest.ahead import ahead
from llmsurvey.harvest.content import Content, content_of
from llmsurvey.harvest.deposit import Deposit
from llmsurvey.harvest.rejects import RejectsFile
from llmsurvey.harvest.sift import Reject, Sifted, Wanted
from llmsurvey.harvest.workers import Crew, crew_for, is_worth_a_process
from llmsurvey.sources import snapshot_file
from llmsurvey.sources.arxiv_snapshot import CUT_SHORT
from llmsurvey.sources.digest import Digest
from llmsurvey.sources.snapshot_file import Span
from llmsurvey.sources.snapshot_input import AGAIN, DamagedFile, Meter, SnapshotInput
from llmsurvey.store import denominators, index, papers, snapshots
from llmsurvey.store.database import Database
from llmsurvey.store.distinct import Identifiers
from llmsurvey.store.follower import Followers, clear_away
from llmsurvey.store.papers import Upserted
from llmsurvey.store.snapshots import SnapshotFile
from llmsurvey.store.tally import Tally
from llmsurvey.survey import TrackedPhrase

_HOPELESS = 1_000
"""Lines without one record among them after which a file is no snapshot."""
_LATE = 0.85
"""The share of a file's bytes from which on its end is near."""
_WHEN_AT_REST = "what was read is kept; import it again when no other program writes to it"

Progress = Callable[[float], None]
"""Called with the bytes read since it was last called."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file."""

    name: str
    status: str
    """`complete`, `incomplete` or `already read`."""
    tally: Tally
    stored: Upserted
    rejects: tuple[Reject, ...] = ()
    """The first few; all of them stand in `rejects_file`."""
    rejects_file: Path | None = None
    fault: str | None = None


@dataclass(frozen=True)
class Importer:
    """Reads snapshot files into one store."""

    database: Database
    tracked: tuple[TrackedPhrase, ...]
    keep: str
    """`matched`: store what matches a tracked phrase, count the rest; `all`: store every record with its text."""
    rejects_folder: Path
    crew: Crew | None = None
    """Processes that were started ahead, to read the first file for its matches; each other file starts its own."""
    digest: Digest | None = None
    """The digest of the first file, if it was begun ahead."""

    def __call__(self, argument: str, progress: Progress | None = None) -> Imported:
        """Import one file, or standard input for `-`."""
        source = snapshot_file.checked(argument)
        if (path := self.database.path) is not None:
            clear_away(path)  # what a killed run has left, whether or not there is anything to be read now
        phrases = tuple(each.phrase.text for each in self.tracked)
        content = content_of(source, self.database, self.digest)
        file = SnapshotFile(source.name, source.size(), content.name, self.keep, phrases, content.begun)
        with self.database.reading() as connection:
            before = snapshots.complete(connection, file)
        if before is not None:
            return Imported(file.name, "already read", before, Upserted(same=before.records))
        return _Reading(self, source, file, content, progress or (lambda _bytes: None)).run()


class _Reading:
    """One file being read."""

    def __init__(
        self,
        importer: Importer,
        source: SnapshotInput,
        file: SnapshotFile,
        content: Content,
        progress: Progress,
    ) -> None:
        self._stored_in, self._keep_all = importer.database, importer.keep == "all"
        self._crew, self._digest = importer.crew, content.digest
        self._source, self._file, self._progress = source, file, progress
        self._rejects = RejectsFile(importer.rejects_folder, file.name, content.mark)
        self._tally, self._stored, self._lines = Tally(), Upserted(), 0
        self._meter, self._shown = Meter(older_kinds=content.older_kinds), 0
        self._cut_short = False
        self._identifiers = Identifiers()
        with self._stored_in.writing() as connection:
            self._added_up = denominators.AddedUp(connection)
            self._number = snapshots.begin(connection, file)

    def run(self) -> Imported:
        try:
            with self._opened() as self._database:
                fault, read_before = self._read()
        except Stop:
            if self._tally.records == 0:
                with suppress(Stop), self._stored_in.writing() as connection:
                    snapshots.drop(connection, self._number)
            raise
        return Imported(
            self._file.name,
            "incomplete" if fault else "already read" if read_before else "complete",
            self._tally,
            self._stored,
            self._rejects.first,
            self._rejects.path if self._tally.rejected else None,
            str(fault) if fault else None,
        )

    def _opened(self) -> AbstractContextManager[Database]:
        """Open the store as it is, or, where a large file meets an empty one, to be filled."""
        with self._stored_in.reading() as connection:
            empty = index.last_row(connection) == 0
        return self._stored_in.filling() if empty and is_worth_a_process(self._source) else nullcontext(self._stored_in)

    def _read(self) -> tuple[DamagedFile | None, bool]:
        """Read the file to its end, or to its damage; tell that, and whether all of it had been read before."""
        fault: DamagedFile | None = None
        with ExitStack() as stack:
            stack.enter_context(self._database.staying_open())
            followers = self._followers()
            if followers:
                stack.enter_context(closing(followers))
            stack.enter_context(self._rejects)
            try:
                with self._readers(followers) as crew:  # their memory is free when the index needs some
                    deposit = stack.enter_context(self._deposit(beside=crew.size > 0))
                    for block in crew.sifted(self._blocks(crew), self._wanted()):
                        self._take(block, deposit)
            except DamagedFile as damage:
                fault = damage
            deposit.close(self._tally)
            self._stored = deposit.stored
            if self._tally.records == 0 and fault is None:
                raise self._hopeless()
            digest = self._digest.result() if self._digest and self._file.digest == self._file.begun else ""
            if self._cut_short and fault is None:
                fault = DamagedFile(f"{self._file.name} ends in the middle of a record", hint=AGAIN)
            if self._digest and self._digest.is_outdated():
                fault = DamagedFile(f"{self._file.name} was changed while it was read", hint=_WHEN_AT_REST)
            elif digest:
                self._meter.digest = digest
            return fault, self._finish(followers, fault)

    def _followers(self) -> Followers | None:
        path = self._database.path
        if not self._keep_all or path is None or self._source.path is None or not is_worth_a_process(self._source):
            return None
        with self._database.reading() as connection:
            return Followers(self._database, path) if index.reach(connection) == 0 else None

    def _readers(self, followers: Followers | None) -> AbstractContextManager[Crew]:
        if not self._keep_all:
            return self._crew if self._crew and self._crew.at_hand else crew_for([self._source])
        # Handing the texts of all papers from process to process is work as well: only where a core is free for it.
        busy = 2 if followers else 1
        return Crew(int((os.cpu_count() or 1) > busy and is_worth_a_process(self._source)))

    def _blocks(self, crew: Crew) -> Iterator[bytes | Span]:
        blocks = snapshot_file.blocks(self._source, self._meter)
        # Standard input would not let go of a thread that waits for it.
        return ahead(blocks, most=2) if crew.size and self._source.path else blocks

    def _wanted(self) -> Wanted:
        tomorrow = (datetime.now(UTC).date() + timedelta(days=1)).isoformat()
        stored = Identifiers()
        if not self._keep_all:
            with self._database.reading() as connection:
                stored.new_among(papers.identifiers(connection))
        return Wanted(self._file.phrases, self._keep_all, stored, tomorrow)

    def _deposit(self, *, beside: bool) -> Deposit:
        return Deposit(self._database, self._number, keep_all=self._keep_all, beside=beside)

    def _take(self, block: Sifted, deposit: Deposit) -> None:
        """Count what a block holds, and hand it on."""
        distinct = self._identifiers.new_among(str(row[0]) for row in block.papers)
        distinct += sum(self._identifiers.new_on(head, bits) for head, (_, bits) in block.census.items())
        self._added_up.add(block.counts, distinct)
        self._tally += replace(block.tally, distinct=distinct)
        deposit.add(block, self._tally, late=0 < _LATE * self._source.size() <= self._meter.packed)
        self._rejects.add(block.rejects, self._lines)
        self._lines += block.lines
        self._cut_short = any(reject.reason == CUT_SHORT for reject in block.rejects)
        if self._tally.records == 0 and self._lines >= _HOPELESS:
            raise self._hopeless()
        self._progress(self._meter.packed - self._shown)
        self._shown = self._meter.packed

    def _hopeless(self) -> Stop:
        first = f"; the first line: {self._rejects.first[0].reason}" if self._rejects.first else ""
        return Stop(
            f"{self._file.name} holds no arXiv record{first}",
            hint="name the public snapshot: one JSON object a line, with id, title, abstract and versions",
        )

    def _finish(self, followers: Followers | None, fault: DamagedFile | None) -> bool:
        with self._database.reading() as connection:
            last = index.last_row(connection)
        with ThreadPoolExecutor(1) as beside:  # of two cores one would have nothing to do
            counts = beside.submit(self._counts)
            if followers and not self._stored.changed:
                followers.adopt(last)
            with self._database.writing() as connection:
                index.extend(connection)
        with self._database.writing() as connection:
            if (found := counts.result()) is not None:
                denominators.keep(connection, found)
            for older in self._meter.older_digests:
                snapshots.rename(connection, older, self._meter.digest)
            if self._meter.digest:
                file = replace(self._file, digest=self._meter.digest)
                if snapshots.complete(connection, file) is not None:
                    snapshots.drop(connection, self._number)
                    return True
                size = self._source.size() or self._meter.packed
                snapshots.identify(connection, self._number, self._meter.digest, size)
            snapshots.end(connection, self._number, self._tally, str(fault) if fault else None)
        return False

    def _counts(self) -> denominators.Counts | None:
        """Count all papers ever read, where papers have come in."""
        if (found := self._added_up.counts(self._identifiers)) is not None:
            return found
        with self._database.reading() as connection:
            return denominators.count(connection) if denominators.is_stale(connection) else None
