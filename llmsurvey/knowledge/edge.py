"""An edge of the lineage: one model's part in the making of another, with its evidence."""

from enum import StrEnum

import msgspec

from llmsurvey.knowledge.fact import Fact


class Evidence(StrEnum):
    """How well an edge is attested; decides on how it is drawn."""

    EXPLICIT = "explicit"
    """Its makers, or a catalogue that asserts a base model, say so: a solid line."""
    WEAK = "weak"
    """Inferred by the survey, or a likeness only: a dashed line."""


class Arrow(StrEnum):
    """The shape of a relation's arrow."""

    LINE = "line"
    BLOCK = "block"
    """A broad arrow, for what serves rather than begets."""


class Relation(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of edge, from a closed list, and how it is drawn."""

    name: str
    en: str
    zh: str
    meaning: str
    descent: bool = True
    """Whether the later model's weights or design come from the earlier one; decides on ancestry."""
    arrow: Arrow = Arrow.LINE
    colour: str
    """`#rrggbb`, of a palette that colour-blind readers tell apart."""


class Edge(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One model's part in the making of another."""

    parent: str = msgspec.field(name="from")
    """The earlier model's name."""
    child: str = msgspec.field(name="to")
    """The later model's name."""
    relation: str
    """Name of a `Relation`."""
    evidence: Evidence
    label: str = ""
    """What stands at the edge: `+code`."""
    date: str | None = None
    """When the source said so, where that differs from the source's own date."""
