"""What stands on each edge of a lineage: words where the page has room for them, else letters on a round tag."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from llmsurvey.figures.canvas import length
from llmsurvey.figures.layers import Pair
from llmsurvey.figures.style import SMALL

PLAIN = "successor"
"""The relation whose arrows need no mark; the key says so."""
_SHORT = 46.0
"""Pixels of a label that is written even where there is no room for all."""
_STACKED = 2
"""Edges that may arrive in one node with words above each other."""


@dataclass(frozen=True, slots=True)
class Line:
    """One edge."""

    parent: str
    child: str
    relation: str
    """In words; empty where an edge says no more than its line."""
    label: str
    colour: str
    dashed: bool
    block: bool

    @property
    def pair(self) -> Pair:
        """Its two ends."""
        return (self.parent, self.child)

    @property
    def marked(self) -> bool:
        """Whether it needs words or a tag."""
        return bool(self.relation) and self.relation != PLAIN and not self.block


Marks = Mapping[Pair, str]
"""The words on each edge that has some; a marked edge without words gets a tag."""


def marks_that_fit(lines: Iterable[Line], needed: Callable[[Marks], tuple[float, float]], width: float) -> Marks:
    """Return the richest marks that fit: all in words, only the labels, only short labels, or none at all.

    `needed` is the width at which marks cut no name, and that at which they find room beside cut ones.
    """
    lines = list(lines)
    arriving = Counter(line.child for line in lines)
    lines = [line for line in lines if not line.block and arriving[line.child] <= _STACKED]
    for ways in (_in_words, _labels):
        marks = _written(lines, ways)
        if needed(marks)[0] <= width:
            return marks
    short = {pair: text for pair, text in _written(lines, _labels).items() if length(text, SMALL) <= _SHORT}
    return short if needed(short)[1] <= width else {}


def _written(lines: Sequence[Line], way: Callable[[Line], str]) -> dict[Pair, str]:
    return {line.pair: text for line in lines if (text := way(line))}


def _in_words(line: Line) -> str:
    return line.label or (line.relation if line.marked else "")


def _labels(line: Line) -> str:
    return line.label
