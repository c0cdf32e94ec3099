"""The Porter stemmer with its author's later departures, as SQLite's FTS5 and Lucene (and so arXiv) have it.

M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980, and the departures he lists with his own
implementation (tartarus.org/martin/PorterStemmer): words of one or two letters stay, `bli` becomes `ble`, `logi`
becomes `log`. Snowball's `porter`, the one in libraries, is the text of 1980 and also spares double consonants such
as `kk`; it stems 281 of 165,341 words of arXiv abstracts otherwise, which is why the algorithm is written out here.
"""

from functools import lru_cache

_VOWELS = frozenset("aeiou")
_SHORTEST, _LONGEST = 3, 64
"""Bytes; words outside stay as they are (the upper bound is FTS5's)."""

_STEP_2 = {
    "a": (("ational", "ate"), ("tional", "tion")),
    "c": (("enci", "ence"), ("anci", "ance")),
    "e": (("izer", "ize"),),
    "g": (("logi", "log"),),
    "l": (("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous")),
    "o": (("ization", "ize"), ("ation", "ate"), ("ator", "ate")),
    "s": (("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous")),
    "t": (("aliti", "al"), ("iviti", "ive"), ("biliti", "ble")),
}
_STEP_3 = {
    "a": (("ical", "ic"),),
    "s": (("ness", ""),),
    "t": (("icate", "ic"), ("iciti", "ic")),
    "u": (("ful", ""),),
    "v": (("ative", ""),),
    "z": (("alize", "al"),),
}
_STEP_4 = {
    "a": ("al",),
    "c": ("ance", "ence"),
    "e": ("er",),
    "i": ("ic",),
    "l": ("able", "ible"),
    "n": ("ant", "ement", "ment", "ent"),
    "o": ("ion", "ou"),
    "s": ("ism",),
    "t": ("ate", "iti"),
    "u": ("ous",),
    "v": ("ive",),
    "z": ("ize",),
}
"""Suffixes by their last letter but one; within a row the first that fits decides."""


@lru_cache(maxsize=1 << 18)
def stem(token: str) -> str:
    """Return the Porter stem of a lower-case token. Letters outside ASCII and digits count as consonants."""
    length = len(token) if token.isascii() else len(token.encode())
    if not _SHORTEST <= length <= _LONGEST:
        return token
    if token.isascii():
        return _stemmed(token)
    # FTS5 works on the bytes of UTF-8, and so must the comparison of neighbouring letters here.
    return _stemmed(token.encode().decode("latin-1")).encode("latin-1").decode(errors="surrogateescape")


def _stemmed(word: str) -> str:
    word = _step_1(word)
    for step in (_STEP_2, _STEP_3):
        word = _replace(word, step.get(word[-2:-1], ()))
    return _step_5(_step_4(word))


def _shape(word: str) -> str:
    """Write a word as its sequence of consonants (c) and vowels (v); y is a vowel behind a consonant."""
    shape, consonant = "", False
    for letter in word:
        consonant = not (letter in _VOWELS or (consonant and letter == "y"))
        shape += "c" if consonant else "v"
    return shape


def _measure(word: str) -> int:
    """Return Porter's m: how often a vowel is followed by a consonant."""
    return _shape(word).count("vc")


def _ends_short(word: str) -> bool:
    """Tell whether a word ends consonant, vowel, consonant, the last one not w, x or y (Porter's *o)."""
    return word[-1:] not in ("w", "x", "y") and _shape(word).endswith("cvc")


def _step_1(word: str) -> str:
    """Plurals, `-ed`, `-ing`, and a final `y` behind a vowel."""
    if word.endswith("s"):
        if (word.endswith("sses") and len(word) > 4) or (word.endswith("ies") and len(word) > 3):  # noqa: PLR2004
            word = word[:-2]
        elif word[-2] != "s":
            word = word[:-1]
    if word.endswith("eed") and len(word) > 3:  # noqa: PLR2004 - a suffix needs something before it
        word = word[:-1] if _measure(word[:-3]) else word
    else:
        for suffix in ("ed", "ing"):
            if word.endswith(suffix) and "v" in _shape(word[: -len(suffix)]):
                word = _tidied(word[: -len(suffix)])
                break
    if word.endswith("y") and "v" in _shape(word[:-1]):
        word = word[:-1] + "i"
    return word


def _tidied(word: str) -> str:
    """Restore what `-ed` or `-ing` took away: hopp → hop, fil → file, conflat → conflate."""
    if len(word) > 2 and word.endswith(("at", "bl", "iz")):  # noqa: PLR2004 - a suffix needs something before it
        return word + "e"
    last = word[-1]
    if len(word) > 1 and last == word[-2] and last not in _VOWELS and last not in "lsz":
        return word[:-1]
    return word + "e" if _measure(word) == 1 and _ends_short(word) else word


def _replace(word: str, suffixes: tuple[tuple[str, str], ...]) -> str:
    for suffix, replacement in suffixes:
        if word.endswith(suffix) and len(word) > len(suffix):
            rest = word[: -len(suffix)]
            return rest + replacement if _measure(rest) else word
    return word


def _step_4(word: str) -> str:
    for suffix in _STEP_4.get(word[-2:-1], ()):
        if word.endswith(suffix) and len(word) > len(suffix):
            rest = word[: -len(suffix)]
            kept = _measure(rest) <= 1 or (suffix == "ion" and not rest.endswith(("s", "t")))
            return word if kept else rest
    return word


def _step_5(word: str) -> str:
    if word.endswith("e"):
        rest, measure = word[:-1], _measure(word[:-1])
        if measure > 1 or (measure == 1 and not _ends_short(rest)):
            word = rest
    if word.endswith("ll") and _measure(word[:-1]) > 1:
        word = word[:-1]
    return word
