"""What an export says of a node and of an edge: plain values, the unknown left out."""

from collections.abc import Sequence

from llmsurvey.knowledge.catalogue import Knowledge
from llmsurvey.knowledge.edge import Edge
from llmsurvey.knowledge.model import Model

Values = dict[str, str | int | bool]


def node_values(knowledge: Knowledge, model: Model) -> Values:
    """Describe a model."""
    values = {
        "kind": model.kind.value,
        "organisation": model.organisation,
        "released": model.released,
        "parameters": model.parameters,
        "active_parameters": model.active_parameters,
        "training_tokens": model.training_tokens,
        "access": model.access.value if model.access else None,
        "series": model.group,
        "arxiv_id": model.arxiv,
        "zh": model.zh,
        "citation": knowledge.citation(model.source),
    }
    return {name: value for name, value in values.items() if value is not None}


def edge_values(knowledge: Knowledge, edge: Edge) -> Values:
    """Describe an edge; the date is that of its source, as exactly as known.

    No key is `source` or `target`: in most formats these are the ends of an edge.
    """
    values = {
        "relation": edge.relation,
        "evidence": edge.evidence.value,
        "label": edge.label,
        "citation": knowledge.citation(edge.source),
        "date": said_on(knowledge, edge),
        "note": edge.note,
    }
    return {name: value for name, value in values.items() if value is not None}


def edge_record(knowledge: Knowledge, edge: Edge) -> dict[str, str | None]:
    """Return the JSON of an edge that other programs rely on; keys may be added, none renamed."""
    return {
        "from": edge.parent,
        "to": edge.child,
        "evidence": edge.evidence.value,
        "relation": edge.relation,
        "label": edge.label,
        "source": knowledge.citation(edge.source),
        "date": said_on(knowledge, edge),
        "note": edge.note,
        "origin": "; ".join(dict.fromkeys(edge.origins.values())),
    }


def said_on(knowledge: Knowledge, edge: Edge) -> str | None:
    """Return when an edge's source said so: the edge's own date, or else its work's; None where neither is known."""
    work = knowledge.sources.get(edge.source.partition(",")[0])
    return edge.date or (work.date if work else None)


def boxes(models: Sequence[Model]) -> dict[str | None, list[Model]]:
    """Sort models into the boxes of a drawing: each series with its members, and under None those of no series."""
    series = {model.group for model in models}
    sorted_: dict[str | None, list[Model]] = {None: []}
    for model in models:
        box = model.group or (model.name if model.name in series else None)
        sorted_.setdefault(box, []).append(model)
    return sorted_


def shown_label(edge: Edge) -> str:
    """Return what stands at an edge in a drawing: its label, or else the name of its relation."""
    return edge.label or edge.relation
