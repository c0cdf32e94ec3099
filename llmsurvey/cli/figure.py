"""`llmsurvey figure`: the survey's pictures, redrawn from the store."""

from pathlib import Path
from typing import Annotated

import typer

from llmsurvey.cli.call import Json, log
from llmsurvey.cli.output import print_json, print_table, print_text
from llmsurvey.cli.store import survey_of
from llmsurvey.figures.catalogue import FIGURES, figure_named
from llmsurvey.month import parse_day
from llmsurvey.phrase import Rule


def show(*, json: Json = False) -> None:
    """List the figures that can be drawn."""
    rows = [{"name": name, "shows": figure.caption} for name, figure in FIGURES.items()]
    if json:
        print_json(rows)
    else:
        print_table(("name", "shows"), [tuple(row.values()) for row in rows])


def draw(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME|all", help="A figure of `figure list`, or all of them.")],
    *,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Draw it as it would have looked on this day.")
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the files.")] = Path("figures"),
    rule: Annotated[
        Rule, typer.Option(metavar="stemmed|exact", help="How a phrase is compared with a text.")
    ] = Rule.STEMMED,
    log_scale: Annotated[bool, typer.Option("--log", help="Numbers on a logarithmic scale.")] = False,
    json: Json = False,
) -> None:
    """Draw a figure as .svg, .png, .pdf, its numbers as .csv and a description as .txt."""
    chosen = list(FIGURES.values()) if name == "all" else [figure_named(name)]
    survey = survey_of(context, parse_day(as_of) if as_of else None)
    saved = [figure(rule=rule, log=log_scale).save(survey, out) for figure in chosen]
    for each in saved:
        for warning in each.warnings:
            log.warning(warning)
    paths = [path for each in saved for path in each.paths]
    if json:
        print_json(paths)
    else:
        print_text("\n".join(map(str, paths)))
