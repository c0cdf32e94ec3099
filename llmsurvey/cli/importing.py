"""`llmsurvey import`: read snapshot files into the store."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from llmsurvey.cli.call import Call, Json, log
from llmsurvey.cli.ending import terminated_in_order
from llmsurvey.cli.output import print_json, print_text
from llmsurvey.cli.progress import progress
from llmsurvey.errors import ExitCode
from llmsurvey.harvest.workers import Crew, crew_ahead
from llmsurvey.sources.digest import Digest
from llmsurvey.sources.snapshot_file import checked
from llmsurvey.sources.snapshot_input import SnapshotInput

if TYPE_CHECKING:
    from llmsurvey.harvest.importing import Imported


class Keep(StrEnum):
    """What `--keep` takes."""

    MATCHED = "matched"
    ALL = "all"


def import_files(
    context: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Snapshots: .json, .jsonl, .gz, .zip, .zst, or -.")
    ],
    *,
    keep: Annotated[
        Keep, typer.Option(metavar="matched|all", help="Store the papers that match a tracked phrase, or all.")
    ] = Keep.MATCHED,
    json: Json = False,
) -> None:
    """Read the public arXiv snapshot: every record is counted, matching papers are stored, bad lines are set aside."""
    sources = [checked(file) for file in files]
    with terminated_in_order(), crew_ahead(sources if keep is Keep.MATCHED else ()) as crew:
        done = _imported(context, files, sources, keep, crew, json=json)
    if json:
        print_json(done)
    if any(each.tally.rejected or each.fault for each in done):
        raise typer.Exit(ExitCode.GAPS)


def _imported(
    context: typer.Context,
    files: list[str],
    sources: list[SnapshotInput],
    keep: Keep,
    crew: Crew,
    *,
    json: bool,
) -> "list[Imported]":
    digest = Digest(sources[0].path) if sources[0].path else None  # begun while the rest loads, two tenths of a second
    from llmsurvey.cli.store import database_of, keep_facts  # noqa: PLC0415
    from llmsurvey.harvest.importing import Importer  # noqa: PLC0415
    from llmsurvey.harvest.rejects import rejects_folder  # noqa: PLC0415
    from llmsurvey.store import lock  # noqa: PLC0415

    database = database_of(context)
    phrases = Call.of(context).settings().phrases
    importer = Importer(database, phrases, keep.value, rejects_folder(database), crew, digest)
    done: list[Imported] = []
    with lock.held(database, "import"):
        for source, file in zip(sources, files, strict=True):
            with progress(source.name, total=source.size() or None, unit="bytes") as advance:
                done.append(importer(file, advance))
            _tell(done[-1], json=json)
        keep_facts(context, database)
    return done


def _tell(imported: "Imported", *, json: bool) -> None:
    if imported.fault:
        log.error("%s", imported.fault)
    for reject in imported.rejects:
        log.warning("%s, line %d: %s", imported.name, reject.line, reject.reason)
    if imported.rejects_file:
        log.warning(
            "%s lines were rejected; all of them stand in %s", f"{imported.tally.rejected:,}", imported.rejects_file
        )
    if not json:
        print_text(_in_words(imported))


def _in_words(imported: "Imported") -> str:
    tally, stored = imported.tally, imported.stored
    if imported.status == "already read":
        return f"{imported.name}: read before, {tally.records:,} records; nothing has changed"
    months = f" of {tally.first_month} to {tally.last_month}" if tally.first_month else ""
    return (
        f"{imported.name}: {imported.status}, {tally.records:,} records{months} ({tally.distinct:,} papers), "
        f"{tally.matched:,} match a tracked phrase; "
        f"{stored.added:,} papers new, {stored.changed:,} changed, {stored.same:,} as they were; "
        f"{tally.rejected:,} rejected"
        + (f"; {tally.odd_ids:,} identifiers are not as arXiv writes them, and kept so" if tally.odd_ids else "")
    )
