"""What stands directly beside a model in the lineage: its parents, its children, its series."""

from dataclasses import dataclass

from llmsurvey.knowledge.edge import Edge
from llmsurvey.knowledge.model import Model
from llmsurvey.lineage.graph import Lineage


@dataclass(frozen=True, slots=True)
class Kin:
    """One model and its direct ties, of every relation."""

    model: Model
    parents: tuple[Edge, ...]
    """Edges that end in it, in the order of the catalogue."""
    children: tuple[Edge, ...]
    """Edges that begin in it."""
    series: str | None
    """The group it belongs to, such as GPT-3.5."""
    members: tuple[str, ...]
    """The models that belong to it, where it is such a group."""


def kin(lineage: Lineage, called: str) -> Kin:
    """Return a model's direct ties; `BadUsage` where no model is called so."""
    model = lineage.knowledge.find(called)
    return Kin(
        model,
        tuple(edge for edge in lineage.knowledge.edges if edge.child == model.name),
        tuple(edge for edge in lineage.knowledge.edges if edge.parent == model.name),
        model.group,
        tuple(other.name for other in lineage.knowledge.models if other.group == model.name),
    )
