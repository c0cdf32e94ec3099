"""The lineage as a graph: models and series are its nodes, an edge is one model's part in the making of another."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import networkx as nx

from llmsurvey.knowledge.catalogue import Knowledge
from llmsurvey.knowledge.edge import Edge, Evidence
from llmsurvey.knowledge.undisturbed import undisturbed
from llmsurvey.lineage.values import edge_values, node_values


@dataclass(frozen=True)
class Lineage:
    """The graph of one catalogue. Whatever is asked by a model's name also takes its aliases."""

    knowledge: Knowledge

    @cached_property
    def graph(self) -> "nx.MultiDiGraph[str]":
        """Every model and every edge, parallel ones too, with plain values: the form in which it leaves this program.

        A node is a model's name, an edge's key is its relation; `values` tells what each of them carries.
        """
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        with undisturbed():
            for model in self.knowledge.models:
                graph.add_node(model.name, **node_values(self.knowledge, model))
            for edge in self.knowledge.edges:
                graph.add_edge(edge.parent, edge.child, edge.relation, **edge_values(self.knowledge, edge))
        return graph

    @cached_property
    def descent(self) -> "nx.DiGraph[str]":
        """The edges of descent only, without which nobody is an ancestor: what serves a product begets nothing.

        Between two models stands the best attested edge, its record as `edge`; the same holds for the graphs below.
        """
        relations = self.knowledge.relations
        return self._woven(edge for edge in self.knowledge.edges if relations[edge.relation].descent)

    @cached_property
    def all_ties(self) -> "nx.DiGraph[str]":
        """The edges of every relation, those that are no descent too."""
        return self._woven(self.knowledge.edges)

    def by_relation(self, names: Iterable[str]) -> "nx.DiGraph[str]":
        """Return the edges of some relations only; `BadUsage` where a relation is not on the list."""
        wanted = {self.knowledge.relation(name).name for name in names}
        return self._woven(edge for edge in self.knowledge.edges if edge.relation in wanted)

    def name(self, called: str) -> str:
        """Return the name of a model that is called so; `BadUsage` with near misses where there is none."""
        return self.knowledge.find(called).name

    def _woven(self, edges: Iterable[Edge]) -> "nx.DiGraph[str]":
        """Make a graph with one edge for a pair of models: the best attested of those between them."""
        best: dict[tuple[str, str], Edge] = {}
        for edge in edges:
            known = best.get((edge.parent, edge.child))
            if known is None or (known.evidence is Evidence.WEAK and edge.evidence is Evidence.EXPLICIT):
                best[edge.parent, edge.child] = edge
        graph: nx.DiGraph[str] = nx.DiGraph()
        with undisturbed():
            graph.add_nodes_from(model.name for model in self.knowledge.models)
            graph.add_edges_from((parent, child, {"edge": edge}) for (parent, child), edge in best.items())
        return graph


def weakest(edges: Iterable[Edge]) -> Evidence:
    """Return the evidence of a chain of edges: as weak as its weakest link."""
    return Evidence.WEAK if any(edge.evidence is Evidence.WEAK for edge in edges) else Evidence.EXPLICIT
