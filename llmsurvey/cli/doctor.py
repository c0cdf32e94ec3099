"""`llmsurvey doctor`: whether all that the program needs is in place."""

import typer

from llmsurvey.cli.call import Call, Json
from llmsurvey.cli.output import print_json, print_table, print_text
from llmsurvey.doctor import Status, examine
from llmsurvey.errors import ExitCode


def doctor(context: typer.Context, *, json: Json = False) -> None:
    """Check that all the program needs is in place, and tell what to do where it is not. Changes nothing."""
    findings = examine(Call.of(context).flags)
    if json:
        print_json(findings)
    else:
        print_table(("status", "check", "finding"), [(each.status, each.name, each.explanation) for each in findings])
        for each in findings:
            if each.suggestion:
                print_text(f"\n{each.name}: {each.suggestion}")
    if any(each.status is Status.FAIL for each in findings):
        raise typer.Exit(ExitCode.FAILURE)
