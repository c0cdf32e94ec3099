"""A model that a paper introduces, and why it is taken for one: each reason with its points and its place."""

from dataclasses import dataclass
from datetime import datetime

from llmsurvey.knowledge.candidates.calling import Kind
from llmsurvey.knowledge.candidates.introduction import How


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for a candidate, or against it."""

    reason: str
    points: int
    field: str
    """`title` or `abstract`."""
    sentence: int
    """Counted from 1 within the field."""
    start: int
    """Characters of the stored field before the name, or the size, that is meant."""
    text: str
    """The sentence, without TeX's markup."""

    @property
    def place(self) -> str:
        """The place in words."""
        return self.field if self.field == "title" else f"{self.field}, sentence {self.sentence}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that is not in the catalogue yet."""

    name: str
    names: tuple[str, ...]
    """All the paper's spellings and sizes of it, the name itself left out."""
    parameters: int | None
    """The largest size the paper tells of it."""
    active_parameters: int | None
    sizes: tuple[int, ...]
    """All of them, the smallest first."""
    called: str
    """What the paper calls it."""
    arxiv_id: str
    title: str
    submitted: datetime
    evidence: tuple[Evidence, ...]
    """The strongest first."""

    @property
    def score(self) -> int:
        """How much speaks for it."""
        return sum(each.points for each in self.evidence)


_AGAINST = {Kind.FOREIGN: -2, Kind.THING: -3}
POINTS: dict[How, dict[Kind, int]] = {
    How.SUBJECT: {Kind.LANGUAGE: 4, Kind.REASONING: 4, Kind.MULTIMODAL: 4, Kind.MODEL: 1, **_AGAINST},
    How.PRESENTED: {Kind.LANGUAGE: 4, Kind.REASONING: 4, Kind.MULTIMODAL: 4, Kind.MODEL: 2, Kind.UNTOLD: 1, **_AGAINST},
    How.MADE: {Kind.LANGUAGE: 1, Kind.REASONING: 1, Kind.MULTIMODAL: 1, Kind.MODEL: 1, **_AGAINST},
    How.IS: {Kind.LANGUAGE: 3, Kind.REASONING: 3, Kind.MULTIMODAL: 3, Kind.MODEL: 1, **_AGAINST},
}
"""What a phrase is worth, by the way in which it is said and by what it calls the thing."""
OF_SEVERAL = 2
"""Most that a title is worth which speaks of several: "NAME: Safer Language Models" may mean those of others."""
SIZE = "size told"
"""The reason that a size is."""
OF_LABEL = 3
"""Most that a title is worth without an article: "NAME: Efficient Language Model Pretraining" names a method."""
OF_TITLE = 1
OF_REPORT = 2
OF_SIZE = 3
"""Of a billion parameters and more."""
OF_SMALL_SIZE = 2
"""Of fewer, which models of all kinds have."""
OF_OTHER_FIELD = -2
"""Of a mere model in a paper whose title speaks of pictures, speech or robots."""
OF_SILENCE = -2
"""Where the abstract does not name what the title begins with."""
SURE = 5
"""Points from which on a candidate is listed: one phrase in the abstract alone is not enough."""
