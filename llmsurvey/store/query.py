"""What a person may type to find papers: words, "phrases", AND, OR, NOT and parentheses. Pure functions, no I/O.

    any     = all { OR all }
    all     = one { [AND] one }
    one     = { NOT } ( word | "several words" | ( any ) )

Operators are written in capitals. Words and phrases follow the stemmed rule: their stems stand side by side in the
title or in the abstract. Punctuation has no meaning, so that `language-model` is a phrase.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from llmsurvey.errors import BadUsage
from llmsurvey.phrase import NO_TEXT, Phrase
from llmsurvey.store.conditions import All, Either, Not, Query, Words
from llmsurvey.tokens import tokens

MOST_WORDS = 200
"""Words and phrases of one query; FTS5 opens a cursor on its index for each."""
DEEPEST = 10
"""Parentheses inside parentheses; FTS5's own parser ends at some thirty."""

_HINT = 'write words, "a phrase in quotes", AND, OR, NOT in capitals, and parentheses'
_PIECE = re.compile(
    '(?P<quoted>["\u201c\u201d\u201e])(?P<inside>[^"\u201c\u201d\u201e]*)(?P<closed>["\u201c\u201d\u201e]?)'
    '|(?P<sign>[()])|(?P<word>[^\\s()"\u201c\u201d\u201e]+)'
)
_OPERATORS = ("AND", "OR", "NOT")


def parsed(text: str) -> Query:
    """Read a query; `BadUsage` names the place of what is wrong in it."""
    pieces = list(_pieces(NO_TEXT.sub(" ", text)))
    words = sum(piece.is_words for piece in pieces)
    if not words:
        raise BadUsage("the query holds no word to look for", hint=_HINT)
    if words > MOST_WORDS:
        raise BadUsage(f"the query has {words:,} words", hint=f"shorten it to {MOST_WORDS} or fewer")
    return _Reader(pieces).whole()


class _Piece(NamedTuple):
    """A word, a quoted phrase, an operator or a parenthesis."""

    kind: str
    """`word`, `quoted`, or the operator or sign itself."""
    text: str
    at: int
    """Where it begins, counted from 0."""

    @property
    def is_words(self) -> bool:
        return self.kind in {"word", "quoted"}


def _pieces(text: str) -> Iterator[_Piece]:
    """Cut a query into pieces; bare punctuation is passed over."""
    for found in _PIECE.finditer(text):
        at = found.start()
        if found["quoted"]:
            if not found["closed"]:
                raise _fault("the quote", at, "is never closed")
            if not tokens(found["inside"]):
                raise _fault("the quotes", at, "hold no word")
            yield _Piece("quoted", found["inside"], at)
        elif found["sign"] or found["word"] in _OPERATORS:
            yield _Piece(found[0], found[0], at)
        elif tokens(found["word"]):
            yield _Piece("word", found["word"], at)


class _Reader:
    """Recursive descent over the pieces, one method a line of the grammar."""

    def __init__(self, pieces: Sequence[_Piece]) -> None:
        self._pieces = pieces
        self._next = 0
        self._depth = 0

    def whole(self) -> Query:
        query = self._any()
        if piece := self._ahead():  # only a closing parenthesis can end `any` early
            raise _fault("the parenthesis", piece.at, "was never opened")
        return query

    def _any(self) -> Query:
        parts = [self._all()]
        while self._took("OR"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _all(self) -> Query:
        parts = [self._one()]
        while self._took("AND") or ((piece := self._ahead()) and piece.kind not in {"OR", ")"}):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _one(self) -> Query:
        wanted = True
        while self._took("NOT"):
            wanted = not wanted
        query = self._operand()
        return query if wanted else Not(query)

    def _operand(self) -> Query:
        piece = self._ahead()
        if piece is None or not (piece.is_words or piece.kind == "("):
            raise self._nothing_here(piece)
        self._next += 1
        if piece.kind == "(":
            return self._group(piece)
        try:
            return Words(Phrase(piece.text))
        except BadUsage as error:
            raise BadUsage(f"{error.message}, at character {piece.at + 1} of the query", hint=error.hint) from None

    def _group(self, opening: _Piece) -> Query:
        self._depth += 1
        if self._depth > DEEPEST:
            raise _fault("the parenthesis", opening.at, f"lies inside {DEEPEST} others: too deep")
        query = self._any()
        if not self._took(")"):
            raise _fault("the parenthesis", opening.at, "is never closed")
        self._depth -= 1
        return query

    def _ahead(self) -> _Piece | None:
        return self._pieces[self._next] if self._next < len(self._pieces) else None

    def _took(self, kind: str) -> bool:
        piece = self._ahead()
        taken = piece is not None and piece.kind == kind
        self._next += taken
        return taken

    def _nothing_here(self, piece: _Piece | None) -> BadUsage:
        """Say what lacks its words: the operator or parenthesis before this place, or else the one at it."""
        if self._next:
            before = self._pieces[self._next - 1]
            return _fault(f"the {before.text}", before.at, "has no word behind it")
        return _fault(f"the {piece.text if piece else ''}", piece.at if piece else 0, "has no word before it")


def _fault(what: str, at: int, is_wrong: str) -> BadUsage:
    return BadUsage(f"{what} at character {at + 1} of the query {is_wrong}", hint=_HINT)
