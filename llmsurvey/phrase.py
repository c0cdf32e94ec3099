"""The phrase, and the two rules by which a paper matches it. Pure functions, no I/O."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cached_property

from llmsurvey.errors import BadUsage
from llmsurvey.paper import folded
from llmsurvey.stem import stem
from llmsurvey.tokens import plain, tokens

LONGEST = 1_000
"""Characters a phrase may have."""

_HYPHENS = "\u2010\u2011-"
_BETWEEN = rf"(?:\s+|[{_HYPHENS}])"
NO_TEXT = re.compile("[\0\ud800-\udfff]")
"""NUL and halves of characters: no database can be asked for them."""


class Rule(StrEnum):
    """How a phrase is compared with a text; declared with every count."""

    STEMMED = "stemmed"
    """Porter stems stand side by side inside one field: what arXiv's search, and so the published survey, counted."""
    EXACT = "exact"
    """The words themselves, with white space or one hyphen between, an optional plural "s" on the last."""


class Phrase:
    """One or more words that are counted where they stand side by side.

    Quotes, operators and other punctuation have no meaning: a phrase is text, not a query.
    Raises `BadUsage` where the text holds no letter or digit, is longer than `LONGEST`, or is no text at all (NUL,
    halves of characters): a database could not be asked for it.
    """

    def __init__(self, text: str) -> None:
        self.text = folded(text)
        """As given, white space folded."""
        if len(self.text) > LONGEST:
            raise BadUsage(f"the phrase is {len(self.text)} characters long", hint=f"shorten it to {LONGEST} or fewer")
        if NO_TEXT.search(self.text):
            raise BadUsage(
                f"the phrase {self.text!r} holds a character that no text has",
                hint="write letters or digits: language model",
            )
        if not self.tokens:
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
        """What every text that matches under either rule contains, once it is made `plain`."""
        return max(self.beginnings, key=len)

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """How the words that have these stems begin."""
        return tuple(map(_beginning, self.stems))

    def covers(self, other: "Phrase") -> bool:
        """Tell whether every text that matches `other` under the stemmed rule matches this phrase as well."""
        length = len(self.stems)
        return any(other.stems[at : at + length] == self.stems for at in range(len(other.stems)))

    @cached_property
    def _written(self) -> re.Pattern[str]:
        words = re.split(rf"[\s{_HYPHENS}]+", self.text.strip(_HYPHENS + " "))
        return re.compile(_BETWEEN.join(map(re.escape, words)) + "s?", re.IGNORECASE)

    def written_in(self, text: str) -> bool:
        """Tell whether the words stand in a text as the exact rule wants them."""
        return any(self._is_whole(hit) for hit in _overlapping(self._written, text))

    def _is_whole(self, hit: re.Match[str]) -> bool:
        """Tell whether a hit ends at word boundaries and holds the phrase's own tokens, or their plural.

        The pattern alone folds case more widely than FTS5 does (i and the dotless i of Turkish, for one).
        """
        text, (start, end) = hit.string, hit.span()
        if _joins(text[start - 1 : start]) or _joins(text[end : end + 1]):
            return False
        words = tuple(tokens(hit[0]))
        # Behind punctuation ("C++s") the plural "s" is a token of its own.
        return words[: len(self.tokens)] == self.tokens or words == (*self.tokens[:-1], self.tokens[-1] + "s")

    def stemmed_in(self, text: str) -> bool:
        """Tell whether the stems stand side by side in a text."""
        return self.stemmed_in_plain(plain(text))

    def stemmed_in_plain(self, text: str) -> bool:
        """Tell the same of a text that was made `plain`."""
        text, first, length = f" {text}", f" {self.beginnings[0]}", len(self.stems)
        at = text.find(first)
        while at >= 0:
            if tuple(map(stem, text[at:].split(maxsplit=length)[:length])) == self.stems:
                return True
            at = text.find(first, at + 1)
        return False


def matches(rule: Rule, phrase: Phrase, fields: Iterable[str]) -> bool:
    """Tell whether a phrase matches any one of a paper's fields (title, abstract) under a rule."""
    needle = phrase.needle
    for field in fields:
        # Most texts end here, within some two microseconds.
        if needle not in (field.lower() if field.isascii() else plain(field)):
            continue
        if phrase.stemmed_in(field) if rule is Rule.STEMMED else phrase.written_in(field):
            return True
    return False


def _beginning(word: str) -> str:
    """Return how every word with this stem begins.

    A Porter stem is the beginning of its word up to the last letter (happi ← happy, capabl ← capability), and that
    letter is another one only where it is ASCII. Bytes that the stemmer cut from a character prove nothing.
    """
    whole = word.encode(errors="surrogateescape").decode(errors="ignore")
    return (whole[:-1] or whole) if whole[-1:].isascii() else whole


def _joins(character: str) -> bool:
    """Tell whether a character belongs to a word, be it a letter or an accent; nothing, beyond a border, does not."""
    return character != "" and len(tokens(f"a{character}a")) == 1


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    at = 0
    while hit := pattern.search(text, at):
        yield hit
        at = hit.start() + 1
