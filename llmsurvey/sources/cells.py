"""Cells of public catalogues read into values: numbers, dates, identifiers, sizes in words."""

import re
from collections.abc import Iterable
from datetime import date

from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.span import Span
from llmsurvey.paper import is_arxiv_id

_ARXIV = re.compile(
    r"arxiv\.org/(?:abs|pdf|html|ftp)/(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", re.IGNORECASE
)
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_MOST = 1e18
_UNITS = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
_NUMBER = r"(?P<{0}>\d+(?:[.,]\d+)?)\s*(?P<{0}_unit>[kmbt]|thousand|million|billion|trillion)"
_SIZE = re.compile(_NUMBER.format("all") + r"(?!\w)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_ACTIVE = re.compile(_NUMBER.format("active") + r"(?!\w)[^\d;,]*activ", re.IGNORECASE)
_NOTHING = frozenset({"", "unknown", "unknkown", "n/a", "na", "none", "-", "undisclosed", "not specified", "tbd"})


class UnreadableError(ValueError):
    """A cell that says something this program cannot read; the message says what."""


def number(text: str) -> int | None:
    """Read a count such as `175000000000.0` or `1.2e9`; None for an empty cell."""
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        raise UnreadableError(f"{text[:60]!r} is no number") from None
    if not 1 <= value <= _MOST:
        raise UnreadableError(f"{text[:60]!r} is no possible count")
    return round(value)


def day(text: str, latest: date) -> str | None:
    """Read a date as exactly as it is given; None for an empty cell."""
    if not text:
        return None
    try:
        if not _DAY.fullmatch(text) or Span.parse(text).first > latest:
            raise UnreadableError(f"{text[:60]!r} is no possible date")
    except BadUsage:
        raise UnreadableError(f"{text[:60]!r} is no possible date") from None
    return text


def arxiv_id(address: str) -> str | None:
    """Return the paper an address leads to; None where it leads elsewhere."""
    found = _ARXIV.search(address)
    return found["id"] if found and is_arxiv_id(found["id"]) else None


def stated(text: str) -> str | None:
    """Return what a cell says; None for one that says in words that nothing is known."""
    return None if text.casefold().strip(" .?") in _NOTHING else text


def web_address(text: str) -> str | None:
    """Return an address of the web; None for anything else."""
    one = text.split()
    return one[0].rstrip(";,") if one and one[0].startswith(("https://", "http://")) and one[0].isprintable() else None


def size(text: str) -> tuple[int | None, int | None]:
    """Read `61B parameters (sparse); 6.6B active parameters` as all parameters and the active ones.

    Both are None where the text says that nothing is known.
    """
    if stated(text) is None:
        return None, None
    found = _SIZE.match(text)
    if not found or ("param" not in found["rest"].casefold() and found["rest"].strip()):
        raise UnreadableError(f"the size {text[:60]!r} is no number of parameters")
    active = _ACTIVE.search(text, found.end("all_unit"))
    return _count(found, "all"), _count(active, "active") if active else None


def parts(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Part a list at its commas, but not inside parentheses nor inside a name that has one itself."""
    known = frozenset(names)
    pieces = [folded for piece in re.split(r",(?![^()]*\))", text) if (folded := " ".join(piece.split()))]
    found: list[str] = []
    while pieces:
        longest = next((n for n in range(len(pieces), 1, -1) if ", ".join(pieces[:n]) in known), 1)
        found.append(", ".join(pieces[:longest]))
        del pieces[:longest]
    return tuple(dict.fromkeys(found))


def _count(found: re.Match[str], group: str) -> int:
    value = float(found[group].replace(",", ".")) * _UNITS[found[f"{group}_unit"][0].lower()]
    if not 1 <= value <= _MOST:
        raise UnreadableError(f"the size {found[group][:60]!r} is no possible number of parameters")
    return round(value)
