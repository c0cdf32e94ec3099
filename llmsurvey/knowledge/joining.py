"""Edges from what an imported catalogue names as bases and dependencies, and from sizes that it lists one by one."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import InitVar, dataclass, field
from datetime import timedelta
from typing import NamedTuple

from llmsurvey.knowledge.acyclic import Descent, foreseen
from llmsurvey.knowledge.edge import Edge, Evidence
from llmsurvey.knowledge.entry import key_of
from llmsurvey.knowledge.houses import Houses
from llmsurvey.knowledge.laid import Laid, Unjoined
from llmsurvey.knowledge.layer import Asset, AssetKind
from llmsurvey.knowledge.matching import Matcher, size_of
from llmsurvey.knowledge.model import Model
from llmsurvey.knowledge.span import Span
from llmsurvey.knowledge.spelling import same_size, spelled

STATED, SIZED = "built-on", "another-size"
"""The relations of such edges."""
_SLIP = timedelta(days=31)
"""What is built on a model may be dated so much earlier than it: catalogues date by paper, by blog or by weights."""


class _Tie(NamedTuple):
    """An edge to be."""

    parent: str
    child: str
    relation: str
    label: str
    stated: str
    """The parent's name as the catalogue spells it."""


@dataclass
class Joining:
    """One layer's edges being joined to those of lower layers, which hold."""

    models: Mapping[str, Model]
    edges: list[Edge]
    """Of lower layers; those of this one are put behind them."""
    descent: InitVar[Collection[str]]
    """Names of the relations of descent."""
    laid: Laid
    matcher: Matcher
    houses: Houses
    unwanted: Collection[tuple[str, str]] = ()
    """Parents and children that a user's file has parted."""
    _ties: list[tuple[Asset, _Tie]] = field(default_factory=list)
    """What is to be added, in the order of the catalogue."""

    def __post_init__(self, descent: Collection[str]) -> None:
        self._added = frozenset(self.laid.added)
        self._pairs = {(edge.parent, edge.child) for edge in self.edges}
        self._known = [(edge.parent, edge.child) for edge in self.edges if edge.relation in descent]

    def join(self, names: Mapping[int, str]) -> None:
        """Join the edges of all entries; `names` tells which model an entry became, by its line."""
        layer = self.laid.layer
        entries: dict[str, list[Asset]] = defaultdict(list)
        for asset in layer.assets:
            entries[spelled(asset.name).loose].append(asset)
        by_line = {asset.line: asset for asset in layer.assets}
        for line, name in names.items():
            self._size(by_line[line], name)
        for line, name in names.items():
            for base in dict.fromkeys(by_line[line].bases):
                self._base(by_line[line], name, base, entries.get(spelled(base).loose, []), names)
        self._add_all()

    def _size(self, asset: Asset, name: str) -> None:
        """Join a model that is another size of a known one to it; of the same size it is another model."""
        family = self.matcher.family(name)
        if family is None or family.name == name or name not in self._added:
            return
        if same_size(size_of(asset), family.parameters):
            return
        if self.houses.share(family.organisation, asset.organisation or "") and not _is_before(asset, family):
            self._ties.append((asset, _Tie(family.name, name, SIZED, spelled(name).tail, family.name)))

    def _base(self, asset: Asset, child: str, base: str, entries: list[Asset], names: Mapping[int, str]) -> None:
        others = [entry for entry in entries if entry.kind is not AssetKind.MODEL]
        parents = {names[entry.line] for entry in entries if entry.line in names}
        if not parents and others:
            self.laid.with_data.append(Unjoined(base, child, asset.line, f"is {_article(others[0].kind)}"))
            return
        parent, label = self._parent(asset, base, parents)
        if parent is None:
            self.laid.unknown.append(Unjoined(base, child, asset.line, label))
        elif parent != child:
            self._ties.append((asset, _Tie(parent, child, STATED, label, base)))
        else:
            self.laid.unknown.append(Unjoined(base, child, asset.line, "is the model itself"))

    def _parent(self, asset: Asset, base: str, parents: set[str]) -> tuple[str | None, str]:
        """Return the model that a base's name means and the label of the edge; None and the reason where none is."""
        found = parents or {model.name for model in self.matcher.called(base)}
        if len(found) > 1:
            exact = [name for name in found if key_of(name) == key_of(base)]
            if len(exact) != 1:
                return None, f"may be {' or '.join(sorted(found))}"
            return exact[0], ""
        if found:
            return found.pop(), ""
        family = self.matcher.family(base)
        if family and not _is_before(asset, family):
            return family.name, base
        return None, "nothing is called so"

    def _add_all(self) -> None:
        """Add what was found, but for what would make a model its own ancestor."""
        released = {name: model.released or "9999" for name, model in self.models.items()}
        names = sorted(self.models, key=lambda name: (released[name], name))
        order = Descent(foreseen(names, [*self._known, *(tie[:2] for _, tie in self._ties)]))
        for parent, child in self._known:
            order.add(parent, child)
        for asset, tie in self._ties:
            self._add(asset, tie, order)

    def _add(self, asset: Asset, tie: _Tie, order: Descent) -> None:
        layer = self.laid.layer
        if tie[:2] in self._pairs:
            self.laid.confirmed.append(Unjoined(tie.stated, tie.child, asset.line, "is an edge already"))
            return
        if tie[:2] in self.unwanted:
            self.laid.hidden.append(f"{tie.parent} → {tie.child}")
            return
        if not order.add(tie.parent, tie.child):
            reason = f"{tie.parent} descends from {tie.child}"
            self.laid.cyclic.append(Unjoined(tie.stated, tie.child, asset.line, reason))
            return
        edge = Edge(
            parent=tie.parent,
            child=tie.child,
            relation=tie.relation,
            evidence=Evidence.EXPLICIT,
            label=tie.label,
            source=layer.citation(asset),
            origins=dict.fromkeys(("from", "to", "relation", "evidence"), layer.origin(asset)),
        )
        self._pairs.add(tie[:2])
        self.edges.append(edge)
        self.laid.edges.append(edge)


def _is_before(asset: Asset, family: Model) -> bool:
    """Tell whether an entry is dated too early to come from a model."""
    if asset.date is None or family.released is None:
        return False
    return Span.parse(asset.date).last < Span.parse(family.released).first - _SLIP


def _article(kind: AssetKind) -> str:
    return {"dataset": "a data set", "application": "an application"}.get(kind.value, kind.value)
