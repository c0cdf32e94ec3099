r"""Whether a paper has an author of some name: case, accents, punctuation and TeX aside. Pure functions, no I/O.

Sources write one person as `Jürgen Schmidhuber`, `J. Schmidhuber` and `J\"urgen Schmidhuber`. Since accents do not
count, TeX's need not be understood, only dropped.
"""

import json
import re
from unicodedata import combining, normalize

from llmsurvey.errors import BadUsage

_TEX_ACCENT = re.compile(r"\\(?:[\"'`^~=.]|[bcdHkrtuv](?![A-Za-z]))\s*|[{}]")
_TEX_LETTER = re.compile(r"\\(?:a(?=a)|A(?=A))?(AE|ae|OE|oe|ss|[aAoOlLij])(?![A-Za-z])(?:\{\}|\s*)")
"""`\\o` is an ø, `\\ss` an ß, `\\aa` an å; the blank behind belongs to the macro."""
_WHOLE_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i", "ħ": "h", "ŋ": "n"}
)
"""Small letters that Unicode does not take apart into a letter and a mark; ß is `ss` once its case is folded."""
_JOINING = str.maketrans("", "", "'`\u2019\u00b4\u02bc")
"""Signs inside a name that some leave out: O'Neil, Oneil."""


class AuthorName:
    """A name, or part of one, to look for: each of its words stands in the name of one and the same author."""

    def __init__(self, text: str) -> None:
        self._words = name_words(text)
        if not self._words:
            raise BadUsage(f"the author {text!r} has no letter", hint="write a name, or part of one: --author Vaswani")

    def is_among(self, authors: str) -> bool:
        """Tell whether one of a paper's authors has the name; `authors` is a JSON array, as the store keeps it."""
        return any(self._is_in(name) for name in json.loads(authors))

    def sqlite(self) -> tuple[str, dict[str, str]]:
        """Return SQLite's SQL over `p.authors` that only leaves out papers without the name; `is_among` decides.

        Plain names hold the words as they are; those with accents, TeX or apostrophes are left to Python.
        """
        values = {f"author{number}": f"%{word}%" for number, word in enumerate(self._words)}
        plain = " AND ".join(f"p.authors LIKE :{name}" for name in values)
        return f"({plain} OR p.authors GLOB '*[^ -~]*' OR p.authors GLOB '*[\\''`{{]*')", values

    def _is_in(self, name: str) -> bool:
        words = " ".join(name_words(name))
        return all(word in words for word in self._words)


def name_words(name: str) -> list[str]:
    """Return the words of a name as they are compared."""
    if "\\" in name or "{" in name:
        name = _TEX_ACCENT.sub("", _TEX_LETTER.sub(r"\1", name))
    if not name.isascii():
        name = "".join(sign for sign in normalize("NFKD", name) if not combining(sign))
    name = name.casefold().translate(_WHOLE_LETTERS).translate(_JOINING)
    return "".join(sign if sign.isalnum() else " " for sign in name).split()
