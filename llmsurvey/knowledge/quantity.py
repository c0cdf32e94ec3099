"""Numbers of parameters, tokens and FLOPs as people write them: `70B`, `1.4T`, `5.76e23`."""

import re
from decimal import Decimal

from llmsurvey.errors import BadUsage

_SUFFIXES = {"": 0, "K": 3, "M": 6, "B": 9, "T": 12}
_SHAPE = re.compile(r"([+-]?\d+(?:[_,]\d{3})*(?:\.\d+)?)(?:[eE]([+-]?\d{1,4}))?\s?([kKmMbBtT]?)")
_LARGEST = Decimal("1e60")
"""Nothing counted here comes near this or its inverse; what lies beyond is a slip of the finger."""
_HINT = "write a number above 0, such as 70B, 1.4T, 5.76e23 or 10e9"


def quantity(text: str) -> float:
    """Read a positive number with an optional K, M, B (10^9) or T (10^12).

    Zero, negative, infinite and unreadable numbers are a `BadUsage`.
    """
    return float(_exact(text))


def count(text: str) -> int:
    """Read a positive whole number, such as of parameters; a fraction below one is a `BadUsage`."""
    number = int(_exact(text).to_integral_value())
    if number < 1:
        raise BadUsage(f"{text!r} is less than one", hint=_HINT)
    return number


def written(number: float) -> str:
    """Write a number in the shortest form that this module reads back to four digits: 1.085T, 70B, 5.76e+23."""
    for suffix, power in reversed(_SUFFIXES.items()):
        scaled = float(f"{number:.4g}") / 10**power
        if 1 <= scaled < 1000 or (not suffix and scaled < 1):  # noqa: PLR2004 - the next suffix begins there
            return f"{scaled:.4g}{suffix}"
    return f"{number:.4g}"


def _exact(text: str) -> Decimal:
    shape = _SHAPE.fullmatch(text.strip()) if text.isascii() else None
    if not shape:
        raise BadUsage(f"{text!r} is not a number", hint=_HINT)
    digits, exponent, suffix = shape.groups()
    digits = digits.replace("_", "").replace(",", "")
    number = Decimal(digits).scaleb(int(exponent or 0) + _SUFFIXES[suffix.upper()])
    if not 1 / _LARGEST < number < _LARGEST:
        raise BadUsage(f"{text!r} is out of range", hint=_HINT)
    return number
