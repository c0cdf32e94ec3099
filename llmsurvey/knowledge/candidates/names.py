"""Names as they stand in prose: `Qwen3`, `Phi-4-Mini and Phi-4-Multimodal`, `Large Diffusion Model (LaDi)`."""

import re
from dataclasses import dataclass
from functools import cache

from llmsurvey.knowledge.candidates.wording import singular, wording

_TOKEN = re.compile(r"(?:[\w+μ]|[.\u2011–-](?=\w)|(?<=\d)%)+")
_GAP = re.compile(r"\s+")
_ASIDE = re.compile(r"\s*\(([^()]*)\)")
_JOINT = re.compile(r"\s*(?:,\s*and\b|,|\band\b|&|/)\s*(?:its\s+[\w-]+\s+(?:variant|version|counterpart)s?,?\s+)?")
_OWNER = re.compile(r"['’]s?\b")
_MOST_WORDS = 5
_MEASURE = re.compile(r"\d+(?:\.\d+)?[BMK]?-?(?:parameter|bit|sized|scale|shot|token)s?\b|\d+x\d", re.IGNORECASE)
_DOING = re.compile(r"[A-Z][a-z]+ing\s")
"""How titles of studies begin: "Scaling Context, Not Parameters"."""
_SIZE_AT_END = re.compile(r"\d+(?:\.\d+)?[BM]$")
_SIZE_ALONE = re.compile(r"\s*(\d+(?:\.\d+)?[BM])\b")
_VERSION = re.compile(
    r"\d+(?:\.\d+)?[BM][-–]\d+(?:\.\d+)?[BM]|[vV]?\d+(?:\.\d+)*[a-zA-Z]?|\d+(?:\.\d+)?[BMT]|\d+x\d+(?:\.\d+)?B"
)


@dataclass(frozen=True, slots=True)
class Named:
    """Names that stand side by side at a place."""

    names: tuple[str, ...]
    start: int
    end: int
    """Behind the last name and its parenthesis."""
    asides: tuple[int, ...] = ()
    """Where parentheses behind them begin to say something, short forms excepted."""


def names_at(text: str, at: int) -> Named | None:
    """Read the names that begin at a place; None where none does."""
    names: list[str] = []
    asides: list[int] = []
    end = start = at
    while one := _name_at(text, at):
        name, at = one
        aside = _ASIDE.match(text, at)
        if aside:
            at = aside.end()
            short = _short(name, aside[1].strip())
            name = short or name
            asides += [] if short else [aside.start(1)]
        if not is_name(name):
            break
        if _OWNER.match(text, at):  # "NAME, Mistral's first model"
            break
        names.append(name)
        end = at
        joint = _JOINT.match(text, at)
        while joint and _SIZE_AT_END.search(name) and (alone := _SIZE_ALONE.match(text, joint.end())):
            names.append(_SIZE_AT_END.sub(alone[1], name))  # "NAME-7B, 13B and 70B"
            end = alone.end()
            joint = _JOINT.match(text, end)
        if not joint:
            break
        at = joint.end()
    return Named(tuple(names), start, end, tuple(asides)) if names else None


def is_name(text: str) -> bool:
    """Tell whether a text names one thing in particular: not all of it is common words, sizes and versions."""
    if _MEASURE.match(text) or (_DOING.match(text) and not is_distinct(text)):
        return False
    words = text.split()
    if singular(words[0]) in wording().aiming:  # "When Reasoning Beats Scale"
        return False
    return any(map(_is_distinctive, words))


def is_distinct(name: str) -> bool:
    """Tell whether a name cannot be a common word in capitals: it has a digit, or a capital behind a first letter."""
    return any(sign.isdigit() or sign.isupper() for word in re.split(r"[\s-]", name) for sign in word[1:])


def _name_at(text: str, at: int) -> tuple[str, int] | None:
    words: list[str] = []
    end = at
    while len(words) < _MOST_WORDS and (token := _TOKEN.match(text, at)):
        word = token[0]
        if word.lower() in wording().ending:
            while words and singular(words[-1]) in _common() and not _VERSION.fullmatch(words[-1]):
                words.pop()
            break
        if not _may_stand(word, first=not words):
            break
        words.append(word)
        end = token.end()
        gap = _GAP.match(text, end)
        if not gap:
            break
        at = gap.end()
    return (" ".join(words), end) if words else None


def _may_stand(word: str, *, first: bool) -> bool:
    """Tell whether a word can be part of a name: it has a capital, or letters and digits, or tells a version."""
    if word != word.lower():
        return True
    if not any(map(str.isdigit, word)):
        return False
    return any(map(str.isalpha, word)) or (not first and _VERSION.fullmatch(word) is not None)


def _short(name: str, aside: str) -> str | None:
    """Return the short form that a parenthesis gives a name written out."""
    fits = " " in name and _TOKEN.fullmatch(aside) and not _VERSION.fullmatch(aside)
    return aside if fits and _may_stand(aside, first=True) and is_name(aside) else None


@cache
def _is_distinctive(word: str) -> bool:
    """Tell whether a word is more than a common one, a size or a version."""
    if len(word) < 2 or singular(word) in _common() or _VERSION.fullmatch(word):  # noqa: PLR2004 - a single letter
        return False
    return any(part and part not in _common() for part in map(singular, re.split("[-–]", word)))


@cache
def _common() -> frozenset[str]:
    lists = wording()
    words = lists.generic | lists.language_models | lists.things | lists.groups | lists.models | lists.aiming
    return frozenset(map(singular, words))
