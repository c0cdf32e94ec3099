"""How a command loads the curated facts: the package's, the user's own files over them, imported catalogues beside."""

import typer

from llmsurvey.cli.call import Call
from llmsurvey.config import Settings
from llmsurvey.config.places import sqlite_file
from llmsurvey.knowledge.beside import FactsFolder
from llmsurvey.knowledge.catalogue import Knowledge, load


def knowledge_of(context: typer.Context) -> Knowledge:
    """Load the facts of this call; `BrokenKnowledge` names every error of every file."""
    settings = Call.of(context).settings()
    return load(settings.overlays, _folder(settings))


def facts_folder(context: typer.Context) -> FactsFolder:
    """Return the folder beside this call's database where imported catalogues and added models lie."""
    return _folder(Call.of(context).settings())


def _folder(settings: Settings) -> FactsFolder:
    return FactsFolder.beside(sqlite_file(settings.database_url))
