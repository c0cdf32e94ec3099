"""What the lineage has gained between two dates."""

from dataclasses import dataclass
from datetime import date

from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.edge import Edge
from llmsurvey.knowledge.model import Model
from llmsurvey.knowledge.span import Span
from llmsurvey.lineage.graph import Lineage


@dataclass(frozen=True, slots=True)
class Difference:
    """The models and edges that are there at the end of one day and were not at the end of another."""

    since: date
    until: date
    models: tuple[Model, ...]
    """In the order of their first events."""
    edges: tuple[Edge, ...]
    """In the order in which they came into being."""
    undated: int
    """Models without a date, which belong to no stretch of time."""


def difference(lineage: Lineage, since: date, until: date) -> Difference:
    """Return what came after the end of one day, up to the end of another; `BadUsage` where they are reversed.

    A model comes with its first event, an inexact date counting from its end; an edge with the later of its two
    models, or when its source spoke of it where that was later still.
    """
    if since > until:
        raise BadUsage(f"{since} lies after {until}", hint="give the earlier date first: --from, then --to")
    knowledge = lineage.knowledge
    days = {model.name: day for model in knowledge.models if (day := _day(model.released))}
    models = [model for model in knowledge.models if model.name in days and since < days[model.name] <= until]
    joined = [(day, edge) for edge in knowledge.edges if (day := _joined(edge, days))]
    edges = sorted((each for each in joined if since < each[0] <= until), key=lambda each: each[0])
    return Difference(
        since,
        until,
        tuple(sorted(models, key=lambda model: days[model.name])),
        tuple(edge for _, edge in edges),
        len(knowledge.models) - len(days),
    )


def _joined(edge: Edge, days: dict[str, date]) -> date | None:
    """Return the day on which an edge came into being; None where one of its models has no date."""
    if edge.parent not in days or edge.child not in days:
        return None
    return max(days[edge.parent], days[edge.child], _day(edge.date) or date.min)


def _day(text: str | None) -> date | None:
    return Span.parse(text).last if text else None
