"""`llmsurvey models import|layers|drop-layer|conflicts`: public catalogues beside the curated one."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from llmsurvey.cli.call import Call, Json, log
from llmsurvey.cli.facts import facts_folder, knowledge_of
from llmsurvey.cli.output import print_json, print_table, print_text
from llmsurvey.errors import BadUsage, ExitCode
from llmsurvey.knowledge.beside import FactsFolder
from llmsurvey.knowledge.catalogue import Knowledge, settled_faults
from llmsurvey.knowledge.claim import SIZES, Claim
from llmsurvey.knowledge.finding import BrokenKnowledge, nearest
from llmsurvey.knowledge.laid import Laid, Unjoined
from llmsurvey.knowledge.layer import CATALOGUES, DamagedLayer, Layer
from llmsurvey.knowledge.quantity import written
from llmsurvey.sources.catalogue_import import read

Catalogue = Annotated[str, typer.Argument(metavar="|".join(CATALOGUES), help="Which catalogue.")]

_FIRST = 5
"""Unknown names and rejected rows that are shown; --json lists all."""


def import_catalogue(
    context: typer.Context,
    catalogue: Catalogue,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Its CSV file, plain or gzip.")],
    *,
    json: Json = False,
) -> None:
    """Import a public catalogue as a layer beside the curated one; a newer file takes the older one's place.

    epoch: Epoch AI, all AI models. ecosystem-graphs: Stanford CRFM, all assets.
    """
    folder = facts_folder(context)
    broken = settled_faults(Call.of(context).settings().overlays)
    if broken:
        raise BrokenKnowledge(broken)  # before anything changes
    layer = read(catalogue, file, datetime.now(UTC).date())
    before = _before(folder, catalogue)
    changed = folder.keep(layer)
    knowledge = knowledge_of(context)
    (laid,) = (each for each in knowledge.laid if each.layer.catalogue == catalogue)
    if json:
        print_json({"changed": changed} | _record(laid) | {"conflicts": _conflicts_of(knowledge, laid)})
    else:
        print_text(_in_words(knowledge, laid) if changed else f"{file.name}: imported before; nothing has changed")
        if changed and before:
            print_text(_difference(before, layer))
    _tell(laid)
    if layer.rejects:
        raise typer.Exit(ExitCode.GAPS)


def layers(context: typer.Context, *, json: Json = False) -> None:
    """List the imported catalogues: what each brought, what it shares with the others, what was not taken."""
    knowledge = knowledge_of(context)
    if json:
        print_json([_record(laid) for laid in knowledge.laid])
        return
    if not knowledge.laid:
        log.info("no catalogue is imported; `llmsurvey models import --help` names those that can be")
        return
    columns = ("layer", "file", "data until", "models", "matched", "new", "edges", "apart", "unknown names", "rejected")
    rows = [
        (
            laid.layer.catalogue,
            laid.layer.file,
            laid.layer.data_date,
            len(laid.matches) + len(laid.added) + len(laid.repeated),
            len(laid.matches),
            len(laid.added),
            len(laid.edges),
            len(laid.aside),
            len({each.name for each in laid.unknown}),
            len(laid.layer.rejects),
        )
        for laid in knowledge.laid
    ]
    print_table(columns, rows)


def drop_layer(context: typer.Context, catalogue: Catalogue) -> None:
    """Remove an imported catalogue; the curated one is left exactly as it was."""
    if catalogue not in CATALOGUES:
        raise BadUsage(f"no catalogue is called {catalogue!r}", hint=nearest(catalogue, list(CATALOGUES)))
    dropped = facts_folder(context).drop(catalogue)
    print_text(f"{catalogue}: removed" if dropped else f"{catalogue}: was not imported; nothing has changed")


def conflicts(context: typer.Context, *, json: Json = False) -> None:
    """List what imported catalogues say otherwise than what is shown. Nothing of it is resolved silently."""
    found = knowledge_of(context).conflicts
    if json:
        print_json(found)
        return
    rows = [
        (
            each.model,
            each.field,
            shown_value(each, each.shown),
            each.shown_source,
            shown_value(each, each.value),
            each.source,
            each.confidence,
            each.note or None,
        )
        for each in found
    ]
    print_table(("model", "field", "shown", "source", "stated otherwise", "by", "confidence", "note"), rows)


def shown_value(claim: Claim, value: str | int | None) -> object:
    """Write a claim's value for a person."""
    return written(value) if claim.field in SIZES and isinstance(value, int) else value


def _before(folder: FactsFolder, catalogue: str) -> Layer | None:
    """Read the older version of a layer; a broken one is as good as none when a new one takes its place."""
    try:
        return folder.read(catalogue)
    except DamagedLayer as fault:
        log.warning("%s", fault.message)
        return None


def _record(laid: Laid) -> dict[str, object]:
    layer = laid.layer
    return {
        "layer": layer.catalogue,
        "file": layer.file,
        "sha256": layer.sha256,
        "data_date": layer.data_date,
        "models": len(laid.matches) + len(laid.added) + len(laid.repeated),
        "matched": laid.matches,
        "repeated": laid.repeated,
        "added": laid.added,
        "edges": len(laid.edges),
        "edges_known_before": laid.confirmed,
        "edges_left_out": laid.cyclic,
        "with_data_sets_or_applications": laid.with_data,
        "unknown_names": laid.unknown,
        "kept_apart": laid.aside,
        "hidden": laid.hidden,
        "rejected": layer.rejects,
        "remarks": layer.remarks,
    }


def _conflicts_of(knowledge: Knowledge, laid: Laid) -> int:
    return sum(each.origin.startswith(f"{laid.layer.catalogue}:") for each in knowledge.conflicts)


def _in_words(knowledge: Knowledge, laid: Laid) -> str:
    kinds = [each.kind for each in laid.aside]
    apart = f"; {kinds.count('dataset'):,} data sets and {kinds.count('application'):,} applications kept apart"
    return (
        f"{laid.layer.file}: {len(laid.matches):,} entries are models that were known, {len(laid.added):,} are new, "
        f"{len(laid.repeated):,} repeat another one; "
        f"{len(laid.edges):,} edges new, {len(laid.confirmed):,} known before, "
        f"{len(laid.with_data):,} dependencies on data sets or applications; "
        f"{_conflicts_of(knowledge, laid):,} conflicts (`llmsurvey models conflicts`){apart if kinds else ''}"
    )


def _difference(before: Layer, layer: Layer) -> str:
    old, new = ({asset.name for asset in each.assets} for each in (before, layer))
    age = "an older file" if (before.data_date or "") > (layer.data_date or "") else "the file before"
    return f"against {age} ({before.file}): {len(new - old):,} names are new, {len(old - new):,} are gone"


def _tell(laid: Laid) -> None:
    """Say on standard error what was not taken, and where it stood."""
    layer = laid.layer
    for reject in layer.rejects[:_FIRST]:
        log.warning("%s, line %d: %s %s", layer.file, reject.line, reject.name or "a row", reject.reason)
    if len(layer.rejects) > _FIRST:
        log.warning("%d were rejected in all; --json lists them", len(layer.rejects))
    for edge in laid.cyclic:
        log.warning("%s, line %d: left out, %s (it is stated as a base of %s)", *_place(layer, edge))
    names = list(dict.fromkeys(each.name for each in laid.unknown))
    if names:
        more = " …" if len(names) > _FIRST else ""
        log.info(
            "%d names of dependencies are unknown: %s%s; --json lists all", len(names), ", ".join(names[:_FIRST]), more
        )
    if layer.remarks:
        log.info(
            "%d remarks on sizes and dates in free text, or rows without content; --json lists them", len(layer.remarks)
        )


def _place(layer: Layer, edge: Unjoined) -> tuple[str, int, str, str]:
    return layer.file, edge.line, edge.reason, edge.of
