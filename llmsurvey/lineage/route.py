"""The line that leads from one model to another."""

from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from llmsurvey.knowledge.edge import Edge, Evidence
from llmsurvey.lineage.graph import Lineage, weakest

_STEP = 1_000_000
"""Weight of a step. A weak one weighs one more: of two equally short lines the better attested one is shorter."""


@dataclass(frozen=True, slots=True)
class Route:
    """How one model leads to another, or why it does not."""

    start: str
    end: str
    steps: tuple[Edge, ...] | None
    """The shortest line of descent, the best attested among equals; None where there is none."""
    solid: tuple[Edge, ...] | None
    """The shortest line of explicit evidence only; None where there is none."""
    loose: tuple[Edge, ...] | None
    """Where there is no descent: the shortest chain of any relations, such as one that serves the other."""
    beside_descent: tuple[str, ...]
    """The relations in that chain that are no descent."""
    backwards: bool
    """Whether it is the other way round: `start` descends from `end`."""

    @property
    def evidence(self) -> Evidence | None:
        """Evidence of the shortest line, as weak as its weakest step; None where there is no line."""
        return None if self.steps is None else weakest(self.steps)

    @property
    def remark(self) -> str:
        """What must be known of the answer, in words; empty where nothing must."""
        if self.start == self.end:
            return f"both names mean {self.start}"
        if self.steps is not None:
            return self._of_evidence()
        if self.backwards:
            return f"{self.end} does not descend from {self.start}: it is the other way round"
        if self.loose:
            relations = " and ".join(self.beside_descent)
            return f"{self.end} does not descend from {self.start}: what leads there is no descent but {relations}"
        return f"no line leads from {self.start} to {self.end}"

    def _of_evidence(self) -> str:
        if self.evidence is Evidence.EXPLICIT:
            return ""
        if self.solid is None:
            return f"only through weak evidence: no line from {self.start} to {self.end} is explicit throughout"
        names = " → ".join([self.start, *(edge.child for edge in self.solid)])
        return f"the shortest line is weak in part; a line of explicit evidence is {names}"


def route(lineage: Lineage, start: str, end: str) -> Route:
    """Find the line from one model to another; `BadUsage` where a name is nobody's."""
    first, last = lineage.name(start), lineage.name(end)
    steps = _shortest(lineage.descent, first, last)
    solid = _shortest(lineage.descent, first, last, explicit=True) if steps is not None else None
    backwards = steps is None and nx.has_path(lineage.descent, last, first)
    loose = _shortest(lineage.all_ties, first, last) if steps is None and not backwards else None
    relations = lineage.knowledge.relations
    beside = dict.fromkeys(edge.relation for edge in loose or () if not relations[edge.relation].descent)
    return Route(first, last, steps, solid, loose, tuple(beside), backwards)


def _shortest(graph: "nx.DiGraph[str]", start: str, end: str, *, explicit: bool = False) -> tuple[Edge, ...] | None:
    try:
        _, names = nx.bidirectional_dijkstra(graph, start, end, weight=_explicit_weight if explicit else _weight)
    except nx.NetworkXNoPath:
        return None
    return tuple(graph.edges[step]["edge"] for step in pairwise(names))


def _weight(_parent: str, _child: str, values: dict[str, Edge]) -> int:
    return _STEP + (values["edge"].evidence is Evidence.WEAK)


def _explicit_weight(parent: str, child: str, values: dict[str, Edge]) -> int | None:
    """Weigh an explicit edge; None hides the others from the search."""
    return None if values["edge"].evidence is Evidence.WEAK else _weight(parent, child, values)
