"""A title or an abstract as sentences, each with its place, and with TeX's markup blanked out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_MARKED = re.compile(r"[\\{}$~`*\"“”„']")
_MARKUP = re.compile(
    r"(?=[\\{}$~`*\"“”„'])(?:\\[a-zA-Z]+\s*\{|\\[a-zA-Z]+\b\s*|\\.|[{}$~`*\"“”„]|''|(?<=\s)'|'(?=[\s,.]))"
)
_END = re.compile(
    r"[.!?](?<![.\s(][A-Za-z]\.)(?<!^[A-Za-z]\.)(?<!\bvs\.)(?<!\bcf\.)(?<!\bal\.)(?:\s*\))?\s+(?=[^a-z\s])"
)
"""The end of a sentence: not behind an initial or "i.e.", not before a small letter."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of a paper."""

    field: str
    """`title` or `abstract`."""
    number: int
    """Counted from 1 within the field."""
    start: int
    """Characters of the stored field before it."""
    text: str
    """What is written there, markup blanked out: as long as in the store."""

    @cached_property
    def low(self) -> str:
        """The text in small letters, as long as it was."""
        low = self.text.lower()
        return low if len(low) == len(self.text) else "".join(letter.lower()[:1] for letter in self.text)


def sentences(field: str, text: str) -> Iterator[Sentence]:
    """Cut a text into sentences; a title is one."""
    bare = _MARKUP.sub(lambda found: " " * len(found[0]), text) if _MARKED.search(text) else text
    start = 0
    for number, end in enumerate((*_ends(field, bare), len(bare)), 1):
        yield Sentence(field, number, start, bare[start:end])
        start = end


def _ends(field: str, text: str) -> Iterator[int]:
    return (found.end() for found in _END.finditer(text)) if field == "abstract" else iter(())
