"""The waist of the program with the curated knowledge beside the counts: what figures and reports are made from."""

from typing import Protocol

from llmsurvey.knowledge.catalogue import Knowledge
from llmsurvey.survey import Survey


class InformedSurvey(Survey, Protocol):
    """A living survey that also knows the curated facts.

    It stands here and not in `llmsurvey.survey`, which lies below the knowledge and must not know its records.
    """

    @property
    def knowledge(self) -> Knowledge:
        """All curated facts with the user's files over them, also of models later than `as_of`."""
