"""How names of models are compared: without case, accents, blanks and signs, and with their size taken apart."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from llmsurvey.knowledge.entry import key_of

_FACTORS = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
_AT_THE_END = re.compile(
    r"(?:[\s_(–-]+|(?<=[a-z])(?=\d\d))(?:moe[\s-]*)?(?P<experts>\d+x)?(?P<number>\d+(?:\.\d+)?)(?P<unit>[mbt])"
    r"(?:[\s-]*a(?P<active>\d+(?:\.\d+)?)b)?\s*\)?$"
)
"""A size that ends a name: `-7B`, ` (540B)`, ` 8x7B`, ` 141B-A39B`, ` (MoE-236B)`; not the `4T` of SeamlessM4T."""
_VERSION = re.compile(r"(?<=\d)\.0(?![\d.])|(?<=[a-z\s_-])v(?=\d)")
"""What `YaYi 2.0` and `Tulu V2` have and `YAYI 2` and `Tulu 2` have not."""
_ASIDE = re.compile(r"(?P<before>.*\w.*?)\s*\((?P<inside>[^()]+)\)")
_ANYWHERE = re.compile(r"(?<![a-z\d.])(\d+(?:\.\d+)?)([mbt])(?![a-z\d])")
_LARGEST = 1e18
"""Parameters. No model comes near this."""
SAME_SIZE = 0.02
"""Sizes that differ by no more are one size, told more or less exactly: 65B and 65.2B."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """A name, taken apart."""

    loose: str
    """All of it, in the form in which it is compared."""
    stem: str
    """The same without the size at its end; equal to `loose` where there is none."""
    size: int | None
    """Parameters the name tells; None also for a mixture such as 8x7B, whose size is no product."""
    tail: str
    """The size as it is written at the end; empty where there is none."""

    @property
    def sized(self) -> bool:
        """Whether a size ends the name."""
        return self.stem != self.loose


@lru_cache(maxsize=65536)
def spelled(name: str) -> Spelled:
    """Take a name apart."""
    key = key_of(name)
    found = _AT_THE_END.search(key)
    whole = _loose(key)
    stem = _loose(key[: found.start()]) if found else whole
    if not found or not stem:
        return Spelled(whole, whole, None, "")
    size = None if found["experts"] else _size(found["number"], found["unit"])
    return Spelled(whole, stem, size, name.strip()[found.start() - len(key) :].strip(" -_()–"))


def aside(name: str) -> tuple[str, str] | None:
    """Part a name from what stands in parentheses behind it: `Emu`, `Meta`; None where nothing does."""
    found = _ASIDE.fullmatch(name.strip())
    return (found["before"], found["inside"]) if found else None


def abbreviates(short: str, long: str) -> bool:
    """Tell whether one is the other's initials: `SV3D` of `Stable Video 3D`."""
    words = re.findall(r"\w+", key_of(long))
    initials = "".join(word if word[0].isdigit() else word[0] for word in words)
    return len(words) > 1 and key_of(short) == initials


def sizes_in(name: str) -> tuple[int, ...]:
    """Return all sizes that a name tells, of whatever: `BELLE-7B-2M` tells parameters and examples."""
    sizes = (_size(number, unit) for number, unit in _ANYWHERE.findall(key_of(name)))
    return tuple(size for size in sizes if size is not None)


def same_size(one: int | None, other: int | None, within: float = SAME_SIZE) -> bool:
    """Tell whether two sizes are known and the same, but for rounding."""
    return one is not None and other is not None and abs(one - other) <= within * max(one, other)


def _size(number: str, unit: str) -> int | None:
    """Return a size; None for digits that cannot be one."""
    size = float(number) * _FACTORS[unit]
    return round(size) if size <= _LARGEST else None


def _loose(text: str) -> str:
    plain = unicodedata.normalize("NFKD", _VERSION.sub("", text))
    return "".join(letter for letter in plain if letter.isalnum() or letter == "+")
