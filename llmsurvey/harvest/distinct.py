"""How many different papers a file holds: identifiers seen, as bits, some five megabytes for all of arXiv."""

from collections import defaultdict
from collections.abc import Iterable


class Identifiers:
    """The identifiers seen so far. The running number at the end of one is the place of its bit."""

    def __init__(self) -> None:
        self._seen: defaultdict[str, bytearray] = defaultdict(bytearray)

    def new_among(self, arxiv_ids: Iterable[str]) -> int:
        """Take identifiers in, and return how many of them had not been seen before."""
        new, seen = 0, self._seen
        for arxiv_id in arxiv_ids:
            at = -3 if "/" in arxiv_id else 5
            number, bits = int(arxiv_id[at:]), seen[arxiv_id[:at]]
            byte, bit = number >> 3, 1 << (number & 7)
            if byte >= len(bits):
                bits.extend(bytes(byte + 1 - len(bits)))
            if not bits[byte] & bit:
                bits[byte] |= bit
                new += 1
        return new

    def __contains__(self, arxiv_id: str) -> bool:
        # `2303.18223` is number 18223 under `2303.`, `hep-th/9901001` number 001 under `hep-th/9901`.
        at = -3 if "/" in arxiv_id else 5
        bits = self._seen.get(arxiv_id[:at])
        if bits is None:
            return False
        number = int(arxiv_id[at:])
        return number >> 3 < len(bits) and bool(bits[number >> 3] & 1 << (number & 7))
