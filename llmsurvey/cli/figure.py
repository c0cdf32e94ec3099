"""`llmsurvey figure draw`: the survey's pictures, redrawn from the store."""

from pathlib import Path
from typing import Annotated

import typer

from llmsurvey.cli.call import Json, log
from llmsurvey.cli.output import print_json, print_text
from llmsurvey.cli.store import survey_of
from llmsurvey.figures.catalogue import figures_asked
from llmsurvey.knowledge.quantity import quantity
from llmsurvey.month import Month, parse_day
from llmsurvey.phrase import Rule


def draw(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME|all", help="A figure of `figure list`, or all of them.")],
    *,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Draw it as it would have looked on this day.")
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the files.")] = Path("figures"),
    rule: Annotated[
        Rule | None, typer.Option(metavar="stemmed|exact", help="papers: how a phrase is compared with a text.")
    ] = None,
    log_scale: Annotated[bool, typer.Option("--log", help="papers: numbers on a logarithmic scale.")] = False,
    min_params: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="timeline: models with more parameters, such as 10e9 or 70B.")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="YYYY-MM", help="timeline: models from this month on.")] = None,
    until: Annotated[str | None, typer.Option(metavar="YYYY-MM", help="timeline: models up to this month.")] = None,
    open_only: Annotated[bool, typer.Option("--open", help="timeline: models with open weights only.")] = False,
    published: Annotated[
        bool, typer.Option("--published", help="timeline, lineage: what the published figure shows.")
    ] = False,
    root: Annotated[
        str | None, typer.Option(metavar="MODEL", help="lineage: the model whose family is drawn; GPT-1 unless told.")
    ] = None,
    json: Json = False,
) -> None:
    """Draw a figure as .svg, .png, .pdf, its numbers as .csv and a description as .txt."""
    asked: dict[str, object] = {
        "rule": rule,
        "log": log_scale or None,
        "min_params": None if min_params is None else quantity(min_params),
        "since": None if since is None else Month.parse(since),
        "until": None if until is None else Month.parse(until),
        "open": open_only or None,
        "published": published or None,
        "root": root,
    }
    chosen = figures_asked(name, {option: value for option, value in asked.items() if value is not None})
    survey = survey_of(context, parse_day(as_of) if as_of else None)
    saved = [figure.save(survey, out) for figure in chosen]
    for warning in dict.fromkeys(warning for each in saved for warning in each.warnings):
        log.warning(warning)
    paths = [path for each in saved for path in each.paths]
    if json:
        print_json(paths)
    else:
        print_text("\n".join(map(str, paths)))
