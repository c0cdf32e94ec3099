"""How a command loads the curated facts: the package's, with the user's own files over them."""

import typer

from llmsurvey.cli.call import Call
from llmsurvey.knowledge.catalogue import Knowledge, load


def knowledge_of(context: typer.Context) -> Knowledge:
    """Load the facts of this call; `BrokenKnowledge` names every error of every file."""
    return load(Call.of(context).settings().overlays)
