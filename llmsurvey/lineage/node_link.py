"""The lineage as node-link JSON, for D3 and networkx."""

import json

import networkx as nx

from llmsurvey.lineage.graph import Lineage


def node_link(lineage: Lineage) -> str:
    """Write the lineage as node-link JSON: `nodes` with `id`, `edges` with `source`, `target`, `key` (the relation)."""
    return json.dumps(nx.node_link_data(lineage.graph, edges="edges"), ensure_ascii=False, indent=1) + "\n"
