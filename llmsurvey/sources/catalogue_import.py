"""Public catalogues of models: which there are, and a file of one read into a layer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.finding import nearest
from llmsurvey.knowledge.layer import Asset, Layer, Remark
from llmsurvey.sources import ecosystem_graphs, epoch
from llmsurvey.sources.catalogue_table import Row, table


@dataclass(frozen=True, slots=True)
class Format:
    """How one catalogue's file is read."""

    source: str
    """Key of the work its facts cite."""
    name: str
    """Column with the names."""
    required: tuple[str, ...]
    """Further columns without which a file is none of this catalogue."""
    read: Callable[[Sequence[Row], date], tuple[list[Asset], list[Remark], list[Remark]]]
    """Makes entries of rows; returns also the values that were rejected, and free text that says nothing."""


FORMATS = {
    "epoch": Format("epoch", epoch.NAME, epoch.REQUIRED, epoch.assets),
    "ecosystem-graphs": Format("crfm", ecosystem_graphs.NAME, ecosystem_graphs.REQUIRED, ecosystem_graphs.assets),
}


def read(catalogue: str, path: Path, today: date) -> Layer:
    """Read a catalogue's file; `BadUsage` for an unknown catalogue, `Stop` for a file that is none of it."""
    chosen = FORMATS.get(catalogue)
    if chosen is None:
        raise BadUsage(f"no catalogue is called {catalogue!r}", hint=nearest(catalogue, list(FORMATS)))
    rows = table(path, chosen.name, chosen.required)
    assets, rejected, remarks = chosen.read(rows.rows, today)
    return Layer(
        catalogue=catalogue,
        source=chosen.source,
        file=rows.file,
        sha256=rows.sha256,
        data_date=max((asset.date for asset in assets if asset.date), default=None),
        assets=tuple(assets),
        rejects=tuple(sorted((*rows.rejects, *rejected), key=lambda each: each.line)),
        remarks=tuple(sorted((*rows.empty, *remarks), key=lambda each: each.line)),
    )
