"""Check of the curated facts: the package's, the user's own files and the imported catalogues fit together."""

from collections.abc import Iterator

from llmsurvey.config import Settings
from llmsurvey.config.places import sqlite_file
from llmsurvey.doctor.finding import Finding, Status
from llmsurvey.knowledge.beside import FactsFolder
from llmsurvey.knowledge.catalogue import load
from llmsurvey.knowledge.finding import BrokenKnowledge


def facts(settings: Settings) -> Iterator[Finding]:
    """Read all of them: a mistake in one file stops every report."""
    try:
        knowledge = load(settings.overlays, FactsFolder.beside(sqlite_file(settings.database_url)))
    except BrokenKnowledge as broken:
        yield Finding("curated facts", Status.FAIL, broken.message, broken.hint)
        return
    yield Finding("curated facts", Status.OK, f"{len(knowledge.models):,} models, {len(knowledge.edges):,} edges")
