"""The lineage as a Mermaid flowchart, which GitHub and many wikis draw (mermaid.js.org/syntax/flowchart.html)."""

from collections.abc import Iterator

from llmsurvey.knowledge.edge import Evidence
from llmsurvey.lineage.graph import Lineage
from llmsurvey.lineage.values import boxes, shown_label

MOST_EDGES = 500
"""What Mermaid draws unless its own setting `maxEdges` says otherwise."""

_ARROWS = {Evidence.EXPLICIT: "-->", Evidence.WEAK: "-.->"}
_ENTITIES = {'"': "#quot;", "#": "#35;", "&": "#amp;", "<": "#lt;", ">": "#gt;", "`": "#96;", "\\": "#92;"}
_ESCAPES = str.maketrans({**_ENTITIES, "\n": "<br/>", "\r": "#13;", "\0": "\N{REPLACEMENT CHARACTER}"})


def mermaid(lineage: Lineage) -> str:
    """Write the lineage as a flowchart: weak evidence dotted, a series as a box around its models."""
    return "\n".join(["flowchart LR", *_lines(lineage), ""])


def quoted(text: str) -> str:
    """Write any text as a Mermaid string: what has a meaning there as an entity code, line ends as `<br/>`."""
    return f'"{text.translate(_ESCAPES)}"'


def _lines(lineage: Lineage) -> Iterator[str]:
    models = lineage.knowledge.models
    # Names may be words of the language, such as `end`: nodes are numbered and carry the name as their text.
    ids = {model.name: f"n{number}" for number, model in enumerate(models)}
    for number, (name, boxed) in enumerate(boxes(models).items()):
        if name is not None:
            yield f"  subgraph s{number}[{quoted(f'{name} series')}]"
        yield from (f"    {ids[model.name]}[{quoted(model.name)}]" for model in boxed)
        if name is not None:
            yield "  end"
    for edge in lineage.knowledge.edges:
        yield f"  {ids[edge.parent]} {_ARROWS[edge.evidence]}|{quoted(shown_label(edge))}| {ids[edge.child]}"
