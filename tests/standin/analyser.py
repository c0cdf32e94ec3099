"""How arXiv's search engine reads English text: tokens with positions, stop words gone, stems. No network, no files.

Written from the description of Lucene's English analyser and independent of the program's own phrase rule, so that
tests do not compare that rule with itself. The stems are SQLite's: FTS5's `porter` tokenizer is the algorithm with
its author's later departures, as Lucene has it.
"""

import re
import sqlite3
import threading
from functools import lru_cache

_STOPPED = (
    "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this "
    "to was will with"
)
STOP_WORDS = frozenset(_STOPPED.split())
"""Lucene's English stop words; each leaves a gap in the positions."""

_SINGLE = r"\u3040-\u309f\u3400-\u9fff"
_RUN = rf"(?:[^\W{_SINGLE}]|[\u0300-\u036f])+"
_JOIN = r"(?:(?<=[^\W\d_])[.:'\u2019\u00b7](?=[^\W\d_])|(?<=\d)[.,;'\u2019](?=\d))"
_TOKEN = re.compile(rf"[{_SINGLE}]|{_RUN}(?:{_JOIN}{_RUN})*")
"""Unicode's word boundaries (UAX 29) as far as titles need them: hyphens and slashes split, `3.5` and `e.g` do not."""


class Stemmer:
    """Porter stems from an in-memory FTS5 table; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, str] = {}
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        tokenizer = "porter unicode61 remove_diacritics 0"
        self._database.execute(f'CREATE VIRTUAL TABLE words USING fts5(word, tokenize="{tokenizer}")')
        self._database.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(words, 'row')")

    def __call__(self, word: str) -> str:
        """Return the stem of one lower-case word; a word that is not plain letters stays as it is."""
        stem = self._known.get(word)
        if stem is None:
            stem = self._known[word] = self._asked(word) if word.isalnum() else word
        return stem

    def _asked(self, word: str) -> str:
        with self._lock:
            self._database.execute("DELETE FROM words")
            self._database.execute("INSERT INTO words VALUES (?)", (word,))
            found = self._database.execute("SELECT term FROM stems").fetchall()
        return str(found[0][0]) if len(found) == 1 else word


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer:
    return Stemmer()


def tokens(text: str) -> list[str]:
    """Cut a text into lower-case words, nothing stemmed and nothing left out."""
    return _TOKEN.findall(text.lower())


def positions(text: str, starts: tuple[str, ...] = ("",)) -> list[tuple[int, str]]:
    """Return the stems of a text with their positions; a stop word leaves a gap.

    With `starts`, only words that begin so are looked at, which is quicker.
    """
    stem = _stemmer()
    return [
        (position, stem(word))
        for position, token in enumerate(tokens(text))
        if token.startswith(starts) and (word := _without_possessive(token)) not in STOP_WORDS
    ]


def stems(text: str) -> list[str]:
    """Return the stems of a text without their positions."""
    return [stem for _, stem in positions(text)]


def _without_possessive(token: str) -> str:
    return token[:-2] if token.endswith(("'s", "\u2019s")) else token


def phrase_in(phrase: list[tuple[int, str]], text: list[tuple[int, str]]) -> bool:
    """Tell whether the stems of a phrase stand in a text at the same distances from each other."""
    if not phrase:
        return False
    first, head = phrase[0]
    places = dict(text)
    return any(
        all(places.get(start + position - first) == stem for position, stem in phrase[1:])
        for start, stem in text
        if stem == head
    )
