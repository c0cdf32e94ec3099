"""arXiv's OAI-PMH resumption tokens: the list's own query, quoted, with a number of records to skip. Pure.

They are stateless: the server says when one expires and never checks it, and inside a token stand the day where the
list goes on and how many records of that day were handed out. So a list can go on even without its token.
"""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs, unquote

_SKIP = re.compile(r"(?P<name>skip(?:=|%(?:25)*3D))\d+", re.IGNORECASE)
_QUOTINGS = 4
"""How often a token may be quoted, one into the other; arXiv's own is once or twice."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """How far a list was handed out; later places are greater."""

    since: date
    """Datestamp where the list goes on."""
    skip: int
    """Records of that day that were handed out."""


def place(token: str) -> Place | None:
    """Return where a token goes on; None where it is not of arXiv's present shape."""
    values = _values(token)
    try:
        since, skip = date.fromisoformat(values["from"]), int(values["skip"])
    except (KeyError, ValueError):
        return None
    return Place(since, skip) if skip >= 0 else None


def back(token: str, records: int) -> str | None:
    """Return the token that goes on so many records earlier, within its day; None where that is not known to exist."""
    at = place(token)
    if at is None or records < 1 or at.skip <= records:
        return None
    return _SKIP.sub(lambda found: f"{found['name']}{at.skip - records}", token, count=1)


def same(one: str, other: str) -> bool:
    """Tell whether two tokens mean the same, however often they are quoted."""
    return one == other or (bool(_values(one)) and _values(one) == _values(other))


def _values(token: str) -> dict[str, str]:
    text = token
    for _ in range(_QUOTINGS):
        if "&" in text:
            break
        text = unquote(text)
    return {name: values[0] for name, values in parse_qs(text).items()} if "&" in text else {}
