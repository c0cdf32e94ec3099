"""Sizes of models as prose tells them: `7B`, `1.5 billion parameters`, `671B … with 37B activated`, `0.5B to 72B`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from llmsurvey.knowledge.candidates.wording import wording

_FACTORS = {"m": 10**6, "b": 10**9, "t": 10**12}
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,6}(?:\.\d{1,6})?"
_UNIT = r"[BMT](?!\w)|[Bb]illion|[Mm]illion|[Tt]rillion"
_JOINT = r"\s?(?:-|–|—|to|and|or|/|&)\s?|,\s(?:and\s|or\s)?"
_SIZE = re.compile(
    rf"(?<![\w.$€£])(?<!\w-)(?:(?P<experts>\d{{1,4}})\s?[x×]\s?)?(?P<first>{_NUMBER})"
    rf"(?P<more>(?:(?:{_JOINT})(?:{_NUMBER})){{0,12}})[\s-]?(?P<unit>{_UNIT})"
)
"""A number, or several that share a unit: `4, 12 and 27B`."""
_NAME_BEFORE = re.compile(r"([A-Za-z][\w.+-]*)\s$")
"""A word before a size, which may be a name with a version: `LLaMA 3.1-8B`."""
_SIGNED = re.compile(r"[$€£]\s*$")
_ACTIVE = re.compile(r"activ|per[\s-]token", re.IGNORECASE)
_ACTIVE_BEFORE = re.compile(
    r"\bactiv\w*\s+(?:(?:only|just|about|around|roughly|approximately|merely|as few as)\s+)*$", re.IGNORECASE
)
_MODEL_BEFORE = re.compile(r"\b(?:param\w*|(?<!-)scales?|sizes?)[^.;]{0,40}$", re.IGNORECASE)
_ACTIVE_BEHIND = re.compile(
    r"\s*(?:(?:parameters?|params?)\s+)?\(?(?:are |is |being |of which )?(?:activ|per[\s-]token)", re.IGNORECASE
)
_BEHIND = re.compile(
    r"[\s-]*(?:(?:total|trainable|learnable|active|activated|activating|non-embedding|of|its|overall|dense|effective)"
    r"[\s-]+)*(?P<what>[\w-]+)?",
    re.IGNORECASE,
)
_PART = re.compile(
    r"[\s-]*(?:parameters?[\s-]+)?(?:[\w-]+\s+){0,2}(?:encoder(?!-)|adapter|projector|tokenizer|head|draft|corpus|dataset)s?\b",
    re.IGNORECASE,
)
"""What has a size of its own, and is no model, or a part of one."""


@dataclass(frozen=True, slots=True)
class ToldSize:
    """One size in a text."""

    parameters: int
    active: bool
    """Whether it is the part that works on each token."""
    surely: bool
    """Whether parameters, or a model, are spoken of beside it."""
    start: int


def sizes(text: str) -> Iterator[ToldSize]:
    """Yield the sizes that a text tells, in order; a range or a list yields each of its numbers.

    A mixture such as 8x7B tells none: its size is no product.
    """
    for found in _SIZE.finditer(text):
        behind = _BEHIND.match(text, found.end())
        what = (behind["what"] or "").lower() if behind else ""
        counted = what.rstrip("s") in wording().counted or "token" in what or _PART.match(text, found.end())
        if (
            found["experts"]
            or counted
            or _is_named(text[: found.start()])
            or _SIGNED.search(text, max(0, found.start() - 3), found.start())
        ):
            continue
        before = text[max(0, found.start() - 60) : found.start()]
        words = text[found.end() : behind.end() if behind else None]
        active = bool(_ACTIVE.search(words) or _ACTIVE_BEFORE.search(before) or _ACTIVE_BEHIND.match(text, found.end()))
        surely = what.startswith(("param", "model", "version", "variant")) or bool(_MODEL_BEFORE.search(before))
        for number in re.findall(_NUMBER, found["first"] + " " + found["more"]):
            exact = round(float(number.replace(",", "")) * _FACTORS[found["unit"][0].lower()])
            if exact:
                yield ToldSize(exact, active, surely, found.start())


def _is_named(before: str) -> bool:
    """Tell whether the name of a model stands before a size, so that it is the size of that one."""
    found = _NAME_BEFORE.search(before[-40:])
    word = found[1] if found else ""
    return word.lower() in wording().speaking or any(sign.isupper() or sign.isdigit() for sign in word[1:])
