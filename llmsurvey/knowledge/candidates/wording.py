"""The words by which papers speak of new models; the lists are data, in `data/wording.toml`."""

from functools import cache

import msgspec

from llmsurvey.knowledge.packaged import packaged


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lists of words, as the data file explains them."""

    presenting: frozenset[str]
    making: frozenset[str]
    building: frozenset[str]
    aiming: frozenset[str]
    models: frozenset[str]
    language_models: frozenset[str]
    groups: frozenset[str]
    things: frozenset[str]
    language: frozenset[str]
    multimodal: frozenset[str]
    speaking: frozenset[str]
    foreign: frozenset[str]
    generic: frozenset[str]
    stopping: frozenset[str]
    participles: frozenset[str]
    ending: frozenset[str]
    counted: frozenset[str]


@cache
def wording() -> Wording:
    """Read the lists, once."""
    return packaged("wording", Wording)


def singular(word: str) -> str:
    """Return a word in lower case without its plural "s"; "series" and "class" keep theirs."""
    low = word.lower()
    return low[:-1] if low.endswith("s") and not low.endswith(("ss", "series", "us", "is")) and len(low) > 2 else low  # noqa: PLR2004 - "is"
