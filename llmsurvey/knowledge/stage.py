"""What the survey says of the field: stages, abilities, techniques, the GPT chronicle."""

from enum import StrEnum

import msgspec

from llmsurvey.knowledge.fact import Fact


class Stage(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stage of language modelling."""

    name: str
    short: str
    """SLM, NLM, PLM or LLM."""
    zh: str
    years: str = ""
    idea: str
    examples: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    """What sets it apart from the stage before."""
    open_questions: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    """Under which the survey reviews the work of this stage."""

    @property
    def statements(self) -> tuple[tuple[str, str], ...]:
        """What is said of it beside idea and examples: the kind of each statement, and the statement."""
        kinds = {
            "limit": self.limits,
            "differs from the stage before": self.differences,
            "open question": self.open_questions,
            "aspect of the survey": self.aspects,
        }
        return tuple((kind, each) for kind, said in kinds.items() for each in said)


class Direction(StrEnum):
    """On which side of its size a threshold speaks."""

    FROM = "from"
    """The ability is reported at this size and above."""
    ABOVE = "above"
    """The ability is reported above this size, not at it."""
    UP_TO = "absent up to"
    """The ability is reported missing at this size and below."""


class Threshold(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A size at which the literature reports that an ability appears, or does not yet."""

    model: str
    parameters: int
    task: str
    direction: Direction
    finding: str
    """What is reported, in words."""
    caveat: str = ""


class Ability(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An emergent ability: not in small models, present in large ones."""

    name: str
    short: str | None = None
    """As it is called for short: `ICL`."""
    zh: str
    introduced_by: str
    thresholds: tuple[Threshold, ...] = ()


class Technique(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A technique to which the success of large models is put down."""

    name: str
    zh: str
    facts: tuple[str, ...]


class ChronicleEntry(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A dated step on the way of the GPT series."""

    name: str
    zh: str = ""
    date: str
    """As exactly as can be cited."""
    published_date: str
    """As the survey tells it."""
    phase: str
    phase_zh: str
    organisation: str
    arxiv: str | None = None
    facts: tuple[str, ...]
