"""The catalogue of figures: name → class. A new figure is one file and one line here."""

from collections.abc import Mapping
from typing import Any

from llmsurvey.errors import BadUsage
from llmsurvey.figures.figure import Figure
from llmsurvey.figures.papers_a_month import PapersAMonth
from llmsurvey.figures.papers_over_time import PapersOverTime

FIGURES: Mapping[str, type[Figure[Any]]] = {
    PapersOverTime.name: PapersOverTime,
    PapersAMonth.name: PapersAMonth,
}
"""In the order in which a report shows them."""


def figure_named(name: str) -> type[Figure[Any]]:
    """Return the figure of a name; hyphens are as good as underscores. An unknown name is a `BadUsage`."""
    known = FIGURES.get(name.strip().lower().replace("-", "_"))
    if known is None:
        raise BadUsage(f"there is no figure {name!r}", hint=f"Known figures: {', '.join(FIGURES)}.")
    return known
