"""Imported catalogues laid over the curated models: matched, completed, never overwritten."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import count

from msgspec import structs

from llmsurvey.knowledge.claim import FIELDS, SIZES, Claim, Verdict, shown, stated, verdict
from llmsurvey.knowledge.edge import Edge
from llmsurvey.knowledge.entry import key_of
from llmsurvey.knowledge.houses import UNSTATED, Houses
from llmsurvey.knowledge.joining import Joining
from llmsurvey.knowledge.laid import NOTHING, Aside, Laid, Unwanted
from llmsurvey.knowledge.layer import Asset, AssetKind, Layer
from llmsurvey.knowledge.matching import Match, Matcher, best_of, size_of
from llmsurvey.knowledge.model import Event, EventKind, Model
from llmsurvey.knowledge.spelling import sizes_in, spelled

_OFF_BY = 1.5
"""A stated size that is so many times the one in the name, or the reverse, contradicts it: 70B for "Llama 2-7B"."""
_ARXIV_MONTH = slice(2, 4), slice(5, 7)


@dataclass
class Layered:
    """The catalogue with its layers."""

    models: dict[str, Model]
    """By name."""
    edges: list[Edge]
    claims: list[Claim] = field(default_factory=list)
    laid: list[Laid] = field(default_factory=list)


def laid_over(
    models: Sequence[Model],
    edges: Sequence[Edge],
    layers: Sequence[Layer],
    *,
    descent: Collection[str],
    unwanted: Unwanted = NOTHING,
) -> Layered:
    """Lay catalogues over models and edges, the first one lowest. What is known already is never changed.

    `descent` names the relations of descent; `unwanted` is what a user's file takes away.
    """
    result = Layered({model.name: model for model in models}, list(edges))
    houses = Houses()
    for layer in layers:
        naming = _Laying(result, layer, houses, unwanted)
        naming.lay()
        joining = Joining(result.models, result.edges, descent, naming.laid, naming.matcher, houses, unwanted.ties)
        joining.join(naming.names)
        result.laid.append(naming.laid)
    return result


class _Laying:
    """One layer being laid."""

    def __init__(self, result: Layered, layer: Layer, houses: Houses, unwanted: Unwanted) -> None:
        self._result, self._layer, self._houses, self._unwanted = result, layer, houses, unwanted
        self._hidden = {spelled(name).loose for name in unwanted.names}
        self.laid = Laid(layer=layer)
        self.matcher = Matcher(result.models.values(), houses)
        self.names: dict[int, str] = {}
        """Name of the model that an entry became, by the entry's line."""
        self._owners = {key_of(name): name for name in unwanted.entries.values()} | {
            key_of(name): model.name for model in result.models.values() for name in model.names
        }

    def lay(self) -> None:
        models = []
        for asset in self._layer.assets:
            if asset.kind is not AssetKind.MODEL:
                self.laid.aside.append(Aside(asset.name, asset.kind.value, asset.line))
            elif spelled(asset.name).loose in self._hidden or self._layer.origin(asset) in self._unwanted.entries:
                self.laid.hidden.append(asset.name)
            else:
                models.append(asset)
        matches = self._matches(models)
        fresh = Matcher((self._result.models[match.model] for match in matches.values()), self._houses)
        for asset in models:
            match = matches.get(asset.line)
            repeated = None if match else _repeated(fresh, asset)
            if match:
                self.laid.matches.append(match)
                self._complete(asset, match.model)
                fresh.learn(self._result.models[match.model])
            elif repeated:
                self.laid.repeated.append(repeated)
                self._complete(asset, repeated.model)
            else:
                fresh.learn(self._add(asset))

    def _matches(self, assets: Sequence[Asset]) -> dict[int, Match]:
        """Find the known model of each entry; one that a user's file corrects stands where it stood in this layer."""
        places = {model.origin_of("name"): model.name for model in self._result.models.values()}
        certain = {
            asset.line: Match(asset.line, asset.name, name, "name", ("entry",))
            for asset in assets
            if (name := places.get(self._layer.origin(asset)))
        }
        taken = {match.model for match in certain.values()}
        others = (asset for asset in assets if asset.line not in certain)
        found = (match for asset in others if (match := self.matcher.match(asset)))
        return certain | best_of(match for match in found if match.model not in taken)

    def _complete(self, asset: Asset, name: str) -> None:
        """Note what an entry says of a known model, and fill what was not known of it."""
        model = self._result.models[name]
        self.names[asset.line] = name
        given: dict[str, object] = {}
        contradictory = _contradicts_itself(asset)
        for field_ in FIELDS:
            value = stated(asset, field_)
            if value is None or (field_ == "parameters" and contradictory):
                continue
            judged = verdict(model, asset, field_, self._houses)
            if judged is Verdict.ADDS and field_ != "released":
                given[field_] = getattr(asset, field_)
            self._claim(model, asset, field_, judged)
        if contradictory:
            self._contradiction(model, asset)
        if asset.date and not model.events:
            given["events"] = (_event(self._layer, asset),)
        aliases = self._free_alias(asset.name, name)
        if given or aliases:
            self._result.models[name] = _completed(model, self._layer, asset, given, aliases)
            self.matcher.learn(self._result.models[name])

    def _add(self, asset: Asset) -> Model:
        """Take in a model that was not known."""
        name = self._free_name(asset)
        aliases = () if name == asset.name else self._free_alias(asset.name, name)
        self._owners[key_of(name)] = name
        contradictory = _contradicts_itself(asset)
        given = {
            field_: getattr(asset, field_)
            for field_ in ("arxiv", "url", *SIZES, "access")
            if getattr(asset, field_) is not None and not (field_ == "parameters" and contradictory)
        }
        if asset.date:
            given["events"] = (_event(self._layer, asset),)
        if asset.domains:
            given["domains"] = asset.domains
        given["organisation"] = asset.organisation or UNSTATED
        origin = self._layer.origin(asset)
        model = Model(
            name=name,
            aliases=aliases,
            source=self._layer.citation(asset),
            origins=dict.fromkeys(("name", *given), origin),
            **given,
        )
        self._result.models[name] = model
        self.laid.added.append(name)
        self.names[asset.line] = name
        self.matcher.learn(model)
        for field_ in FIELDS:
            if stated(asset, field_) is not None and not (field_ == "parameters" and contradictory):
                self._claim(model, asset, field_, Verdict.ADDS)
        if contradictory:
            self._contradiction(model, asset)
        return model

    def _claim(self, model: Model, asset: Asset, field_: str, judged: Verdict, note: str = "") -> None:
        value = stated(asset, field_)
        if value is None:
            return
        known = value if judged is Verdict.ADDS else shown(model, field_)
        source = (
            self._layer.citation(asset)
            if judged is Verdict.ADDS
            else model.events[0].source
            if field_ == "released" and model.events
            else model.source_of(field_)
        )
        self._result.claims.append(
            Claim(
                model.name,
                field_,
                value,
                None if judged is Verdict.ASIDE else known,
                judged,
                asset.confidence,
                self._layer.citation(asset),
                self._layer.origin(asset),
                "" if judged is Verdict.ASIDE else source,
                note,
            )
        )

    def _contradiction(self, model: Model, asset: Asset) -> None:
        """Note a size that contradicts the one in the entry's own name; neither is taken over."""
        self._claim(model, asset, "parameters", Verdict.DIFFERS, f"the entry's own name, {asset.name}, says otherwise")

    def _free_alias(self, name: str, model: str) -> tuple[str, ...]:
        """Return a name as a new alias of a model, unless something is called so already."""
        if self._owners.setdefault(key_of(name), model) != model or key_of(name) == key_of(model):
            return ()
        known = self._result.models.get(model)
        return () if known and key_of(name) in {key_of(alias) for alias in known.aliases} else (name,)

    def _free_name(self, asset: Asset) -> str:
        """Return a name nobody has: the entry's own, or with its maker, its date, its line behind it."""
        owner = self._result.models.get(self._owners.get(key_of(asset.name), ""))
        maker = asset.organisation or ""
        others = owner is None or not self._houses.share(owner.organisation, maker)
        tails = [f" ({tail})" for tail in (others and maker, asset.date, self._layer.catalogue) if tail]
        numbered = (f" ({self._layer.catalogue} {number})" for number in count(asset.line))
        candidates = (f"{asset.name}{tail}" for tails_ in ([""], tails, numbered) for tail in tails_)
        return next(name for name in candidates if key_of(name) not in self._owners)


def _repeated(fresh: Matcher, asset: Asset) -> Match | None:
    """Find the model of the same layer that an entry repeats: the same name and maker, and no other size."""
    match = fresh.match(asset)
    if match is None or match.by != "name" or "organisation" not in match.support:
        return None
    sizes_differ = size_of(asset) is not None and fresh.size(match.model) is not None
    return None if sizes_differ and not {"date", "size"} & set(match.support) else match


def _contradicts_itself(asset: Asset) -> bool:
    """Tell whether an entry's name tells a size that its stated one cannot be."""
    size, told = asset.parameters, sizes_in(asset.name)
    if size is None or spelled(asset.name).size is None:
        return False
    return all(max(each, size) > _OFF_BY * min(each, size) for each in told)


def _completed(model: Model, layer: Layer, asset: Asset, given: dict[str, object], aliases: tuple[str, ...]) -> Model:
    """Fill what was not known of a model, each value with its own source and origin."""
    sources = model.sources | {field_: layer.citation(asset) for field_ in given if field_ != "events"}
    origins = model.origins | dict.fromkeys(given, layer.origin(asset))
    return structs.replace(model, aliases=(*model.aliases, *aliases), sources=sources, origins=origins, **given)


def _event(layer: Layer, asset: Asset) -> Event:
    """Make an entry's date an event: of its paper where the paper's identifier was given in that month."""
    year, month = _ARXIV_MONTH
    date = str(asset.date)
    of_paper = asset.arxiv is not None and asset.arxiv.startswith(date[year] + date[month] + ".")
    kind = EventKind.PAPER if of_paper else EventKind.ANNOUNCEMENT
    return Event(kind=kind, date=date, source=layer.citation(asset))
