"""What an imported catalogue says of a model, beside what is shown of it."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from llmsurvey.knowledge.houses import UNSTATED, Houses
from llmsurvey.knowledge.layer import Asset
from llmsurvey.knowledge.model import Access, Model
from llmsurvey.knowledge.span import Span
from llmsurvey.knowledge.spelling import same_size

SIZES = ("parameters", "active_parameters", "training_tokens")
FIELDS = ("organisation", "released", "arxiv", "url", *SIZES, "access")
"""The fields a catalogue can speak of."""
_UNSURE = frozenset({"Speculative", "Unknown", "Unverified", "Wrong"})
"""Epoch AI's words for numbers that no curated gap is filled with."""
_NEAR = timedelta(days=31)
_UNRELEASED = frozenset({Access.CLOSED, Access.NEVER_RELEASED})
"""Two degrees of the same answer: a catalogue that says "unreleased" does not contradict "a hosted product"."""


class Verdict(StrEnum):
    """How a claim stands to what is shown."""

    AGREES = "agrees"
    DIFFERS = "differs"
    ADDS = "adds"
    """Nothing was known; the claim is shown."""
    ASIDE = "aside"
    """Nothing was known, and the catalogue is too unsure of it to be shown."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One value that a catalogue gives a model."""

    model: str
    field: str
    value: str | int
    shown: str | int | None
    """What is shown of the model."""
    verdict: Verdict
    confidence: str | None
    """How sure the catalogue is, in its own word."""
    source: str
    origin: str
    shown_source: str = ""
    """Source of what is shown."""
    note: str = ""


def stated(asset: Asset, field: str) -> str | int | None:
    """Return what an entry says of a field."""
    value = getattr(asset, "date" if field == "released" else field)
    return value.value if isinstance(value, Access) else value


def shown(model: Model, field: str) -> str | int | None:
    """Return what is shown of a model."""
    value = getattr(model, field)
    if value == UNSTATED:
        return None
    return value.value if isinstance(value, Access) else value


def verdict(model: Model, asset: Asset, field: str, houses: Houses) -> Verdict:
    """Judge what an entry says of a field against what is known of the model."""
    value, known = stated(asset, field), shown(model, field)
    if known is None:
        return Verdict.ASIDE if field in SIZES and is_unsure(asset) else Verdict.ADDS
    return Verdict.AGREES if value == known or _same(model, asset, field, houses) else Verdict.DIFFERS


def is_unsure(asset: Asset) -> bool:
    """Tell whether a catalogue itself distrusts the numbers of an entry."""
    return asset.confidence in _UNSURE


def _same(model: Model, asset: Asset, field: str, houses: Houses) -> bool:
    """Tell whether two different values say the same."""
    if field in SIZES:
        return same_size(getattr(model, field), getattr(asset, field))
    if field == "organisation":
        return houses.share(model.organisation, asset.organisation or "")
    if field == "released":
        return is_near(model, asset, timedelta(0))
    if field == "access":
        return {model.access, asset.access} <= _UNRELEASED
    return field == "url"  # two addresses of one model are no contradiction


def is_near(model: Model, asset: Asset, within: timedelta = _NEAR) -> bool:
    """Tell whether an entry's date lies on, or not far from, an event of the model."""
    if asset.date is None:
        return False
    day = Span.parse(asset.date)
    spans = (event.span for event in model.events)
    return any(span.first - within <= day.last and day.first <= span.last + within for span in spans)
