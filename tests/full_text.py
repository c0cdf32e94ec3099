"""SQLite's own full-text index, in memory: the judge of what a token, a stem and a match are."""

import sqlite3
from collections.abc import Sequence

from llmsurvey.stem import stem
from llmsurvey.tokens import tokens


class FullText:
    """One document of two fields at a time, in an FTS5 table with a given tokenizer."""

    def __init__(self, tokenizer: str = "porter unicode61") -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.text_factory = bytes  # a stem can end within a character, which is no text
        self._database.execute(f"CREATE VIRTUAL TABLE paper USING fts5(title, abstract, tokenize='{tokenizer}')")
        self._database.execute("CREATE VIRTUAL TABLE term USING fts5vocab(paper, 'instance')")

    def hold(self, *fields: str) -> "FullText":
        """Forget the document held so far and hold this one: a title, and perhaps an abstract."""
        self._database.execute("DELETE FROM paper")
        self._database.execute("INSERT INTO paper (title, abstract) VALUES (?, ?)", [*fields, ""][:2])
        return self

    def terms(self, text: str) -> list[bytes]:
        """Return what the index makes of a text, in order."""
        self.hold(text)
        return [term for (term,) in self._database.execute("SELECT term FROM term ORDER BY offset")]

    def finds(self, *phrases: Sequence[str]) -> bool:
        """Tell whether the document holds any of some phrases, each a sequence of tokens."""
        query = " OR ".join('"' + " ".join(phrase) + '"' for phrase in phrases)
        return bool(self._database.execute("SELECT 1 FROM paper WHERE paper MATCH ?", (query,)).fetchall())


def as_bytes(words: Sequence[str]) -> list[bytes]:
    """Write tokens or stems as the index stores them."""
    return [word.encode(errors="surrogateescape") for word in words]


def stems(text: str) -> list[bytes]:
    """Return the stems of a text as this program makes them."""
    return as_bytes([stem(token) for token in tokens(text)])
