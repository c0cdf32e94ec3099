"""The lineage as GraphML, for Gephi, yEd, Cytoscape and networkx."""

import re
from io import BytesIO

import networkx as nx

from llmsurvey.lineage.graph import Lineage
from llmsurvey.lineage.values import Values

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold, escaped or not (XML 1.0, section 2.2)."""


def graphml(lineage: Lineage) -> str:
    """Write the lineage as GraphML. A node's id is the model's name; what XML cannot hold becomes U+FFFD."""
    ids = _ids(list(lineage.graph))
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name, values in lineage.graph.nodes(data=True):
        graph.add_node(ids[name], **_writable({"label": name, **values}))
    for number, (parent, child, values) in enumerate(lineage.graph.edges(data=True)):
        # An id of its own for each edge: programs that read GraphML take edges of one id for one edge.
        graph.add_edge(ids[parent], ids[child], f"e{number}", **_writable(values))
    sheet = BytesIO()
    nx.write_graphml_lxml(graph, sheet)
    return sheet.getvalue().decode("utf-8") + "\n"


def _ids(names: list[str]) -> dict[str, str]:
    """Make an id of each name; where two become the same, the later one gets a number."""
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        id_ = wanted = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", name)
        number = 1
        while id_ in taken:
            number += 1
            id_ = f"{wanted} ({number})"
        taken.add(id_)
        ids[name] = id_
    return ids


def _writable(values: Values) -> Values:
    return {
        key: _NO_XML.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value
        for key, value in values.items()
    }
