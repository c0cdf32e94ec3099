"""The weight of a model: which of too many a picture shows or names first."""

from collections import Counter
from collections.abc import Iterable

from llmsurvey.knowledge.catalogue import Knowledge
from llmsurvey.knowledge.model import Model


def by_weight(knowledge: Knowledge, models: Iterable[Model]) -> list[Model]:
    """Sort models: those that the published survey prints, then those with most kin, then the largest."""
    kin = Counter(name for edge in knowledge.edges for name in (edge.parent, edge.child))

    def weight(model: Model) -> tuple[bool, int, int, str]:
        return (model.published is None, -kin[model.name], -(model.parameters or 0), model.name)

    return sorted(models, key=weight)
