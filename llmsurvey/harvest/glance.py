r"""A glance at text: whether any tracked phrase may be in it, for all phrases together. Pure.

A text of ASCII holds a phrase only where it holds the phrase's needle, in small letters or capitals, and so does the
JSON of such a text, as nothing but the escape `\\u00XX` writes its letters otherwise. Most records end here, in a tenth
of a microsecond.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from stringzilla import contains, find, utf8_uncased_search

from llmsurvey.phrase import Phrase
from llmsurvey.tokens import plain

_ESCAPE: Final = b"\\u00"
_BEYOND_ASCII: Final = b"8"
"""From this sign behind `_ESCAPE` on it writes none of ASCII: `\\u0041` is an A, `\\u00e9` an accented e."""
_TO_THE_NEXT_WORD: Final = rb"""[a-z0-9]*(?:\\["\\/bfnrt]|[^a-z0-9\\])+"""
"""The rest of a word, then signs that are neither letters nor digits, among them the escapes of JSON."""


class Glance:
    """Looks for some phrases, by any rule."""

    def __init__(self, texts: Iterable[str]) -> None:
        phrases = [Phrase(text) for text in texts]
        different = {phrase.stems: phrase for phrase in phrases}.values()
        covered = [any(each.covers(phrase) for each in different if each is not phrase) for phrase in different]
        self._stemmed = [phrase for phrase, by_another in zip(different, covered, strict=True) if not by_another]
        # Where a plural has the singular's stem, an exact match is a stemmed one as well.
        self._exact = [phrase for phrase in phrases if phrase.plural_stems != phrase.stems]
        wanted = [*self._stemmed, *self._exact]
        self._needles = sorted({phrase.needle for phrase in wanted})
        self._in_json = [(phrase.needle.encode(), _from_its_needle(phrase).match) for phrase in wanted]

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

    def places(self, block: bytes) -> Iterator[int]:
        """Return the bytes of lines of JSON at which a phrase may stand, in order.

        A record of which title and abstract are ASCII holds no phrase if its line has no such place.
        """
        behind = len(_ESCAPE)
        found = {at for at in _all(find, block, _ESCAPE) if block[at + behind : at + behind + 1] < _BEYOND_ASCII}
        for needle, goes_on in self._in_json:
            # Bytes that are no UTF-8 find nothing, and hide nothing that stands in another line.
            found.update(at for at in _all(utf8_uncased_search, block, needle) if goes_on(block, at))
        return iter(sorted(found))


def _from_its_needle(phrase: Phrase) -> re.Pattern[bytes]:
    """Return the pattern of a phrase in JSON of ASCII, from the word that has the needle on."""
    beginnings = phrase.beginnings
    words = beginnings[beginnings.index(phrase.needle) :]
    return re.compile(_TO_THE_NEXT_WORD.join(re.escape(word.encode()) for word in words), re.IGNORECASE)


def _all(search: Callable[[bytes, bytes, int], int], text: bytes, wanted: bytes) -> Iterator[int]:
    at = search(text, wanted, 0)
    while at >= 0:
        yield at
        at = search(text, wanted, at + 1)
