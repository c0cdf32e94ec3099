"""Which papers were seen: identifiers as bits, some ten megabytes for all of arXiv. Pure."""

from collections.abc import Iterable, Iterator
from typing import Final

from llmsurvey.store.sheets import SIGNS, head_of, place_of

_BITS: Final = {f"{number:02}": 1 << number for number in range(100)} | {
    f".{number}": 1 << 100 + number for number in range(10)
}
"""The bit of each place on a sheet; a decimal point stands there where a program cut the identifier's zeros off."""


def bits_of(lines: Iterable[str]) -> int:
    """Return the places of lines of one sheet as bits."""
    bits = 0
    for line in lines:
        bits |= _BITS[line[:SIGNS]]
    return bits


class Identifiers:
    """The identifiers seen so far, by sheet of the census."""

    def __init__(self) -> None:
        self._sheets: dict[str, int] = {}

    def new_among(self, arxiv_ids: Iterable[str]) -> int:
        """Take identifiers in (see `paper.identifies`), and return how many of them had not been seen before."""
        new, head, bits = 0, "", 0
        for arxiv_id in arxiv_ids:
            if head_of(arxiv_id) != head:  # most stand on the sheet of the one before
                new += self.new_on(head, bits)
                head, bits = head_of(arxiv_id), 0
            bits |= _BITS[place_of(arxiv_id)]
        return new + self.new_on(head, bits)

    def new_on(self, head: str, bits: int) -> int:
        """Take in what stands on a sheet, and return how many papers of it had not been seen before."""
        seen = self._sheets.get(head, 0)
        new = bits & ~seen
        if new:
            self._sheets[head] = seen | bits
        return new.bit_count()

    def __contains__(self, arxiv_id: str) -> bool:
        return bool(self._sheets.get(head_of(arxiv_id), 0) & _BITS.get(place_of(arxiv_id), 0))

    def on(self, head: str) -> frozenset[str]:
        """Return the places seen on a sheet."""
        bits = self._sheets.get(head, 0)
        return frozenset(place for place, bit in _BITS.items() if bits & bit) if bits else frozenset()

    def __iter__(self) -> Iterator[tuple[str, int, str]]:
        """Yield (sheet, number of papers seen on it, place of the last one)."""
        for head, bits in self._sheets.items():
            yield head, bits.bit_count(), _PLACES[bits.bit_length() - 1]


_PLACES: Final = tuple(_BITS)
