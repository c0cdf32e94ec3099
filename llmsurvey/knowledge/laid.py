"""What became of an imported catalogue when it met the curated facts: a value for each thing that was not taken in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from llmsurvey.knowledge.edge import Edge
from llmsurvey.knowledge.layer import Layer
from llmsurvey.knowledge.matching import Match


@dataclass(frozen=True, slots=True)
class Unjoined:
    """A dependency that became no edge."""

    name: str
    """As the catalogue spells it."""
    of: str
    """Whose dependency it is."""
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Aside:
    """An entry that is kept apart from the models."""

    name: str
    kind: str
    """`dataset` or `application`."""
    line: int


@dataclass(frozen=True, slots=True)
class Unwanted:
    """What a user's files hide, so that no catalogue brings it back."""

    names: frozenset[str] = frozenset()
    """Of models."""
    entries: Mapping[str, str] = field(default_factory=dict)
    """Names of models that only catalogues know, by each place where one speaks of them; nothing else is called so."""
    ties: frozenset[tuple[str, str]] = frozenset()
    """Parent and child of edges."""


NOTHING = Unwanted()


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """One layer over the catalogue."""

    layer: Layer
    matches: list[Match] = field(default_factory=list)
    """Entries that speak of models which were known before."""
    added: list[str] = field(default_factory=list)
    """Models that no lower layer knows."""
    repeated: list[Match] = field(default_factory=list)
    """Entries that speak once more of a model of the same layer."""
    edges: list[Edge] = field(default_factory=list)
    """Edges that no lower layer knows."""
    confirmed: list[Unjoined] = field(default_factory=list)
    """Dependencies that are edges of lower layers already."""
    with_data: list[Unjoined] = field(default_factory=list)
    """Dependencies on data sets and applications."""
    unknown: list[Unjoined] = field(default_factory=list)
    """Dependencies on names that nothing is called by, or more than one thing."""
    cyclic: list[Unjoined] = field(default_factory=list)
    """Dependencies that would make a model its own ancestor."""
    hidden: list[str] = field(default_factory=list)
    """Models, and edges as `parent → child`, that the user's own files hide."""
    aside: list[Aside] = field(default_factory=list)
