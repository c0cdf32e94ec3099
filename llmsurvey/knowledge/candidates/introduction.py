"""What a paper says that it brings: "we present NAME, a 7B language model", in its title or in its abstract."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from llmsurvey.knowledge.candidates.calling import Calling, Kind, called
from llmsurvey.knowledge.candidates.names import Named, is_distinct, names_at
from llmsurvey.knowledge.candidates.prose import Sentence
from llmsurvey.knowledge.candidates.wording import singular, wording

_ARTICLE = re.compile(
    r"\s*(?:(?:the|our|an?|two|three|both|new|(?:development|release|training|design|pre-?training) of)\b\s*)*",
    re.IGNORECASE,
)
_APPOSITION = re.compile(r"\s*(?:,|:|;|—|–|---?|\s-\s)\s*(?:which is\s+|i\.e\.,?\s+)?")
_IS = re.compile(
    r"\s*,?\s*(?:as|(?:which )?(?:is|are)|was|were|represents?|serves as|stands as)\s+(?=(?:an?|the|our|one|two)\b)",
    re.IGNORECASE,
)
_NAMED = (
    r"called|named|dubbed|termed|coined|denoted(?: as)?|referred to as|known as|"
    r"which we (?:call|name|refer to as|term|dub)"
)
_CALLED = re.compile(rf"[\s,(—–:-]*(?P<so>\b(?:{_NAMED}|namely|i\.e\.,?)\b[\s:]*)?", re.IGNORECASE)
_CALLED_LATER = re.compile(rf"\b(?:{_NAMED})\s+", re.IGNORECASE)
_LATER = 160
"""Characters behind a phrase within which its name is looked for: "a model that …, called NAME"."""
_REPORT_BEHIND = re.compile(
    r"\s*[:.,–—-]?\s*(?:an?\s+(?:open\s+)?)?(?:technical report|(?:model|system) card)\b", re.IGNORECASE
)
_REPORT_BEFORE = re.compile(r"technical report (?:of|on|for)\s+", re.IGNORECASE)
_OPENING = re.compile(r"(?:introducing|announcing|presenting|towards?|the)\b\s*:?\s*", re.IGNORECASE)
_FIRST_WORD = re.compile(r"(?:Towards?\s+|How\s+to\s+)?([\w-]+)\s*", re.IGNORECASE)


_OPENING_UP = r"(?:(?<=we )|(?<=to )|(?<=also )|(?<=publicly ))open-?source|open-?sources"
"""The verb; elsewhere the word is an adjective: "an open-source model"."""
_TELLING = 6
"""Letters of a verb that tell it from most other words."""


class How(StrEnum):
    """In which way something is introduced."""

    SUBJECT = "subject"
    """The title begins with it."""
    REPORT = "report"
    """The title is "NAME Technical Report"."""
    PRESENTED = "presented"
    """The paper presents, introduces, releases it."""
    MADE = "made"
    """The paper trains or builds it, which it may also do with the models of others."""
    IS = "is"
    """A sentence begins: NAME is a …"""


@dataclass(frozen=True, slots=True)
class Introduction:
    """Names that a sentence introduces."""

    names: tuple[str, ...]
    how: How
    calling: Calling | None
    """What they are called; None where nothing is said of it."""
    sentence: Sentence
    start: int
    """Where the names begin in the sentence."""


def of_title(sentence: Sentence) -> Iterator[Introduction]:
    """Yield what a title introduces: its subject."""
    text = sentence.text
    report = _REPORT_BEFORE.match(text)
    opening = report or _OPENING.match(text)
    named = names_at(text, opening.end() if opening else 0) or names_at(text, 0)
    if named is None:
        return
    if report or _REPORT_BEHIND.match(text, named.end):
        yield Introduction(named.names, How.REPORT, None, sentence, named.start)
        return
    apposition = _APPOSITION.match(text, named.end)
    if apposition:
        yield Introduction(named.names, How.SUBJECT, _titled(text, apposition.end()), sentence, named.start)
    elif not text[named.end :].strip() or is_distinct(named.names[-1]):
        yield Introduction(named.names, How.SUBJECT, _family(text, named.end), sentence, named.start)


def of_abstract(sentence: Sentence, subjects: AbstractSet[str]) -> Iterator[Introduction]:
    """Yield what a sentence of an abstract introduces; `subjects` are names the paper is known to be about."""
    text = sentence.text
    spoken = any(verb in sentence.low for verb in _stems())
    for verb in _verbs().finditer(sentence.low) if spoken else ():
        how = How.PRESENTED if verb["strong"] else How.MADE
        article = _ARTICLE.match(text, verb.end())
        begin = article.end() if article else verb.end()
        named = names_at(text, begin)
        if named:
            yield Introduction(named.names, how, _said_of(text, named), sentence, named.start)
            continue
        calling = called(text, begin)
        if calling.kind > Kind.UNTOLD:
            yield from _named_behind(sentence, calling, how)
    named = names_at(text, len(text) - len(text.lstrip())) if subjects else None
    if named and (verb_is := _IS.match(text, named.end)) and not subjects.isdisjoint(named.names):
        yield Introduction(named.names, How.IS, called(text, verb_is.end()), sentence, named.start)


def _named_behind(sentence: Sentence, calling: Calling, how: How) -> Iterator[Introduction]:
    """Look for the name behind what is introduced: "a language model called NAME"; "a language model, NAME,"."""
    text = sentence.text
    behind = _CALLED.match(text, calling.end)
    so = behind is not None and behind["so"] is not None
    named = names_at(text, behind.end()) if behind and (so or (how is How.PRESENTED and not calling.plural)) else None
    if named is None and (later := _CALLED_LATER.search(text, calling.end, calling.end + _LATER)):
        named = names_at(text, later.end())
        so = named is not None
    if named:
        yield Introduction(named.names[:1], How.PRESENTED if so else how, calling, sentence, named.start)


def _titled(text: str, at: int) -> Calling | None:
    """Read what stands behind a title's subject; after "Building" what is built, after another aim nothing."""
    first = _FIRST_WORD.match(text, at)
    word = first[1].lower() if first else ""
    lists = wording()
    building = first is not None and word in lists.building
    if not building and _aims(text, at):
        return None
    found = called(text, first.end() if first and building else at)
    bare = not found.single and not building
    return None if (found.plural and building) or (bare and _DONE.match(text, found.end)) else found


def _aims(text: str, at: int) -> bool:
    """Tell whether a phrase begins with what a paper does: "Getting Efficient LLMs"."""
    first = _FIRST_WORD.match(text, at)
    word = first[1].lower() if first else ""
    lists = wording()
    return word in lists.aiming or (word.endswith("ing") and word not in lists.language | lists.foreign)


def _said_of(text: str, named: Named) -> Calling | None:
    """Return what is said of names that were just introduced."""
    for aside in named.asides:
        if _DESCRIBED.match(text, aside):
            return called(text, aside)
    apposition = _APPOSITION.match(text, named.end) or _IS.match(text, named.end)
    if apposition:
        return None if _aims(text, apposition.end()) else called(text, apposition.end())
    return _family(text, named.end) if is_distinct(named.names[-1]) else None


_DONE = re.compile(
    r"\s*(?:as|can|are|via|by|do|in|through|from|to|know|think|see|learn|\w+ing|enhanced|guided|driven|powered|assisted)\b",
    re.IGNORECASE,
)
"""Behind "NAME: Language Models" it tells what is done to the models of others, or what they do."""
_DESCRIBED = re.compile(r"(?:an?|the|our)\s", re.IGNORECASE)


def _family(text: str, at: int) -> Calling | None:
    """Read "(NAME) family of models", "(NAME) models" behind a name."""
    words = text[at : at + 40].split()
    if not words or singular(words[0].strip(",.;:")) not in _family_words():
        return None
    found = called(text, at)
    return found if found.kind > Kind.UNTOLD else None


@cache
def _family_words() -> frozenset[str]:
    lists = wording()
    return lists.groups | lists.models | lists.language_models | {"foundation", "language", "large", "multimodal"}


@cache
def _stems() -> tuple[str, ...]:
    """Return how the verbs begin: looking for these first is ten times as fast."""
    return tuple({verb[:_TELLING] for verb in wording().presenting | wording().making} | {"open"})


@cache
def _verbs() -> re.Pattern[str]:
    """Return the expression for a verb that introduces; in the group `strong` where it presents."""

    def forms(verbs: frozenset[str]) -> str:
        return "|".join(f"{verb}(?:s|es|d|ed)?" if verb != "build" else "builds?|built" for verb in sorted(verbs))

    strong, weak = forms(wording().presenting), forms(wording().making)
    return re.compile(rf"\b(?:(?P<strong>{strong}|{_OPENING_UP})|{weak})\b(?!-)(?:\s+(?:here|publicly|also))?(?=\s)")
