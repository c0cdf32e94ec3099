"""How many different papers a file holds: identifiers seen, as bits, some five megabytes for all of arXiv."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

_LONGEST: Final = len("2303.18223")
"""Characters of a new-style identifier."""


class Identifiers:
    """The identifiers seen so far. The number that the last four digits of one make is the place of its bit.

    `2303.18223` is number 8223 under `2303.1`, `hep-th/9901001` number 1001 under `hep-th/990`. What is longer than
    arXiv writes it, or ends otherwise, is held as it is.
    """

    def __init__(self) -> None:
        self._seen: defaultdict[str, bytearray] = defaultdict(bytearray)
        self._odd: set[str] = set()

    def new_among(self, arxiv_ids: Iterable[str]) -> int:
        """Take identifiers in, and return how many of them had not been seen before."""
        new, seen = 0, self._seen
        for arxiv_id in arxiv_ids:
            digits = arxiv_id[-4:]
            if _is_odd(arxiv_id, digits):
                new += arxiv_id not in self._odd
                self._odd.add(arxiv_id)
                continue
            number, bits = int(digits), seen[arxiv_id[:-4]]
            byte, bit = number >> 3, 1 << (number & 7)
            if byte >= len(bits):
                bits.extend(bytes(byte + 1 - len(bits)))
            if not bits[byte] & bit:
                bits[byte] |= bit
                new += 1
        return new

    def __contains__(self, arxiv_id: str) -> bool:
        digits = arxiv_id[-4:]
        if _is_odd(arxiv_id, digits):
            return arxiv_id in self._odd
        bits = self._seen.get(arxiv_id[:-4])
        if bits is None:
            return False
        number = int(digits)
        return number >> 3 < len(bits) and bool(bits[number >> 3] & 1 << (number & 7))


def _is_odd(arxiv_id: str, digits: str) -> bool:
    return not digits.isdecimal() or (len(arxiv_id) > _LONGEST and "/" not in arxiv_id)
