"""What imported catalogues say of models that only they know, as entries beneath a user's own.

A user's entry that names no maker corrects, hides or joins something. Where the curated facts do not know it but a
catalogue does, the catalogue's own words come in beneath it, and everything goes on as over a curated model.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from llmsurvey.knowledge.claim import Claim
from llmsurvey.knowledge.edge import Edge
from llmsurvey.knowledge.entry import Entry, key_of
from llmsurvey.knowledge.laid import Laid
from llmsurvey.knowledge.model import Model

_SPEAKING = {"model": ("name",), "edge": ("from", "to")}
"""Tables whose entries speak of models, and the fields that name them."""


class Known(Protocol):
    """The facts with catalogues over them."""

    @property
    def models(self) -> Sequence[Model]:
        """All models."""

    @property
    def laid(self) -> Sequence[Laid]:
        """The catalogues, with what became of their entries."""

    @property
    def claims(self) -> Sequence[Claim]:
        """What the catalogues say."""


@dataclass(frozen=True, slots=True)
class Underlying:
    """Entries for models and edges of catalogues that a user's files speak of."""

    entries: list[Entry] = field(default_factory=list)
    origins: dict[str, frozenset[str]] = field(default_factory=dict)
    """Where the catalogues speak of each of these models, by its name."""


def whole_names(entries: Iterable[Entry]) -> set[str]:
    """Return the names, as they are compared, of models whose maker some file tells; without one there is no model."""
    makers = (
        entry for entry in entries if entry.table == "model" and not entry.hide and "organisation" in entry.values
    )
    return {key_of(name) for entry in makers for name in _names(entry)}


def settled(own: Sequence[Entry], whole: Container[str]) -> list[Entry]:
    """Leave out a user's entries that may speak of what only a catalogue knows: of models that no file makes whole."""

    def is_settled(entry: Entry) -> bool:
        hides_an_edge = entry.table == "edge" and entry.hide
        return not hides_an_edge and all(key_of(name) in whole for name in _mentioned(entry))

    return [entry for entry in own if is_settled(entry)]


def underlying(own: Sequence[Entry], whole: Container[str], knowledge: Known) -> Underlying:
    """Find what the user's `own` entries speak of and only catalogues know; `knowledge` is made of settled entries."""
    called = {key_of(name): model for model in knowledge.models for name in model.names}
    asked = dict.fromkeys(key_of(name) for entry in own for name in _mentioned(entry))
    added = {name for laid in knowledge.laid for name in laid.added}
    chosen = {
        model.name: model for key in asked if key not in whole and (model := called.get(key)) and model.name in added
    }
    ties = _ties(own, called)
    edges = [
        edge
        for laid in knowledge.laid
        for edge in laid.edges
        if ties & {(edge.parent, edge.child, None), (edge.parent, edge.child, edge.relation)}
    ]
    return Underlying(
        [*map(_model, chosen.values()), *map(_edge, edges)],
        {name: frozenset(claim.origin for claim in knowledge.claims if claim.model == name) for name in chosen},
    )


def _names(entry: Entry) -> Iterator[str]:
    aliases = entry.values.get("aliases")
    for name in (entry.values.get("name"), *(aliases if isinstance(aliases, list) else ())):
        if isinstance(name, str):
            yield name


def _mentioned(entry: Entry) -> list[str]:
    """Name the models that an entry speaks of."""
    values = entry.values
    return [name for each in _SPEAKING.get(entry.table, ()) if isinstance(name := values.get(each), str)]


def _ties(own: Iterable[Entry], called: Mapping[str, Model]) -> set[tuple[str, str, str | None]]:
    """Return parent, child and relation of the edges that entries speak of; None stands for every relation."""
    ties = set()
    for entry in own:
        ends = [called.get(key_of(name)) for name in _mentioned(entry)] if entry.table == "edge" else []
        names = [end.name for end in ends if end]
        if len(names) == len(_SPEAKING["edge"]):
            ties.add((names[0], names[1], entry.values.get("relation")))
    return ties


def _model(model: Model) -> Entry:
    """Say by which a catalogue's entry is known again; its other values are filled in when it is laid over."""
    values = {
        "name": model.name,
        "aliases": list(model.aliases),
        "organisation": model.organisation,
        "domains": list(model.domains),
        "events": [{"kind": each.kind.value, "date": each.date, "source": each.source} for each in model.events],
        "source": model.source,
    }
    return Entry("model", model.origin_of("name"), values)


def _edge(edge: Edge) -> Entry:
    values = {
        "from": edge.parent,
        "to": edge.child,
        "relation": edge.relation,
        "evidence": edge.evidence.value,
        "label": edge.label,
        "source": edge.source,
    }
    return Entry("edge", edge.origin_of("from"), values)
