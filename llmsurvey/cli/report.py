"""`llmsurvey report`: the report with its figures, from what the store holds."""

from pathlib import Path
from typing import Annotated

import typer

from llmsurvey.cli.call import Call, log
from llmsurvey.cli.output import print_text
from llmsurvey.cli.store import survey_of
from llmsurvey.month import parse_day
from llmsurvey.report.survey import write_report

Out = Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of the reports; else the setting `reports`.")]


def report(
    context: typer.Context,
    *,
    out: Out = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="Report as it would have been on this day.")] = None,
) -> None:
    """Write reports/<as-of>/survey.md with its figures, and renew the index; nothing is fetched."""
    survey = survey_of(context, parse_day(as_of) if as_of else None)
    written = write_report(survey, out or Call.of(context).settings().reports)
    for warning in written.warnings:
        log.warning(warning)
    print_text(str(written.report))
