"""The lineage in DOT, the language of Graphviz (graphviz.org/doc/info/lang.html)."""

from collections.abc import Iterator

from llmsurvey.knowledge.edge import Arrow, Edge, Evidence
from llmsurvey.knowledge.model import Model
from llmsurvey.lineage.graph import Lineage
from llmsurvey.lineage.values import Values, boxes, edge_values, node_values, shown_label

_STYLES = {Evidence.EXPLICIT: "solid", Evidence.WEAK: "dashed"}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\0": "\N{REPLACEMENT CHARACTER}"})


def dot(lineage: Lineage) -> str:
    """Write the lineage in DOT: weak evidence dashed, relations in their colours, a series as a box."""
    return "\n".join(["digraph lineage {", *_lines(lineage), "}", ""])


def quoted(text: str) -> str:
    r"""Write any text as a DOT string: quotes and backslashes behind a backslash, line ends as `\n`."""
    return f'"{text.translate(_ESCAPES)}"'


def _lines(lineage: Lineage) -> Iterator[str]:
    yield "  rankdir=LR; compound=true; node [shape=box, style=rounded];"
    for name, models in boxes(lineage.knowledge.models).items():
        if name is not None:
            yield f"  subgraph {quoted(f'cluster {name}')} {{"
            yield f"    label={quoted(f'{name} series')};"
        yield from (f"    {_node(lineage, model)}" for model in models)
        if name is not None:
            yield "  }"
    for edge in lineage.knowledge.edges:
        yield f"  {quoted(edge.parent)} -> {quoted(edge.child)} [{_attributes(_edge(lineage, edge))}];"


def _node(lineage: Lineage, model: Model) -> str:
    return f"{quoted(model.name)} [{_attributes(node_values(lineage.knowledge, model))}];"


def _edge(lineage: Lineage, edge: Edge) -> Values:
    relation = lineage.knowledge.relations[edge.relation]
    broad: Values = {"penwidth": 3} if relation.arrow is Arrow.BLOCK else {}
    return {
        **edge_values(lineage.knowledge, edge),
        "label": shown_label(edge),
        "style": _STYLES[edge.evidence],
        "color": relation.colour,
        **broad,
    }


def _attributes(values: Values) -> str:
    return ", ".join(f"{name}={quoted(str(value))}" for name, value in values.items())
