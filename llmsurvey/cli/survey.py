"""`llmsurvey survey`: the main job."""

from typing import Annotated

import typer

from llmsurvey import job
from llmsurvey.cli.call import Call, log
from llmsurvey.cli.output import print_text
from llmsurvey.cli.report import Out
from llmsurvey.cli.store import database_of


def survey(
    context: typer.Context,
    *,
    offline: Annotated[bool, typer.Option("--offline", help="Ask nothing of the network.")] = False,
    out: Out = None,
) -> None:
    """Fetch what is missing, count, draw, and write the report; without a network, from what is here."""
    settings = Call.of(context).settings()
    outcome = job.run(
        database_of(context, settings), settings.phrases, out or settings.reports, overlays=settings.overlays
    )
    for remark in outcome.remarks:
        log.info(remark)
    print_text(str(outcome.report))
