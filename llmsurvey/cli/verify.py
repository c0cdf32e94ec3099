"""`llmsurvey verify`: whether the numbers agree."""

from datetime import UTC, datetime

import typer

from llmsurvey.cli.call import Json
from llmsurvey.cli.output import print_json, print_table, print_text
from llmsurvey.cli.store import survey_of
from llmsurvey.errors import ExitCode
from llmsurvey.harvest.verify import verify as verified

_WORDS = {True: "agrees", False: "differs", None: "cannot be compared"}


def verify(context: typer.Context, *, json: Json = False) -> None:
    """Compare store, ledger, arXiv's own counts, the published survey and an independent list. Asks nothing."""
    findings = verified(survey_of(context, datetime.now(UTC).date()))
    if json:
        print_json(findings)
    elif findings:
        columns = ("check", "subject", "expected", "found", "tolerance", "verdict", "meaning")
        print_table(
            columns,
            [
                (
                    each.check,
                    each.subject,
                    each.expected,
                    each.found,
                    each.tolerance,
                    _WORDS[each.consistent],
                    each.meaning,
                )
                for each in findings
            ],
        )
    else:
        print_text("There is nothing to compare yet.")
    if any(each.consistent is False for each in findings):
        raise typer.Exit(ExitCode.GAPS)
