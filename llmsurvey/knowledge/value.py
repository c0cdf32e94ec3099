"""A model's values one by one, each with its source and the file it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from llmsurvey.knowledge.model import Model

_SINGLE = (
    "kind",
    "zh",
    "organisation",
    "arxiv",
    "url",
    "parameters",
    "active_parameters",
    "sparse",
    "training_tokens",
    "access",
    "domains",
    "group",
    "note",
)
_PRINTED_IN = {
    "bucket": "survey, Figure 2",
    "checkpoint": "survey, Figure 2",
    "label": "survey, Figure 2",
    "caption_month": "survey, Figure 3",
    "caption": "survey, Figure 3",
}
"""Where the survey prints a value; the others stand in the list of its project page."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a model."""

    field: str
    """The field's name; `published.…` for what the survey printed, slips included."""
    value: str | int
    source: str
    """As the file names it; `Knowledge.citation` writes it out."""
    origin: str
    """The file it comes from: `package:models.toml`, or the path of an overlay."""


def values_of(model: Model) -> Iterator[Value]:
    """Yield what is known of a model, without its names and events."""
    for field in _SINGLE:
        value = getattr(model, field)
        if value not in (None, ()) and field in model.origins:
            yield Value(field, _plain(value), model.source_of(field), model.origin_of(field))
    for field in model.published.__struct_fields__ if model.published else ():
        value = getattr(model.published, field)
        if value is not None:
            source = model.sources.get("published", _PRINTED_IN.get(field, "page"))
            yield Value(f"published.{field}", _plain(value), source, model.origin_of("published"))


def _plain(value: str | int | Enum | tuple[str, ...]) -> str | int:
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value.value) if isinstance(value, Enum) else value
