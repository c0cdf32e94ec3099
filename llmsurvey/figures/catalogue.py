"""The catalogue of figures: name → class. A new figure is one file and one line here."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from llmsurvey.errors import BadUsage
from llmsurvey.figures.figure import Figure
from llmsurvey.figures.lineage import LineageFigure
from llmsurvey.figures.papers_a_month import PapersAMonth
from llmsurvey.figures.papers_over_time import PapersOverTime
from llmsurvey.figures.parameters import Parameters
from llmsurvey.figures.scaling import Scaling
from llmsurvey.figures.timeline import Timeline

FIGURES: Mapping[str, type[Figure[Any]]] = {
    PapersOverTime.name: PapersOverTime,
    PapersAMonth.name: PapersAMonth,
    Timeline.name: Timeline,
    LineageFigure.name: LineageFigure,
    Parameters.name: Parameters,
    Scaling.name: Scaling,
}
"""In the order in which a report shows them."""


def figure_named(name: str) -> type[Figure[Any]]:
    """Return the figure of a name; hyphens are as good as underscores. An unknown name is a `BadUsage`."""
    known = FIGURES.get(name.strip().lower().replace("-", "_"))
    if known is None:
        raise BadUsage(f"there is no figure {name!r}", hint=f"Known figures: {', '.join(FIGURES)}.")
    return known


def figures_asked(name: str, options: Mapping[str, object]) -> tuple[Figure[Any], ...]:
    """Return the figure of a name with some options, or for `all` every figure with those it takes.

    A `BadUsage` says which figures take an option that a named one does not.
    """
    if name.strip().lower() == "all":
        taking = {figure: _taken(figure, options) for figure in FIGURES.values()}
        return tuple(figure(**taken) for figure, taken in taking.items())
    figure = figure_named(name)
    for option in options:
        if option not in _taken(figure, options):
            takers = ", ".join(other for other, each in FIGURES.items() if option in _taken(each, options))
            raise BadUsage(
                f"the figure {figure.name} takes no --{option.replace('_', '-')}", hint=f"It is an option of: {takers}."
            )
    return (figure(**options),)


def _taken(figure: type[Figure[Any]], options: Mapping[str, object]) -> dict[str, object]:
    """Return those options that a figure has: the fields of its class."""
    known = {field.name for field in fields(figure)}
    return {option: value for option, value in options.items() if option in known}
