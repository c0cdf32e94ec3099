"""Ancestors and descendants: who stands behind a model, who comes after it, what two share, where lines begin."""

from collections.abc import Collection
from dataclasses import dataclass

import networkx as nx

from llmsurvey.knowledge.edge import Evidence
from llmsurvey.lineage.graph import Lineage


@dataclass(frozen=True, slots=True)
class Relative:
    """An ancestor or a descendant."""

    name: str
    generations: int
    """Steps of the shortest line between the two."""
    evidence: Evidence
    """Explicit where some line between the two is explicit throughout."""


@dataclass(frozen=True, slots=True)
class SharedAncestor:
    """A model from which two others descend; one of the two may be it itself."""

    name: str
    generations: tuple[int, int]
    """Steps to the one and to the other."""
    nearest: bool
    """Whether no shared ancestor descends from it."""


@dataclass(frozen=True, slots=True)
class Root:
    """A model that descends from none in the catalogue, and from which others do."""

    name: str
    descendants: int


def ancestors(lineage: Lineage, called: str, relations: Collection[str] = ()) -> tuple[Relative, ...]:
    """Return all from which a model descends, the nearest first.

    With `relations`, edges of these alone are followed, also of such as are no descent. `BadUsage` on unknown names.
    """
    graph = lineage.by_relation(relations) if relations else lineage.descent
    return _relatives(graph.reverse(copy=False), lineage.name(called))


def descendants(lineage: Lineage, called: str, relations: Collection[str] = ()) -> tuple[Relative, ...]:
    """Return all that descend from a model, the nearest first; `relations` as in `ancestors`."""
    graph = lineage.by_relation(relations) if relations else lineage.descent
    return _relatives(graph, lineage.name(called))


def shared_ancestors(lineage: Lineage, first: str, second: str) -> tuple[SharedAncestor, ...]:
    """Return the models from which both descend, the nearest first; a model counts among its own ancestors here."""
    upwards = lineage.descent.reverse(copy=False)
    one = nx.single_source_shortest_path_length(upwards, lineage.name(first))
    other = nx.single_source_shortest_path_length(upwards, lineage.name(second))
    shared = one.keys() & other.keys()
    found = [
        SharedAncestor(name, (one[name], other[name]), shared.isdisjoint(lineage.descent.successors(name)))
        for name in shared
    ]
    return tuple(sorted(found, key=lambda each: (not each.nearest, sum(each.generations), each.name)))


def roots(lineage: Lineage) -> tuple[Root, ...]:
    """Return the models in which lines of descent begin, those with most descendants first."""
    graph = lineage.descent
    place = {name: 1 << position for position, name in enumerate(graph)}
    below: dict[str, int] = {}
    # A set of descendants is one long number with a bit a model: joining two is one step, so that ten thousand
    # models with fifty thousand edges take a tenth of a second.
    for name in reversed(list(nx.topological_sort(graph))):
        joined = 0
        for child in graph.successors(name):
            joined |= below[child] | place[child]
        below[name] = joined
    found = [Root(name, below[name].bit_count()) for name in graph if below[name] and not graph.in_degree(name)]
    return tuple(sorted(found, key=lambda root: (-root.descendants, root.name)))


def _relatives(graph: "nx.DiGraph[str]", name: str) -> tuple[Relative, ...]:
    steps = nx.single_source_shortest_path_length(graph, name)
    explicit = _explicitly_reached(graph, name)
    found = [
        Relative(other, distance, Evidence.EXPLICIT if other in explicit else Evidence.WEAK)
        for other, distance in steps.items()
        if distance
    ]
    return tuple(sorted(found, key=lambda each: (each.generations, each.name)))


def _explicitly_reached(graph: "nx.DiGraph[str]", start: str) -> set[str]:
    """Return the names to which a line of explicit edges leads."""
    reached, waiting = {start}, [start]
    while waiting:
        for name, values in graph.adj[waiting.pop()].items():
            if name not in reached and values["edge"].evidence is Evidence.EXPLICIT:
                reached.add(name)
                waiting.append(name)
    return reached
