"""`llmsurvey gaps`: what is missing, and what brings it."""

from datetime import UTC, datetime

import typer

from llmsurvey.cli.call import Json
from llmsurvey.cli.output import print_json, print_table, print_text
from llmsurvey.cli.store import survey_of


def gaps(context: typer.Context, *, json: Json = False) -> None:
    """List the holes in what was read, up to today, each with its reason and the command that fills it."""
    holes = survey_of(context, datetime.now(UTC).date()).holes()
    if json:
        print_json(holes)
        return
    if not holes:
        print_text("Nothing is missing.")
        return
    rows = [
        (
            hole.source,
            hole.phrase,
            " to ".join(map(str, hole.window)) if hole.window else None,
            hole.status,
            hole.expected,
            hole.received,
            hole.reason,
        )
        for hole in holes
    ]
    print_table(("source", "phrase", "window", "status", "expected", "received", "reason"), rows)
