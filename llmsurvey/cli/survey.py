"""`llmsurvey survey`: the main job."""

from typing import Annotated

import typer

from llmsurvey import job
from llmsurvey.cli.call import Call, log
from llmsurvey.cli.harvest import shown, told_of_waits
from llmsurvey.cli.output import print_text
from llmsurvey.cli.recorded import on_record
from llmsurvey.cli.report import Out
from llmsurvey.cli.store import database_of
from llmsurvey.errors import ExitCode
from llmsurvey.harvest.upkeep import Upkeep


def survey(
    context: typer.Context,
    *,
    offline: Annotated[bool, typer.Option("--offline", help="Ask nothing of the network.")] = False,
    out: Out = None,
) -> None:
    """Fetch what is missing, count, draw, and write the report; without a network, from what is here."""
    settings = Call.of(context).settings()
    with on_record(settings.database_url) as record:
        outcome = job.run(
            database_of(context, settings),
            settings.phrases,
            out or settings.reports,
            fetch=None if offline else Upkeep(settings, shown, told_of_waits),
            overlays=settings.overlays,
            started=record.begin,
        )
        record.data_as_of = outcome.data_date
        record.exit_code = ExitCode.GAPS if outcome.gaps else ExitCode.DONE
        record.fault = outcome.trouble
        for remark in outcome.remarks:
            log.info(remark)
        if outcome.trouble:
            log.warning(outcome.trouble)
        elif outcome.gaps:
            log.warning("windows that arXiv did not answer in full: %d; `llmsurvey gaps` tells why", outcome.gaps)
    print_text(str(outcome.report))
    if outcome.gaps:
        raise typer.Exit(ExitCode.GAPS)
