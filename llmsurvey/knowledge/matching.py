"""Which model of the catalogue an entry of an imported one speaks of. Doubt means: of none.

A common name is never enough; maker, date, size or paper must speak for it too. A size at the end of a name makes a
variant, which is the model itself only where the sizes agree.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from llmsurvey.knowledge.claim import is_near
from llmsurvey.knowledge.houses import UNSTATED, Houses
from llmsurvey.knowledge.layer import Asset
from llmsurvey.knowledge.model import Model
from llmsurvey.knowledge.spelling import abbreviates, aside, same_size, spelled

_TOO_FAR = timedelta(days=400)
"""Two entries of one name that lie further apart are different models, or one of them is mistaken."""
_ROUNDED = 0.15
"""Sizes of one paper's model that differ by no more are one size, cut off or rounded: 6B and 6.7B."""


@dataclass(frozen=True, slots=True)
class Match:
    """An entry and the model it speaks of."""

    line: int
    entry: str
    model: str
    by: str
    """`name`, or `name and size` where a size at the end of one of the names was compared with a stated one."""
    support: tuple[str, ...]
    """What else speaks for it: `paper`, `organisation`, `date`, `size`; `entry` where a user's file speaks of it."""


class Matcher:
    """Finds entries among the known models."""

    def __init__(self, models: Iterable[Model], houses: Houses) -> None:
        self._houses = houses
        self._by_loose: dict[str, dict[str, Model]] = defaultdict(dict)
        self._by_stem: dict[str, dict[str, Model]] = defaultdict(dict)
        """Models with a size in their name, by what stands before it."""
        self._by_reading: dict[str, dict[str, Model]] = defaultdict(dict)
        """Models by what their name is without its maker, or its initials, in parentheses."""
        for model in models:
            self.learn(model)

    def learn(self, model: Model) -> None:
        """Take a model, or a newer state of it, into account."""
        for name in (model.name, *model.aliases):
            parts = spelled(name)
            self._by_loose[parts.loose][model.name] = model
            if parts.sized:
                self._by_stem[parts.stem][model.name] = model
            for reading in self._readings(name, model.organisation):
                self._by_reading[reading][model.name] = model

    def size(self, name: str) -> int | None:
        """Return the size of a model by its own name."""
        found = self._by_loose[spelled(name).loose].get(name)
        return found.parameters if found else None

    def called(self, name: str) -> tuple[Model, ...]:
        """Return the models that are called so, however it is written."""
        return tuple(self._by_loose.get(spelled(name).loose, {}).values())

    def family(self, name: str) -> Model | None:
        """Return the one model that a name with a size is a size of, by name alone."""
        parts = spelled(name)
        found = self._by_loose.get(parts.stem, {}) if parts.sized else {}
        return next(iter(found.values())) if len(found) == 1 else None

    def match(self, asset: Asset) -> Match | None:
        """Return the model an entry speaks of; None where there is none, or doubt between several."""
        parts = spelled(asset.name)
        if not parts.loose:
            return None
        ways = (
            (self._by_loose.get(parts.loose, {}), "name", False),
            (self._by_loose.get(parts.stem, {}) if parts.size else {}, "name and size", True),
            (self._by_stem.get(parts.loose, {}), "name and size", True),
            (self._by_reading.get(parts.loose, {}), "name", False),
            *(
                (self._by_loose.get(reading, {}), "name", False)
                for reading in self._readings(asset.name, asset.organisation or "")
            ),
        )
        for candidates, by, sizes_must_agree in ways:
            found = [
                (support, model)
                for model in candidates.values()
                if (support := self._support(asset, model, by_size=sizes_must_agree))
                and not (sizes_must_agree and "size" not in support and not _of_one_paper(asset, model, support))
            ]
            best = max((len(support) for support, _ in found), default=0)
            first = [(support, model) for support, model in found if len(support) == best]
            if first:
                support, model = first[0]
                return Match(asset.line, asset.name, model.name, by, support) if len(first) == 1 else None
        return None

    def _support(self, asset: Asset, model: Model, *, by_size: bool) -> tuple[str, ...]:
        """Return what, besides the name, speaks for an entry being a model; nothing where that is not enough.

        Of two makers the one name must have come in the same month and size; a size that the names were compared by
        speaks for nothing more: there is a FinGPT of finance and one of Finnish.
        """
        if asset.arxiv is not None and asset.arxiv == model.arxiv:
            return ("paper", *self._circumstances(asset, model))
        support = self._circumstances(asset, model)
        other_maker = (
            asset.organisation is not None and model.organisation != UNSTATED and "organisation" not in support
        )
        far = asset.date is not None and bool(model.events) and not is_near(asset=asset, model=model, within=_TOO_FAR)
        if far or (other_maker and (by_size or not {"date", "size"} <= set(support))):
            return ()
        return support if "organisation" in support or "date" in support else ()

    def _circumstances(self, asset: Asset, model: Model) -> tuple[str, ...]:
        found = {
            "organisation": self._houses.share(asset.organisation or "", model.organisation),
            "date": is_near(model, asset),
            "size": any(same_size(size_of(asset), size) for size in _sizes(model)),
        }
        return tuple(name for name, speaks in found.items() if speaks)

    def _readings(self, name: str, organisation: str) -> tuple[str, ...]:
        """Return what a name also is: without its maker, or its initials, in parentheses, and those initials."""
        parted = aside(name)
        if parted is None:
            return ()
        before, inside = parted
        if abbreviates(inside, before):
            return spelled(before).loose, spelled(inside).loose
        return (spelled(before).loose,) if self._houses.share(inside, organisation) else ()


def _sizes(model: Model) -> set[int | None]:
    """Return the known size of a model, and those that its names tell."""
    return {model.parameters, *(spelled(name).size for name in model.names)}


def _of_one_paper(asset: Asset, model: Model, support: tuple[str, ...]) -> bool:
    """Tell whether an entry and a model of one paper have one size, though one of the two is rounded."""
    size = size_of(asset)
    return "paper" in support and size is not None and any(same_size(size, each, _ROUNDED) for each in _sizes(model))


def best_of(matches: Iterable[Match]) -> dict[int, Match]:
    """Keep one entry for a model, by line: the one for which most speaks; the others are judged beside it."""
    best: dict[str, Match] = {}
    for match in matches:
        known = best.get(match.model)
        if known is None or (_weight(match) > _weight(known)):
            best[match.model] = match
    return {match.line: match for match in best.values()}


def _weight(match: Match) -> tuple[bool, bool, int]:
    return ("paper" in match.support, match.by == "name", len(match.support))


def size_of(asset: Asset) -> int | None:
    """Return the size an entry's name tells, or else the stated one."""
    return spelled(asset.name).size or asset.parameters
