"""TeX accents as arXiv turns them into UTF-8 for its API and for OAI formats `arXiv` and `oai_dc`. No I/O.

Only accents: mathematics between dollar signs stays, as it does at arXiv.
"""

import re
import unicodedata

_MARKS = {
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "c": "\u0327",
    "v": "\u030c",
    "u": "\u0306",
    "H": "\u030b",
    "k": "\u0328",
}
_LETTERS = {r"\ss": "ß", r"\o": "ø", r"\O": "Ø", r"\l": "ł", r"\L": "Ł", r"\ae": "æ", r"\AE": "Æ", r"\aa": "å"}
_ACCENT = re.compile(r"\{?\\(['`^\"~=.])\{?(\\?[A-Za-z])\}?\}?|\{?\\([cvuHk])(?:\{([A-Za-z])\}| ([A-Za-z]))\}?")
_LETTER = re.compile(r"\{?(\\(?:ss|ae|AE|aa|o|O|l|L))(?![A-Za-z])(?:\{\}|\}| )?")


def decoded(text: str) -> str:
    """Return a text with its TeX accents as letters."""
    if "\\" not in text:
        return text
    text = _ACCENT.sub(_accented, text)
    return _LETTER.sub(lambda letter: _LETTERS[letter[1]], text)


def _accented(accent: re.Match[str]) -> str:
    mark, letter = accent[1] or accent[3], accent[2] or accent[4] or accent[5]
    return unicodedata.normalize("NFC", letter.removeprefix("\\") + _MARKS[mark])
