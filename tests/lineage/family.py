"""Families of invented models, small enough to see what the right answer is, or as large as one wants."""

import random
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from llmsurvey.knowledge.catalogue import Knowledge, load
from llmsurvey.knowledge.edge import Edge, Evidence
from llmsurvey.knowledge.model import Event, EventKind, Model
from llmsurvey.lineage.graph import Lineage

RELATIONS = load().relations
UGLY = (
    'say "hi"',
    "PanGu-α",
    "悟道",
    "<b>bold</b> & more",
    "two\nlines",
    "back\\slash\\",
    "#quot; end",
    "`code` | pipe [x] {y}",
    "tab\there",
    "carriage\rreturn",
    "end",
    "--> x; y",
    "100%",
    "it's",
    " blank ",
)
"""Names that break a writer who does not escape."""


def model(name: str, released: str | None = "2020", group: str | None = None, **values: Any) -> Model:
    """Invent a model."""
    events = (Event(kind=EventKind.PAPER, date=released, source="an invented source"),) if released else ()
    return Model(name=name, organisation="Nobody", events=events, group=group, source="an invented source", **values)


def edge(parent: str, child: str, how: str = "explicit fine-tuned", label: str = "", date: str | None = None) -> Edge:
    """Invent an edge; `how` is its evidence and its relation."""
    evidence, relation = how.split()
    return Edge(
        parent=parent,
        child=child,
        relation=relation,
        evidence=Evidence(evidence),
        label=label,
        date=date,
        source="an invented source",
    )


def family(models: Iterable[Model | str], edges: Sequence[Edge] = ()) -> Lineage:
    """Make a lineage of invented models and edges."""
    whole = tuple(each if isinstance(each, Model) else model(each) for each in models)
    return Lineage(
        Knowledge(
            models=whole,
            edges=tuple(edges),
            relations=RELATIONS,
            stages=(),
            abilities=(),
            techniques=(),
            chronicle=(),
            marks=(),
            sources={},
        )
    )


def ugly_family() -> Lineage:
    """Make a lineage whose names and labels all break something; the last two models are a series of one."""
    models = [model(name) for name in UGLY] + [model('"S" series'), model("member", group='"S" series')]
    names = [each.name for each in models]
    edges = [edge(a, b, "weak successor", label=b) for a, b in pairwise(names)]
    return family(models, [*edges, edge(names[0], names[1], "explicit serves"), edge(names[2], names[5])])


def tangle(size: int, ties: int, seed: int = 1) -> Lineage:
    """Make a large lineage without a cycle of descent, for tests of what grows with size."""
    chance = random.Random(seed)
    kinds = ("explicit fine-tuned", "weak successor", "explicit serves", "weak data-inherited")
    edges: dict[tuple[int, int, str], Edge] = {}
    while len(edges) < ties:
        parent, child = sorted(chance.sample(range(size), 2))
        how = chance.choice(kinds)
        edges[parent, child, how] = edge(f"M{parent}", f"M{child}", how)
    return family(
        [model(f"M{number}", f"{2000 + number * 20 // size}") for number in range(size)], list(edges.values())
    )
