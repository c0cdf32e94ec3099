"""The sections of a report that speak of models: timeline, lineage, sizes and the newest ones."""

from llmsurvey.knowledge.deviations import deviations
from llmsurvey.knowledge.edge import Edge
from llmsurvey.knowledge.quantity import written
from llmsurvey.lineage.difference import difference
from llmsurvey.lineage.graph import Lineage
from llmsurvey.report.edition import Content, Edition

NEWEST, SHOWN_TIES = 15, 50
"""Models and edges that are listed; the rest is counted."""


def timeline(edition: Edition) -> Content:
    """Figure 2, and the rows in which the published one differs from what can be cited."""
    found = [each for each in deviations(edition.survey.knowledge) if each.place == "Figure 2"]
    return {"deviations": found, "models": len({each.model for each in found})}


def lineage(edition: Edition) -> Content:
    """Figure 3, and what the lineage has gained since the report before."""
    if edition.previous is None:
        return {"previous": None, "models": [], "edges": [], "more": 0}
    gained = difference(Lineage(edition.survey.knowledge), edition.previous, edition.survey.as_of)
    return {
        "previous": edition.previous,
        "models": gained.models[:SHOWN_TIES],
        "edges": [(edge, _relation(edition, edge)) for edge in gained.edges[:SHOWN_TIES]],
        "more": max(len(gained.models) - SHOWN_TIES, 0) + max(len(gained.edges) - SHOWN_TIES, 0),
    }


def parameters(edition: Edition) -> Content:
    """List the models whose first event came last."""
    survey = edition.survey
    known = [model for model in survey.knowledge.models if model.known_on(survey.as_of)]
    newest = sorted(known, key=lambda model: (model.released or "", model.name), reverse=True)[:NEWEST]
    return {
        "count": len(known),
        "newest": [
            {
                "model": model,
                "size": written(model.parameters) if model.parameters else None,
                "active": written(model.active_parameters) if model.active_parameters else None,
                "source": survey.knowledge.citation(model.events[0].source),
            }
            for model in newest
        ],
    }


def _relation(edition: Edition, edge: Edge) -> str:
    return edge.label or edition.survey.knowledge.relations[edge.relation].en
