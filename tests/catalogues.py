"""Invented catalogues: what pictures of models must be able to show, from nothing to far too much."""

from collections.abc import Callable
from dataclasses import replace

from msgspec import structs

from llmsurvey.knowledge.catalogue import Knowledge, load
from llmsurvey.knowledge.edge import Edge, Evidence
from llmsurvey.knowledge.fact import Source
from llmsurvey.knowledge.model import Access, Event, EventKind, Model

UGLY_NAME = "50% $x_1$ <b>*`m`*</b> \\alpha | 語言模型 \u202e " + "long" * 30
_MAKERS = ("Alpha", "Beta University of the Far North", "智源研究院", "Delta AI", "=1+1", "Zeta")


def model(name: str, date: str | None, parameters: int | None = None, *, is_open: bool = False) -> Model:
    """Return an invented model."""
    events = (Event(kind=EventKind.PAPER, date=date, source="invented"),) if date else ()
    return Model(
        name=name,
        organisation=_MAKERS[len(name) % len(_MAKERS)],
        parameters=parameters,
        training_tokens=parameters and parameters * 20,
        access=Access.OPEN_WEIGHTS if is_open else Access.CLOSED,
        events=events,
        source="invented",
    )


def edge(parent: str, child: str, relation: str = "fine-tuned", evidence: Evidence = Evidence.EXPLICIT) -> Edge:
    """Return an invented edge."""
    return Edge(parent=parent, child=child, relation=relation, evidence=evidence, source="invented")


def knowing(models: list[Model], edges: list[Edge]) -> Knowledge:
    """Return the package's facts with other models."""
    work = Source(key="invented", title="an invented work", url="https://example.org", date="2024")
    known = load()
    return replace(known, models=tuple(models), edges=tuple(edges), sources={**known.sources, work.key: work})


def nothing() -> Knowledge:
    """Return a catalogue without a model."""
    return knowing([], [])


def lonely() -> Knowledge:
    """Return a catalogue of one model."""
    return knowing([model("Only", "2023-05", 70_000_000_000, is_open=True)], [])


def undated() -> Knowledge:
    """Return models of which little is known."""
    return knowing([model("Dateless", None, 20_000_000_000), model("Sizeless", "2023")], [edge("Dateless", "Sizeless")])


def many(count: int) -> Knowledge:
    """Return so many models over six years: one family, three children each, of every relation."""
    models = [
        model(
            f"Model-{i} of {'x' * (i % 17)}", f"{2019 + i * 6 // count}-{1 + i % 12:02}", 10**10 * (2 + i % 90),
            is_open=i % 3 > 0,
        )
        for i in range(count)
    ]  # fmt: skip
    relations = [name for name, relation in load().relations.items() if relation.descent]
    edges = [
        edge(models[(i - 1) // 3].name, models[i].name, relations[i % len(relations)], [*Evidence][i % 2])
        for i in range(1, count)
    ]
    return knowing(models, edges)


def ugly() -> Knowledge:
    """Return models with names that are too long and hold markup, Chinese and direction marks."""
    models = [model(f"{i} {UGLY_NAME}", "2023-05-01", 10**11, is_open=i % 2 > 0) for i in range(12)]
    return knowing(models, [edge(models[0].name, each.name) for each in models[1:]])


def star(count: int) -> Knowledge:
    """Return one model with very many children."""
    models = [model("Root", "2023-02", 10**11), *(model(f"Child {i}", "2023-06", 10**10 + i) for i in range(count))]
    return knowing(models, [edge("Root", each.name) for each in models[1:]])


def chain(count: int) -> Knowledge:
    """Return generation upon generation."""
    models = [model(f"G{i}", f"{2000 + i}", 10**9 * (i + 1)) for i in range(count)]
    return knowing(models, [edge(f"G{i}", f"G{i + 1}", "successor") for i in range(count - 1)])


def ages(count: int) -> Knowledge:
    """Return models over so many years that each stretch has some that are not drawn."""
    return knowing([model(f"Old {i}", f"{1990 + i % 36}-{1 + i % 12:02}", 10**11 + i) for i in range(count)], [])


def one_month(count: int) -> Knowledge:
    """Return models of a single month, each from a maker of its own."""
    models = [model(f"{name} 模型 {i}", "2024-05", 10**11, is_open=i % 2 > 0) for i, name in enumerate(_names(count))]
    return knowing([structs.replace(each, organisation=f"Maker {each.name}") for each in models], [])


def _names(count: int) -> list[str]:
    return [("Long-name-of-a-model-" * (1 + i % 3))[: 6 + i % 40] for i in range(count)]


def tangled(count: int) -> Knowledge:
    """Return models that descend from several others, across generations."""
    models = [model(f"Knot {i}", f"{2019 + i * 6 // count}-05", 10**10 + i, is_open=i % 2 > 0) for i in range(count)]
    pairs = {(models[(i * step) // (step + 1)].name, models[i].name) for i in range(1, count) for step in (1, 3, 7)}
    relations = ["fine-tuned", "merged", "successor", "code"]
    edges = [
        edge(parent, child, relations[i % 4], [*Evidence][i % 2]) for i, (parent, child) in enumerate(sorted(pairs))
    ]
    return knowing(models, [replace_label(each, i) for i, each in enumerate(edges) if each.parent != each.child])


def replace_label(given: Edge, i: int) -> Edge:
    """Return an edge with a label, now a short, now a long one, now none."""
    return structs.replace(given, label=("", "+x", "a rather long label")[i % 3])


CATALOGUES: dict[str, Callable[[], Knowledge]] = {
    "packaged": load,
    "nothing": nothing,
    "lonely": lonely,
    "undated": undated,
    "forty": lambda: many(40),
    "eighty": lambda: many(80),
    "two_hundred": lambda: many(200),
    "six_hundred": lambda: many(600),
    "ugly": ugly,
    "star": lambda: star(150),
    "chain": lambda: chain(20),
    "ages": lambda: ages(300),
    "one_month": lambda: one_month(60),
    "tangled": lambda: tangled(24),
}
