"""Checks of models and edges against each other: names, ends of edges, relations, hidden parents, cycles."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from msgspec import structs

from llmsurvey.knowledge.edge import Edge, Relation
from llmsurvey.knowledge.entry import key_of
from llmsurvey.knowledge.finding import Finding, nearest
from llmsurvey.knowledge.merging import Draft, Merged
from llmsurvey.knowledge.model import Model
from llmsurvey.knowledge.stage import Ability

_SUGGESTIONS = 20
"""Near misses are looked for so many times; in a long list of errors the rest speaks for itself."""
_CYCLES = 20
_RING = 12
"""Models of a cycle that are named."""


def double_names(models: Iterable[tuple[Draft, Model]]) -> Iterator[Finding]:
    """Find names and aliases that two models share."""
    owners: dict[str, str] = {}
    for draft, model in models:
        for name in dict.fromkeys(key_of(name) for name in (model.name, *model.aliases)):
            owner = owners.setdefault(name, model.name)
            if owner != model.name:
                yield draft.finding(
                    f"the name {name!r} is also one of {owner}", "give each name to one model", "aliases"
                )


def lost_groups(models: Iterable[tuple[Draft, Model]]) -> Iterator[Finding]:
    """Find models of a series that is not in the catalogue."""
    models = list(models)
    names = {model.name for _, model in models}
    for draft, model in models:
        if model.group is not None and model.group not in names:
            yield draft.finding(f"unknown series {model.group!r}", nearest(model.group, sorted(names)), "group")


def overfull(models: Iterable[tuple[Draft, Model]]) -> Iterator[Finding]:
    """Find models that use more parameters for a token than they have."""
    for draft, model in models:
        if model.parameters and model.active_parameters and model.active_parameters > model.parameters:
            yield draft.finding("more parameters are active than there are", "swap the two", "active_parameters")


def unknown_subjects(
    abilities: Iterable[tuple[Draft, Ability]], merged: Merged, models: dict[str, Model]
) -> Iterator[Finding]:
    """Find thresholds of abilities that speak of models outside the catalogue."""
    for draft, ability in abilities:
        for threshold in ability.thresholds:
            if merged.name(threshold.model) not in models:
                hint = nearest(threshold.model, sorted(models))
                yield draft.finding(f"unknown model {threshold.model!r}", hint, "thresholds")


def joined(
    edges: Iterable[tuple[Draft, Edge]],
    merged: Merged,
    models: dict[str, Model],
    relations: dict[str, Relation],
    findings: list[Finding],
) -> list[tuple[Draft, Edge]]:
    """Return the edges whose ends and relation are there, ends by their models' own names."""
    whole = []
    names, asked = sorted(models), 0
    for draft, edge in edges:
        if edge.parent in models and edge.child in models and edge.relation in relations:
            whole.append((draft, edge))  # most are; the rest is slow
            continue
        parent, child = merged.name(edge.parent), merged.name(edge.child)
        if child in merged.hidden:
            continue  # what is hidden takes the edges to its own parents with it
        if parent in merged.hidden:
            findings.append(_orphan(draft, merged, parent, child))
            continue
        for name in {parent, child} - models.keys():
            hint = nearest(name, names) if asked < _SUGGESTIONS else "add the model, or mend the name"
            asked += 1
            findings.append(draft.finding(f"unknown model {name!r}", hint))
        if edge.relation not in relations:
            hint = nearest(edge.relation, list(relations))
            findings.append(draft.finding(f"unknown relation {edge.relation!r}", hint, "relation"))
        elif parent in models and child in models:
            whole.append((draft, structs.replace(edge, parent=parent, child=child)))
    return whole


def _orphan(draft: Draft, merged: Merged, parent: str, child: str) -> Finding:
    return Finding(
        merged.hidden[parent],
        f"model {parent}",
        f"is hidden, but {child} descends from it",
        f"hide {draft.title} as well",
    )


def cycles(edges: Iterable[tuple[Draft, Edge]], relations: dict[str, Relation]) -> Iterator[Finding]:
    """Find models that descend from themselves, each cycle once."""
    drafts: dict[tuple[str, str], tuple[int, Draft]] = {}
    parents: dict[str, set[str]] = defaultdict(set)
    for position, (draft, edge) in enumerate(edges):
        if relations[edge.relation].descent:
            parents[edge.child].add(edge.parent)
            drafts[edge.parent, edge.child] = (position, draft)
    for _ in range(_CYCLES):
        try:
            TopologicalSorter(parents).prepare()
        except CycleError as fault:
            ring: list[str] = fault.args[1]
            steps = pairwise(ring)
            parent, child = max(steps, key=lambda step: drafts[step][0])
            _, draft = drafts[parent, child]
            shown = ring if len(ring) <= _RING else [*ring[: _RING - 1], "…", ring[-1]]
            yield draft.finding(f"closes a cycle of descent: {' → '.join(shown)}", "remove one of these edges")
            parents[child].discard(parent)
        else:
            return
