"""Invented catalogues for the tests of layers: models, entries, and one laid over the other."""

from collections.abc import Sequence
from typing import Any

from llmsurvey.knowledge.catalogue import load
from llmsurvey.knowledge.edge import Edge
from llmsurvey.knowledge.laid import Unwanted
from llmsurvey.knowledge.layer import Asset, Layer
from llmsurvey.knowledge.layering import Layered, laid_over
from llmsurvey.knowledge.model import Event, EventKind, Model


def model(name: str, organisation: str = "Alpha", date: str | None = "2023-05", **values: Any) -> Model:
    """Return an invented model; `aliases`, `parameters`, `arxiv` and the like as given."""
    events = (Event(kind=EventKind.PAPER, date=date, source="invented"),) if date else ()
    return Model(name=name, organisation=organisation, events=events, source="an invented work", **values)


def entry(name: str, organisation: str | None = "Alpha", date: str | None = "2023-05-10", **values: Any) -> Asset:
    """Return an invented entry of a catalogue."""
    return Asset(**{"line": 2, "name": name, "organisation": organisation, "date": date, **values})


def layer(*assets: Asset, catalogue: str = "epoch") -> Layer:
    """Return a layer of entries; their lines are their places."""
    numbered = tuple(Asset(**{**_fields(asset), "line": line}) for line, asset in enumerate(assets, start=2))
    return Layer(
        catalogue=catalogue, source="epoch", file="invented.csv", sha256="0", data_date="2024-01-01", assets=numbered
    )


def over(models: Sequence[Model], *layers: Layer, edges: Sequence[Edge] = (), hidden: Sequence[str] = ()) -> Layered:
    """Lay layers over models, with the package's relations."""
    descent = {relation.name for relation in load().relations.values() if relation.descent}
    return laid_over(models, edges, layers, descent=descent, unwanted=Unwanted(frozenset(hidden)))


def _fields(asset: Asset) -> dict[str, Any]:
    return {name: getattr(asset, name) for name in asset.__struct_fields__}
