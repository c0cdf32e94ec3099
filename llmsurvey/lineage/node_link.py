"""The lineage as node-link JSON, for D3 and networkx."""

import json

import networkx as nx

from llmsurvey.lineage.graph import Lineage
from llmsurvey.lineage.values import edge_values, node_values


def node_link(lineage: Lineage) -> str:
    """Write the lineage as node-link JSON: `nodes` with `id`, `edges` with `source`, `target` and `key`.

    An edge's `source` and `target` are the models, so that what attests it is called `cited`.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for model in lineage.knowledge.models:
        graph.add_node(model.name, **node_values(lineage.knowledge, model))
    for edge in lineage.knowledge.edges:
        values = edge_values(lineage.knowledge, edge)
        values["cited"] = values.pop("source")
        graph.add_edge(edge.parent, edge.child, edge.relation, **values)
    return json.dumps(nx.node_link_data(graph, edges="edges"), ensure_ascii=False, indent=1) + "\n"
