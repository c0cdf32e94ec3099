"""Emblems: short letters and a colour for each organisation, so that one finds its models at a glance."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from llmsurvey.figures.style import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, SKY, VERMILLION, WHITE, readable

_COLOURS = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY)
"""For the organisations with the most models; yellow means something else."""
_DARK = {BLUE, VERMILLION, GREEN, GREY}


@dataclass(frozen=True, slots=True)
class Emblem:
    """What stands for a name."""

    letters: str
    colour: str

    @property
    def ink(self) -> str:
        """The colour of letters that can be read on it."""
        return WHITE if self.colour in _DARK else BLACK


def emblems(names: Iterable[str]) -> dict[str, Emblem]:
    """Return an emblem for each name: letters of its own, and colours for those that occur most often."""
    counts = Counter(names)
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    letters = initials(ranked)
    colours = dict(zip((name for name in ranked if counts[name] > 1), _COLOURS, strict=False))
    return {name: Emblem(letters[name], colours.get(name, GREY)) for name in ranked}


def initials(names: Iterable[str]) -> dict[str, str]:
    """Return one or two letters for each name, no two alike; the first names get the plainest ones."""
    taken: set[str] = set()
    found = {}
    for name in dict.fromkeys(names):
        found[name] = next(letters for letters in _candidates(name) if letters not in taken)
        taken.add(found[name])
    return found


def _candidates(name: str) -> Iterator[str]:
    """Yield short forms of a name, the plainest first: its capitals, its first letters, a letter and a number."""
    plain = re.sub(r"[^\w ]", " ", readable(name)).replace("_", " ")
    capitals = "".join(re.findall(r"[^\W\d_a-z]|(?<=[A-Z])\d+", plain))
    packed = plain.replace(" ", "") or "?"
    if len(capitals) > 1:
        yield capitals[:2]
    yield packed[:2].capitalize() if packed[:2].islower() or packed[1:2].islower() else packed[:2]
    for other in packed[2:]:
        yield packed[0].upper() + other
    number = 1
    while True:
        yield f"{packed[0].upper()}{number}"
        number += 1
