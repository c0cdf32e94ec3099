"""The family of a model: all that descends from it, the products these serve, and the edges among them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import networkx as nx

from llmsurvey.knowledge.edge import Arrow, Edge
from llmsurvey.knowledge.model import Model
from llmsurvey.knowledge.span import Span
from llmsurvey.lineage.graph import Lineage


@dataclass(frozen=True, slots=True)
class Family:
    """A model with its descendants."""

    root: str
    models: tuple[Model, ...]
    """The root first, then in the order of the catalogue."""
    edges: tuple[Edge, ...]
    """Edges among the models, at most one for a pair, in the order of the catalogue."""
    forebears: tuple[str, ...]
    """The models that the root itself descends from directly."""


def family(lineage: Lineage, called: str, as_of: date) -> Family:
    """Return the family of a model as it was known on a day; `BadUsage` where no model is called so.

    A model without a date belongs to no day and is left out, except for the root.
    """
    root = lineage.name(called)
    known = {model.name for model in lineage.knowledge.models if model.known_on(as_of)} | {root}
    descent = lineage.descent.subgraph(known)
    names = {root} | nx.descendants(descent, root)
    ties = lineage.all_ties.subgraph(known)
    served = {edge.child for edge in _among(ties, names, known) if _serves(lineage, edge)}
    members = names | served
    edges = tuple(edge for edge in _among(ties, members, members) if edge.date is None or _day(edge.date) <= as_of)
    return Family(
        root,
        tuple(sorted((m for m in lineage.knowledge.models if m.name in members), key=lambda model: model.name != root)),
        edges,
        tuple(descent.predecessors(root)),
    )


def _among(ties: "nx.DiGraph[str]", parents: Iterable[str], children: Iterable[str]) -> Iterator[Edge]:
    """Yield the edges from some models to some others, in the order of the graph."""
    begin, end = set(parents), set(children)
    for parent in ties:
        if parent in begin:
            for child, values in ties[parent].items():
                if child in end:
                    yield values["edge"]


def _serves(lineage: Lineage, edge: Edge) -> bool:
    return lineage.knowledge.relations[edge.relation].arrow is Arrow.BLOCK


def _day(text: str) -> date:
    return Span.parse(text).last
