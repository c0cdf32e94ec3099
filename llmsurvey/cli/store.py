"""How a command opens the store: the one place where settings become a database, and a survey over it."""

from datetime import date

import typer

from llmsurvey.cli.call import Call, log
from llmsurvey.cli.facts import knowledge_of
from llmsurvey.config import Settings
from llmsurvey.knowledge.finding import BrokenKnowledge
from llmsurvey.store import catalogue
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


def keep_facts(context: typer.Context, database: Database) -> None:
    """Bring the store's catalogue to the facts of this call, so that its papers meet their models.

    Called under the store's lock. Broken facts are told, and leave the catalogue as it was.
    """
    try:
        knowledge = knowledge_of(context)
    except BrokenKnowledge as fault:
        log.warning("%s", fault.message)
        return
    with database.writing() as connection:
        catalogue.renew(connection, knowledge)


def survey_of(context: typer.Context, as_of: date | None = None) -> StoredSurvey:
    """Open the survey of this call, as of a date; None: as of the latest date in the data."""
    settings = Call.of(context).settings()
    return StoredSurvey(database_of(context, settings), settings.phrases, as_of, settings.overlays)
