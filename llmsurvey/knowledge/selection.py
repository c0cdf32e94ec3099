"""Models chosen by size, access, maker and date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.entry import key_of
from llmsurvey.knowledge.model import Model
from llmsurvey.knowledge.span import Span


@dataclass(frozen=True, slots=True)
class Selected:
    """The models that answer to all conditions."""

    models: tuple[Model, ...]
    undecided: int
    """Models left out because a value that a condition asks for is not known of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Conditions on a model; None asks for nothing."""

    min_parameters: int | None = None
    """Smallest size, itself included."""
    max_parameters: int | None = None
    """Largest size, itself included."""
    open_weights: bool | None = None
    organisation: str | None = None
    """Words of the maker's name: `google` also finds Google DeepMind."""
    since: date | None = None
    """First day on which the first event may have happened; an inexact date counts from its end."""
    until: date | None = None
    """Last such day."""

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise BadUsage(f"{self.since} lies after {self.until}", hint="give the earlier date to --since")
        if self.min_parameters and self.max_parameters and self.min_parameters > self.max_parameters:
            raise BadUsage("the smallest size is above the largest one", hint="swap --min-params and --max-params")

    def __call__(self, models: Iterable[Model]) -> Selected:
        """Choose, in the order given; `BadUsage` where nobody is called like the wanted organisation."""
        models = tuple(models)
        if self.organisation is not None:
            models = _made_by(self.organisation, models)
        verdicts = [(model, self._fits(model)) for model in models]
        return Selected(tuple(model for model, fits in verdicts if fits), sum(fits is None for _, fits in verdicts))

    def _fits(self, model: Model) -> bool | None:
        """Judge by size, access and date; None where no known value speaks against it but one is not known."""
        verdicts = (self._fits_in_size(model), self._fits_in_access(model), self._fits_in_time(model))
        if False in verdicts:
            return False
        return None if None in verdicts else True

    def _fits_in_size(self, model: Model) -> bool | None:
        if self.min_parameters is None and self.max_parameters is None:
            return True
        if model.parameters is None:
            return None
        at_least, at_most = self.min_parameters or 0, self.max_parameters or model.parameters
        return at_least <= model.parameters <= at_most

    def _fits_in_access(self, model: Model) -> bool | None:
        if self.open_weights is None:
            return True
        return None if model.access is None else model.open_weights == self.open_weights

    def _fits_in_time(self, model: Model) -> bool | None:
        if self.since is None and self.until is None:
            return True
        if model.released is None:
            return None
        return (self.since or date.min) <= Span.parse(model.released).last <= (self.until or date.max)


def _made_by(organisation: str, models: tuple[Model, ...]) -> tuple[Model, ...]:
    wanted = f" {_words(organisation)} "
    found = tuple(model for model in models if wanted in f" {_words(model.organisation)} ")
    if not found or not wanted.strip():
        known = {key_of(model.organisation): model.organisation for model in models}
        near = [known[key] for key in get_close_matches(wanted.strip()[:100], known, n=3)]
        hint = f"did you mean {' or '.join(near)}?" if near else "`llmsurvey models list` names them"
        raise BadUsage(f"no model is by {organisation!r}", hint=hint)
    return found


def _words(organisation: str) -> str:
    """Write makers for comparison; commas part those that made a model together."""
    return key_of(organisation.replace(",", " "))
