"""The phrase, and the two rules by which a paper matches it. Pure functions, no I/O."""

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """How a phrase is compared with a text; declared with every count."""

    STEMMED = "stemmed"
    """Porter stems stand side by side inside one field: what arXiv's search, and so the published survey, counted."""
    EXACT = "exact"
    """The words themselves, with white space or one hyphen between, an optional plural "s" on the last."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One or more words that are counted where they stand side by side."""

    text: str
    """As given, white space folded."""
