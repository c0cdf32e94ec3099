r"""TeX accents and letters as arXiv itself turns them into Unicode for its API: `G\"{o}del` is `Gödel`. Pure.

OAI-PMH hands out raw TeX, so that without this the same paper would differ between the two services. Mathematics
between dollar signs stays as it is, and so does every other macro. What an accent means is pylatexenc's knowledge.
"""

import re
from functools import lru_cache
from unicodedata import normalize

from pylatexenc.latex2text import LatexNodes2Text

_LETTER = r"[^\W\d_]"
_SIGN = rf"\\[\"'`^~=.]\s*(?:\{{\s*(?:\\[ij]|{_LETTER})\s*\}}|\\[ij](?![A-Za-z])|{_LETTER})"
"""An accent that is a sign: the letter may follow at once."""
_NAMED = rf"\\[bcdHkrtuv](?:\s*\{{\s*(?:\\[ij]|{_LETTER})\s*\}}|\s*\\[ij](?![A-Za-z])|\s+{_LETTER})"
"""An accent that is a letter: the one it stands on is apart from it."""
_NAMES = r"(?:ss|oe|OE|ae|AE|aa|AA|dh|DH|dj|DJ|th|TH|ng|NG|[oOlLij])(?![A-Za-z])"
_OWN = rf"\\{_NAMES}(?:\s*\{{\}}|\s+(?=[a-z]))?"
r"""A letter of its own: `\o`, `\ss{}`."""
_ACCENTED = rf"{_SIGN}|{_NAMED}|{_OWN}"
_MATH = r"\$\$?[^$]*\$\$?"
_OTHER = rf"\\(?!{_NAMES})[A-Za-z]{{2,}}\{{?"
"""Any other macro, with the brace that opens its argument: that one does not belong to an accent inside."""
_PIECE = re.compile(rf"(?P<kept>\\\\|\\\$|{_MATH}|{_OTHER})|\{{(?P<grouped>{_ACCENTED})\}}|(?P<bare>{_ACCENTED})")
_DECODER = LatexNodes2Text(math_mode="verbatim")


def decoded(text: str) -> str:
    """Return a text with its TeX accents and letters in Unicode (NFC for those that changed)."""
    if "\\" not in text:
        return text
    return _PIECE.sub(_piece, text)


def _piece(piece: re.Match[str]) -> str:
    return piece["kept"] or _unicode(piece["grouped"] or piece["bare"])


@lru_cache(maxsize=4096)
def _unicode(tex: str) -> str:
    """Say one accent in Unicode; what cannot be said in letters stays TeX."""
    said = normalize("NFC", str(_DECODER.latex_to_text(tex))).strip()
    return said if said and "\\" not in said else tex
