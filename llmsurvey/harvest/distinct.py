"""How many different papers a file holds: identifiers seen, as bits, some five megabytes for all of arXiv."""

from collections import defaultdict
from collections.abc import Iterable

from llmsurvey.paper import is_arxiv_id


class Identifiers:
    """The identifiers seen so far. The running number at the end of one is the place of its bit.

    Those that are not as arXiv writes them have no such place, and are held as they are.
    """

    def __init__(self) -> None:
        self._seen: defaultdict[str, bytearray] = defaultdict(bytearray)
        self._odd: set[str] = set()

    def new_among(self, arxiv_ids: Iterable[str]) -> int:
        """Take identifiers in, and return how many of them had not been seen before."""
        new = 0
        for arxiv_id in arxiv_ids:
            if not is_arxiv_id(arxiv_id):
                new += arxiv_id not in self._odd
                self._odd.add(arxiv_id)
                continue
            prefix, byte, bit = _place(arxiv_id)
            bits = self._seen[prefix]
            if byte >= len(bits):
                bits.extend(bytes(byte + 1 - len(bits)))
            if not bits[byte] & bit:
                bits[byte] |= bit
                new += 1
        return new

    def __contains__(self, arxiv_id: str) -> bool:
        if not is_arxiv_id(arxiv_id):
            return arxiv_id in self._odd
        prefix, byte, bit = _place(arxiv_id)
        bits = self._seen.get(prefix, b"")
        return byte < len(bits) and bool(bits[byte] & bit)


def _place(arxiv_id: str) -> tuple[str, int, int]:
    # `2303.18223` is number 18223 under `2303.`, `hep-th/9901001` number 001 under `hep-th/9901`.
    at = -3 if "/" in arxiv_id else 5
    number = int(arxiv_id[at:])
    return arxiv_id[:at], number >> 3, 1 << (number & 7)
