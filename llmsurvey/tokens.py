"""Cutting a text into tokens exactly as SQLite's FTS5 does with its `unicode61` tokenizer. Pure functions.

A token is a run of letters and digits, case and diacritics folded. The classes of characters are frozen in
`unicode61.json` as FTS5 has them, so that they do not drift with the Unicode tables of the Python that runs this.
"""

import re
from functools import cache
from importlib.resources import files

import msgspec

_LOWER = "".join(chr(code).lower() if chr(code).isalnum() else " " for code in range(128))
_ASCII_BYTES = _LOWER.encode() + bytes(range(128, 256))
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_SURROGATES = range(0xD800, 0xE000)
"""Halves of characters: no UTF-8 text, and so no index, can hold them."""


class _Classes(msgspec.Struct, frozen=True):
    source: str
    separators: str
    """Ranges of code points, hexadecimal."""
    dropped: str
    """Combining marks: they neither end a token nor stand in it."""
    folded_from: str
    folded_to: str


def tokens(text: str) -> list[str]:
    """Return the tokens of a text in order: lower case, without diacritics."""
    # Whatever Python holds for white space is a separator for FTS5 as well, so that split() cuts at no other place.
    return plain(text).split()


def plain(text: str) -> str:
    """Return a text as its tokens show it: lower case, without diacritics, a blank in place of each separator."""
    if not text.isascii():
        # Only what is not ASCII goes through the large table: five times as fast on a text with a few such letters.
        text = _BEYOND_ASCII.sub(lambda run: run[0].translate(_table()), text)
    return text.encode().translate(_ASCII_BYTES).decode()


@cache
def _table() -> dict[int, str | None]:
    """Map every code point that does not stand for itself."""
    raw = files("llmsurvey").joinpath("unicode61.json").read_bytes()
    classes = msgspec.json.decode(raw, type=_Classes)
    table: dict[int, str | None] = dict.fromkeys(_codes(classes.separators), " ")
    table[0] = " "
    table.update(dict.fromkeys(_SURROGATES, " "))
    table.update(dict.fromkeys(_codes(classes.dropped)))
    table.update(zip(map(ord, classes.folded_from), classes.folded_to, strict=True))
    return table


def _codes(ranges: str) -> list[int]:
    codes: list[int] = []
    for part in ranges.split():
        first, _, last = part.partition("-")
        codes.extend(range(int(first, 16), int(last or first, 16) + 1))
    return codes
