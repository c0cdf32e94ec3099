"""What a phrase calls a thing: "a 7B vision-language model for law" is a language model, "a framework …" is none."""

import re
from dataclasses import dataclass
from enum import IntEnum

from llmsurvey.knowledge.candidates.wording import singular, wording

_DETERMINER = re.compile(
    r"(?:(?:an?|the|our|its|their|one|two|three|four|five|six|several|both|first|new|novel|of)\b\s*)*", re.IGNORECASE
)
_ARTICLE = re.compile(r"(?:an?|the|our|one)\b", re.IGNORECASE)
_PART = re.compile(r"\s*(?:(?P<word>[\w+#%.’'/&-]*[\w+%])|(?P<aside>\([^()]*\))|(?P<sign>\S))")
_SUFFIX = re.compile(r"\s?-?(?:based|driven|powered|guided|assisted|enhanced|augmented)\b|-\w+")
_NEXT = re.compile(r"\s+([\w-]+)")
_PURPOSE = re.compile(
    r"\s*(?:(?:designed|developed|built|trained|tailored|capable)\s+)?(?:specifically\s+)?(?:for|of|to)\b([^.,;:]{0,80})"
)
_SIZE = re.compile(r"\d+(?:\.\d+)?[BM]")
_WORDS = re.compile(r"[\w-]+")
_LONGEST = 22
_ADJECTIVE = re.compile(
    r"compact|open|light|large|small|tiny|fast|dense|lean|deep|long|rich|safe|[\w-]*(?:al|ed|ive|able|ible|ful|ic|ous|ent|ant|scale|source|weight|domain|purpose|ight|art|st|ise|first|end)"
)
_UNLIKE = frozenset({"action", "vla", "n-gram", "protein", "dna", "genomic", "world"})
"""Words that make even a language model one of something else."""
_DOING = re.compile(r"\w+ing|\w{2,}ed|born|built|made|fit|aware")
"""Behind the noun such a word begins a clause: "a language model born for …"."""
_HELPED = re.compile(
    r"\S+-(?:guided|driven|conditioned|grounded|aware|enhanced|assisted|powered|informed|augmented|aligned|inspired|agnostic)"
)
"""A word that tells what helps a model, not what it is."""
_HELPING = re.compile(
    r"(enhanced|powered|based|driven|guided|assisted|augmented|integrated)\s+(?!with|by|via|through|to|for|on|in|from)\w"
)
"""Between two nouns such a word tells what helps the second one."""
_OF_MORE = re.compile(r"(?:vision|visual|speech)-?-language-(?!model)\w+", re.IGNORECASE)
"""`vision-language-action`: a model of more than language, such as of robots."""
_BUILT = frozenset({"transformer", "decoder"})
"""What language models are built like, and others too."""


class Kind(IntEnum):
    """What something is called, from what is surely no new language model to what surely is one."""

    THING = -1
    """No model: a framework, a benchmark, a method."""
    UNTOLD = 0
    FOREIGN = 1
    """A model of something else than language."""
    MODEL = 2
    """A model, of what is not said."""
    MULTIMODAL = 3
    """A multimodal model: one of language where the paper speaks of language models."""
    REASONING = 4
    """One that reasons, chats, translates or codes: the same."""
    LANGUAGE = 5
    """A language model, in so many words."""


@dataclass(frozen=True, slots=True)
class Calling:
    """A noun phrase, read."""

    kind: Kind
    phrase: str
    """Without its article."""
    start: int
    end: int
    """Where it ends in the text."""
    single: bool
    """Whether "a" or "the" stands before it: then it is about one thing, and no label."""

    @property
    def plural(self) -> bool:
        """Whether it speaks of several things that are no group: "language models", not "a family of them"."""
        head = self.phrase.partition(" of ")[0].split()[-1:] or [""]
        return head[0].lower() != singular(head[0]) and singular(head[0]) not in wording().groups


def called(text: str, at: int = 0) -> Calling:
    """Read the noun phrase that begins at a place of a text."""
    found = _DETERMINER.match(text, at)
    start = at = found.end() if found else at
    words: list[str] = []
    while len(words) < _LONGEST and (part := _PART.match(text, at)):
        word, aside = part["word"], part["aside"]
        if word and (helped := _HELPING.match(text, part.start("word"))) and words:  # "an LLM enhanced chatbot"
            words[-1] += "-enhanced"
            at = helped.end(1)
            continue
        if word and _ends(word.lower(), words) and not (word.endswith("ing") and _goes_on(text, part.end())):
            break
        suffix = _SUFFIX.match(text, part.end()) if aside else None
        if suffix:  # "large language model (LLM)-based framework"
            words.append(suffix[0])
            at = suffix.end()
            continue
        if (
            (aside or part["sign"] == "," or word == "and")
            and _is_noun(words)
            and not (aside and _goes_on(text, part.end()))
        ):
            break
        if part["sign"] not in (None, ","):
            break
        words += [word] if word else []
        at = part.end()
    single = found is not None and _ARTICLE.match(found[0]) is not None
    return Calling(_kind(words, text, at), text[start:at].strip(), start, at, single)


def _ends(low: str, words: list[str]) -> bool:
    """Tell whether a word ends the phrase before it."""
    lists = wording()
    if low in {"of", "in", "to"} and words and singular(words[-1]) in lists.groups:
        return False
    if low in lists.stopping or low in {"of", "in", "to"}:
        return low not in lists.participles or _is_noun(words)
    if _DOING.fullmatch(low) and words:
        return _head(words) in lists.things | lists.models | lists.language_models
    return False


def _goes_on(text: str, at: int) -> bool:
    """Tell whether the phrase goes on behind a parenthesis: "a large language model (LLM) framework"."""
    found = _NEXT.match(text, at)
    lists = wording()
    return bool(found) and singular(found[1] if found else "") in lists.things | lists.groups | lists.models


def _is_noun(words: list[str]) -> bool:
    """Tell whether a phrase can end with its last word."""
    if not words:
        return False
    low = words[-1].lower()
    if _SIZE.fullmatch(words[-1]):  # "4B and 9B models"
        return False
    return _names_model(words) or (
        low not in wording().language | wording().foreign | wording().multimodal and not _ADJECTIVE.fullmatch(low)
    )


def _head(words: list[str]) -> str:
    """Return the noun that says what it is."""
    return singular(re.split("[-/]", words[-1])[-1]) if words else ""


def _names_model(words: list[str]) -> bool:
    """Tell whether a phrase names a model; "family" and its like count for the model before or behind them."""
    lists = wording()
    head = _head(words)
    if head in lists.models | lists.language_models or singular(words[-1]) in lists.language_models:
        return True
    if head in lists.groups and len(words) > 1:
        return _names_model(words[:-1])
    return _follows(words)


def _follows(words: list[str]) -> bool:
    """Tell whether a phrase names a model by the one before it: "a successor to Ovis2"."""
    last = words[-1]
    joint = words[-2:-1] or [""]
    named = any(map(str.isdigit, last)) or last[1:] != last[1:].lower()
    return named and joint[0] in {"of", "to", "in", "the"} and singular(words[0]) in wording().groups


def _kind(words: list[str], text: str, end: int) -> Kind:
    lists = wording()
    if not words or not _names_model(words):
        return Kind.THING if _head(words) in lists.things else Kind.UNTOLD
    own = [word for word in words if not _HELPED.fullmatch(word.lower())]
    spoken = {part for word in own for part in (word.lower(), *map(singular, (word, *re.split("[-/]", word))))}
    found = _PURPOSE.match(text, end)
    purpose = set(map(singular, _WORDS.findall(found[1]))) if found else set()
    if (spoken | purpose) & _UNLIKE or any(map(_OF_MORE.fullmatch, words)):
        return Kind.FOREIGN
    if spoken & lists.language_models or "language" in spoken:
        return Kind.LANGUAGE
    if spoken & lists.foreign:
        return Kind.FOREIGN
    if _head(words) in _BUILT or not spoken & (lists.language | lists.multimodal):
        return Kind.FOREIGN if purpose & lists.foreign and not purpose & lists.language else Kind.MODEL
    return Kind.REASONING if spoken & lists.language else Kind.MULTIMODAL
