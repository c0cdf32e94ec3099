r"""A glance at text: whether any tracked phrase may be in it, for all phrases together. Pure.

A text of ASCII holds a phrase only where it holds the phrase's needle, in small letters or capitals, and so does the
JSON of such a text, as nothing but the escape `\\uXXXX` writes a letter otherwise. Most records end here, in a tenth
of a microsecond.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from stringzilla import contains, find, utf8_uncased_search

from llmsurvey.phrase import Phrase
from llmsurvey.tokens import plain

_ESCAPE: Final = b"\\u"


class Glance:
    """Looks for some phrases, by any rule."""

    def __init__(self, texts: Iterable[str]) -> None:
        phrases = [Phrase(text) for text in texts]
        different = {phrase.stems: phrase for phrase in phrases}.values()
        covered = [any(each.covers(phrase) for each in different if each is not phrase) for phrase in different]
        self._stemmed = [phrase for phrase, by_another in zip(different, covered, strict=True) if not by_another]
        # Where a plural has the singular's stem, an exact match is a stemmed one as well.
        self._exact = [phrase for phrase in phrases if phrase.plural_stems != phrase.stems]
        self._needles = sorted({phrase.needle for phrase in phrases})

    def __call__(self, title: str, abstract: str) -> bool:
        """Tell whether a paper holds one of the phrases."""
        if title.isascii() and abstract.isascii():
            lower_title, lower_abstract = title.lower(), abstract.lower()
            if not any(contains(lower_abstract, each) or contains(lower_title, each) for each in self._needles):
                return False
        plain_title, plain_abstract = plain(title), plain(abstract)
        for phrase in self._stemmed:
            if phrase.stemmed_in_plain(plain_abstract) or phrase.stemmed_in_plain(plain_title):
                return True
        return any(phrase.written_in(title) or phrase.written_in(abstract) for phrase in self._exact)

    def places(self, block: bytes, *, ascii_only: bool) -> Iterator[int]:
        """Return the bytes of lines of JSON at which a phrase may begin, in order.

        A line of ASCII without such a place holds no phrase; any other must be read.
        """
        if ascii_only:
            found = [_capitals_or_not(block, needle.encode()) for needle in self._needles]
        else:  # what is no UTF-8 is known line by line, later
            lower = block.lower()
            found = [_all(lower, needle.encode()) for needle in self._needles]
        return iter(sorted(chain(*found, _all(block, _ESCAPE))))


def _capitals_or_not(text: bytes, needle: bytes) -> Iterator[int]:
    at = utf8_uncased_search(text, needle, 0)
    while at >= 0:
        yield at
        at = utf8_uncased_search(text, needle, at + 1)


def _all(text: bytes, needle: bytes) -> Iterator[int]:
    at = find(text, needle, 0)
    while at >= 0:
        yield at
        at = find(text, needle, at + 1)
