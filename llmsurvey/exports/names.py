r"""An author as a source writes it, and the parts a bibliography sorts and abbreviates by.

Sources give one string a name, mostly in the order it is spoken. The parts are those of BibTeX and CSL; what is not
surely a person (a collaboration, a single word, anything with digits or brackets) stays whole, as `literal`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from llmsurvey.exports.tex import plain


@dataclass(frozen=True, slots=True)
class Name:
    """One author: either the four parts of a person's name, or a literal."""

    family: str = ""
    given: str = ""
    particle: str = ""
    """The lower-case words before the family name: `van der`, `de la`."""
    suffix: str = ""
    """`Jr.`, `III` and the like."""
    literal: str = ""
    """What is not cut into parts; then the other fields are empty."""

    @property
    def sorted_family(self) -> str:
        """The particle and the family name, as they stand before the comma."""
        return f"{self.particle} {self.family}" if self.particle else self.family


ET_AL = Name(literal="et al.")
"""Stands for authors whom the source does not name."""

_LOWER_CASE = (
    "af al av bin binti da das de dei del dela della den der des di do dos du el la las le les los ten ter 't tot van "
    "vande vanden vander vom von zu zum zur ibn ben bint"
)
_PARTICLES = frozenset(_LOWER_CASE.split())
_CONJUNCTIONS = frozenset({"e", "i", "y"})
"""They join the two family names of one person: Ramón y Cajal."""
_UPPER_CASE = "Da De Del Della Di Dos Du El La Le Ter Van Vanden Vander Von"
_CAPITAL_PARTICLES = frozenset(_UPPER_CASE.split())
"""Written with a capital they belong to the family name: Guido Van Rossum is found under V."""
_SUFFIX = re.compile(r"(?:jr|sr|esq|ph\.?\s?d|m\.?d)\.?|ii|iii|iv|2nd|3rd", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:collaborations?|teams?|consortium|groups?|projects?|laborator(?:y|ies)|labs?|university|institute|network|"
    r"alliance|society|committee|association|foundation|initiative|observatory|survey|community|authors|contributors|"
    r"members|department|center|centre|inc|ltd|llc|and|for|behalf)\b|[&/\d()\[\]@:;]",
    re.IGNORECASE,
)
_AND_OTHERS = re.compile(r"(?:^|(?<![\s,;])[\s,;]++)(?:and\s+)?(?:et\.?\s+al\b\.?|others)\s*$", re.IGNORECASE)
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\s\U00020000-\U0003ffff]+")


def author_names(authors: tuple[str, ...]) -> tuple[Name, ...]:
    """Read the authors of a paper in their order; blank ones and lone punctuation are no authors."""
    names = [name for author in authors for name in _author(author)]
    named = tuple(name for name in names if name is not ET_AL)
    return named if len(named) == len(names) else (*named, ET_AL)


@lru_cache(maxsize=1 << 16)
def _author(text: str) -> tuple[Name, ...]:
    written = plain(text).replace("~", " ")
    person = _AND_OTHERS.sub("", written)
    others = (ET_AL,) if person != written else ()
    person = person.removeprefix("and ")  # left over where somebody split "A, B, and C" at the commas
    return (*((parsed_name(person),) if any(sign.isalnum() for sign in person) else ()), *others)


def parsed_name(text: str) -> Name:
    """Read one name, given as `Given von Family Jr.`, as `von Family, Given` or as `von Family, Jr., Given`."""
    text = " ".join(text.split()).strip(" ,;")
    if _GROUP.search(text):
        return Name(literal=text)
    if "," in text:
        return _with_commas(text)
    words = text.split()
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""  # noqa: PLR2004 - given, family
    if len(words) < 2:  # noqa: PLR2004 - one word is no given name and family name
        return Name(literal=text)
    if _HAN.fullmatch(text):
        return Name(family=words[0], given=" ".join(words[1:]))  # in these scripts the family name stands first
    return _in_spoken_order(words, suffix)


def _in_spoken_order(words: list[str], suffix: str) -> Name:
    """Cut `Given von Family`; the first word is always given, the last always family."""
    last = len(words) - 1
    first = next((place for place in range(1, last) if words[place] in _PARTICLES), None)
    if first is not None:
        start = first
        while start < last and words[start] in _PARTICLES:
            start += 1
        return Name(" ".join(words[start:]), " ".join(words[:first]), " ".join(words[first:start]), suffix)
    start = last
    while start > 1 and words[start - 1] in _CAPITAL_PARTICLES:
        start -= 1
    if start > 2 and words[start - 1] in _CONJUNCTIONS:  # noqa: PLR2004 - a given name, two family names
        start -= 2
    return Name(" ".join(words[start:]), " ".join(words[:start]), "", suffix)


def _with_commas(text: str) -> Name:
    match [part.strip() for part in text.split(",")]:
        case [spoken, suffix] if _SUFFIX.fullmatch(suffix):
            words = spoken.split()
            return _in_spoken_order(words, suffix) if len(words) > 1 else Name(literal=text)
        case [family, given] if family and given:
            return _family_first(family, given, "")
        case [family, suffix, given] if family and given and _SUFFIX.fullmatch(suffix):
            return _family_first(family, given, suffix)
        case _:
            return Name(literal=text)


def _family_first(family: str, given: str, suffix: str) -> Name:
    words = family.split()
    start = 0
    while start < len(words) - 1 and words[start] in _PARTICLES:
        start += 1
    return Name(" ".join(words[start:]), given, " ".join(words[:start]), suffix)
