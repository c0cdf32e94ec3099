"""Organisations under their many names: who is meant by "Meta AI", "Facebook" and "FAIR"."""

import re

import msgspec

from llmsurvey.knowledge.packaged import packaged

_PARTS = re.compile(r"\s*[,;/&()]\s*|\s+and\s+", re.IGNORECASE)
_NOT_TELLING = re.compile(
    r"\b(?:ai|corporation|inc|institute|labs?|laboratory|research|systems|team|technology|university|of|the|for)\b|[^\w]+"
)


UNSTATED = "not stated"
"""Stands in place of a maker that a catalogue does not name; two such are not the same."""


class House(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One organisation."""

    name: str
    also: tuple[str, ...]
    """Its other names, and those of its parts."""
    note: str = ""


class _Data(msgspec.Struct, frozen=True):
    house: tuple[House, ...]


class Houses:
    """Tells whether two ways of naming makers mean at least one common organisation."""

    def __init__(self) -> None:
        self._by_name: dict[str, str] = {}
        self._known: dict[str, frozenset[str]] = {UNSTATED: frozenset()}
        for house in packaged("houses", _Data).house:
            for name in (house.name, *house.also):
                self._by_name[_core(name)] = _core(house.name)

    def of(self, organisation: str) -> frozenset[str]:
        """Return the organisations in a text such as `Meta AI,University of Washington`."""
        if organisation not in self._known:
            parts = (_core(part) for part in _PARTS.split(organisation))
            self._known[organisation] = frozenset(self._by_name.get(part, part) for part in parts if part)
        return self._known[organisation]

    def share(self, one: str, other: str) -> bool:
        """Tell whether two texts name a common organisation."""
        return not self.of(one).isdisjoint(self.of(other))


def _core(name: str) -> str:
    """Take away what does not tell organisations apart, unless nothing else is there."""
    lowered = name.casefold()
    return "".join(_NOT_TELLING.sub(" ", lowered).split()) or "".join(lowered.split())
