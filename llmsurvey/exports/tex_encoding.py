"""Any text as TeX that compiles, inside a BibTeX field. What TeX calls a character is pylatexenc's knowledge."""

import re
from functools import lru_cache
from unicodedata import category

from pylatexenc.latexencode import UnicodeToLatexEncoder

_SPECIAL = {character: f"\\{character}" for character in "%&#_$"} | {
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "\\": r"{\textbackslash}",
    "{": r"{\ensuremath{\lbrace}}",  # BibTeX counts \{ as a brace, so that a lone one swallows the file
    "}": r"{\ensuremath{\rbrace}}",
    "<": r"{\ensuremath{<}}",  # in TeX's oldest font encoding a bare < prints an inverted exclamation mark
    ">": r"{\ensuremath{>}}",
    "|": r"{\ensuremath{|}}",
    "@": "{@}",  # a parser that looks for entries takes "@word {" for one
}
_SPECIAL_CODES = str.maketrans(_SPECIAL)
_BEYOND_ASCII = re.compile(r"[^\x20-\x7e]|[%&#_$~^\\{}<>|@]")
_ENCODER = UnicodeToLatexEncoder(
    unknown_char_policy="unihex", replacement_latex_protection="braces-all", unknown_char_warning=False
)


def encoded(words: str, *, ascii_only: bool) -> str:
    """Write words, which hold no TeX, as TeX that prints them; a character TeX has no name for becomes ⟨U+4E2D⟩."""
    if not ascii_only:
        return words.translate(_SPECIAL_CODES)
    return _BEYOND_ASCII.sub(lambda sign: _in_ascii(sign[0]), words)


@lru_cache(maxsize=8192)
def _in_ascii(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if category(character) == "Cf":
        return ""  # a mark of direction or joining; TeX would print its number
    written = str(_ENCODER.unicode_to_latex(character))
    return written if written.startswith("{") or written.isalnum() or written == " " else f"{{{written}}}"


_MATH_SIGN = re.compile(r"\\\\|\\[{}]|\\.|[%#&@]|[^\x00-\x7f]", re.DOTALL)


def encoded_math(math: str, *, ascii_only: bool) -> str:
    """Write mathematics so that it survives inside a BibTeX field, between dollar signs."""
    content = math[2:-2] if math.startswith(("$$", "\\(")) else math[1:-1]
    tabular = "\\begin" in content
    return f"${_MATH_SIGN.sub(lambda sign: _math_sign(sign[0], tabular, ascii_only), content)}$"


def _math_sign(sign: str, tabular: bool, ascii_only: bool) -> str:
    if not sign.isascii():
        sign = sign[-1]  # no command is named so: with a backslash before it, it is meant as it is
        written = _in_ascii(sign) if ascii_only else sign
        return written if not ascii_only or written.startswith(r"{\ensuremath") else rf"\mbox{{{written}}}"
    if sign == "&":
        return sign if tabular else r"\&"
    safe = {"\\\\": "\\\\ ", r"\{": r"\lbrace ", r"\}": r"\rbrace ", "%": r"\%", "#": r"\#", "@": "{@}"}
    return safe.get(sign, sign)
