"""The author line that arXiv prints: one text with names, affiliations and collaborations; names in order come out.

The rules follow what arXiv prints on its own pages: commas, semicolons, colons and "and" part names, what stands in
parentheses belongs to the name before it, and "Jr." or "III" to the one before that comma. Pure.
"""

import re

from llmsurvey.paper import folded
from llmsurvey.sources.tex_accents import decoded

_PARTING = re.compile(r"\s*[,;:]\s*(?:(?:and|&)\s+)?|\s+(?:and|&)\s+|^and\s+")
_SUFFIX = re.compile(r"(?:[JS]r\.?|I{2,3}|I?V)")
_INNERMOST = re.compile(r"\([^()]*\)")
_DEEPEST = 6
"""Parentheses in parentheses: affiliations have two or three."""
_NOBODY = {"et al", "et al.", "others"}


def names(line: str) -> tuple[str, ...]:
    """Return the authors' names in order; empty where the line names nobody."""
    bare = decoded(folded(line))
    for _ in range(_DEEPEST):
        shorter = _INNERMOST.sub(" ", bare)
        if shorter == bare:
            break
        bare = shorter
    # Where an affiliation lacks its end, all behind its beginning is lost rather than taken for names.
    bare = folded(bare.partition("(")[0].replace(")", " "))
    found: list[str] = []
    for part in _PARTING.split(bare):
        name = folded(part).strip()
        if _SUFFIX.fullmatch(name) and found:
            found[-1] = f"{found[-1]} {name}"
        elif name and name.casefold() not in _NOBODY:
            found.append(name)
    return tuple(found)
