"""The phrase, and the two rules by which a paper matches it. Pure functions, no I/O."""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property

from llmsurvey.errors import BadUsage
from llmsurvey.paper import folded
from llmsurvey.stem import stem
from llmsurvey.tokens import tokens

LONGEST = 200
"""Characters a phrase may have."""

_HYPHENS = "\u2010\u2011-"
_BETWEEN = rf"(?:\s+|[{_HYPHENS}])"


class Rule(StrEnum):
    """How a phrase is compared with a text; declared with every count."""

    STEMMED = "stemmed"
    """Porter stems stand side by side inside one field: what arXiv's search, and so the published survey, counted."""
    EXACT = "exact"
    """The words themselves, with white space or one hyphen between, an optional plural "s" on the last."""


class Phrase:
    """One or more words that are counted where they stand side by side.

    Quotes, operators and other punctuation have no meaning: a phrase is text, not a query.
    Raises `BadUsage` where the text holds no letter or digit, or is longer than `LONGEST`.
    """

    def __init__(self, text: str) -> None:
        self.text = folded(text)
        """As given, white space folded."""
        if len(self.text) > LONGEST:
            raise BadUsage(f"the phrase is {len(self.text)} characters long", hint=f"shorten it to {LONGEST} or fewer")
        if "\0" in text or not self.tokens:
            raise BadUsage(
                f"the phrase {self.text!r} holds no word to look for", hint="write letters or digits: language model"
            )

    def __repr__(self) -> str:
        return f"Phrase({self.text!r})"

    def __str__(self) -> str:
        return self.text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Phrase) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """The words as FTS5 cuts and folds them."""
        return tuple(tokens(self.text))

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The Porter stem of each token."""
        return tuple(stem(token) for token in self.tokens)

    @cached_property
    def plural_stems(self) -> tuple[str, ...]:
        """The stems with a plural "s" on the last word; nearly always the same as `stems` ("gas" is not)."""
        return (*self.stems[:-1], stem(self.tokens[-1] + "s"))

    @cached_property
    def needle(self) -> str:
        """A text that every ASCII text with this phrase contains in lower case, under either rule.

        A Porter stem is the beginning of its word up to its last letter (happi ← happy, capabl ← capability), so
        that all but the last letter of the longest stem must be there.
        """
        return max((s[:-1] if len(s) > 2 else s[:1] for s in self.stems), key=len)  # noqa: PLR2004 - short words stay

    def covers(self, other: "Phrase") -> bool:
        """Tell whether every text that matches `other` under the stemmed rule matches this phrase as well."""
        return _stand_side_by_side(self.stems, other.stems)

    @cached_property
    def _written(self) -> re.Pattern[str]:
        words = re.split(rf"[\s{_HYPHENS}]+", self.text.strip(_HYPHENS + " "))
        return re.compile(_BETWEEN.join(map(re.escape, words)) + "s?", re.IGNORECASE)

    def written_in(self, text: str) -> bool:
        """Tell whether the words stand in a text as the exact rule wants them."""
        found = any(
            not (_is_letter(text[hit.start() - 1 : hit.start()]) or _is_letter(text[hit.end() : hit.end() + 1]))
            for hit in _overlapping(self._written, text)
        )
        return found and (text.isascii() or self._has_tokens(tokens(text)))

    def _has_tokens(self, words: list[str]) -> bool:
        plural = (*self.tokens[:-1], self.tokens[-1] + "s")
        return _stand_side_by_side(self.tokens, words) or _stand_side_by_side(plural, words)

    def stemmed_in(self, text: str) -> bool:
        """Tell whether the stems stand side by side in a text."""
        return _stand_side_by_side(self.stems, [stem(token) for token in tokens(text)])


def matches(rule: Rule, phrase: Phrase, fields: Iterable[str]) -> bool:
    """Tell whether a phrase matches any one of a paper's fields (title, abstract) under a rule."""
    test = phrase.stemmed_in if rule is Rule.STEMMED else phrase.written_in
    return any(test(field) for field in fields if not field.isascii() or phrase.needle in field.lower())


def _stand_side_by_side(wanted: tuple[str, ...], words: Iterable[str]) -> bool:
    words = list(words)
    first, length = wanted[0], len(wanted)
    return any(
        word == first and tuple(words[at : at + length]) == wanted for at, word in enumerate(words) if word == first
    )


def _is_letter(character: str) -> bool:
    """Tell whether a character belongs to a word, as FTS5 sees it; the empty text beyond a border does not."""
    return (
        bool(character) and (not character.isascii() or character.isalnum()) and bool(tokens(f"a{character}") != ["a"])
    )


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterable[re.Match[str]]:
    at = 0
    while hit := pattern.search(text, at):
        yield hit
        at = hit.start() + 1
