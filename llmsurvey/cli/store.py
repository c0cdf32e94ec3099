"""How a command opens the store: the one place where settings become a database, and a survey over it."""

from datetime import date

import typer

from llmsurvey.cli.call import Call
from llmsurvey.config import Settings
from llmsurvey.store.database import Database
from llmsurvey.store.survey import StoredSurvey
from llmsurvey.store.upgrade import opened


def database_of(context: typer.Context, settings: Settings | None = None) -> Database:
    """Open the database of this call and bring it to this program's schema; where there is none, an empty one is made.

    `settings` are those of the call, where the command has them already.
    """
    database = opened((settings or Call.of(context).settings()).database_url)
    context.call_on_close(database.close)
    return database


def survey_of(context: typer.Context, as_of: date | None = None) -> StoredSurvey:
    """Open the survey of this call, as of a date; None: as of the latest date in the data."""
    settings = Call.of(context).settings()
    return StoredSurvey(database_of(context, settings), settings.phrases, as_of, settings.overlays)
