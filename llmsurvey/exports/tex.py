r"""TeX in titles and names, and what it says in Unicode.

arXiv's metadata mixes raw TeX (`M\"uller`, `$\alpha$`) with UTF-8, and much of it was never compiled. So a text is cut
into runs of Unicode, sound mathematics and balanced groups; whatever does not fit is an ordinary character. The cutting
takes time linear in the length of the text. What a macro or a character means is pylatexenc's knowledge.
"""

import re
from collections.abc import Iterator
from enum import Enum, auto
from functools import lru_cache
from typing import Final, NamedTuple
from unicodedata import normalize

from pylatexenc.latex2text import LatexNodes2Text, get_default_latex_context_db

from llmsurvey.paper import folded


class Kind(Enum):
    """What a piece of a text is."""

    WORDS = auto()
    """Unicode, no TeX left in it."""
    MATH = auto()
    """TeX mathematics with its delimiters, as it came."""
    OPEN = auto()
    """The brace that opens a group; it has a CLOSE."""
    CLOSE = auto()


class Piece(NamedTuple):
    """One piece of a text."""

    kind: Kind
    text: str


_MATH = r"\$\$(?:[^$\\]|\\.)++\$\$|\$(?:[^$\\]|\\.)++\$|\\\((?:[^\\]|\\[^()])*+\\\)"
_LETTER = r"[^\W\d_]"
_ARGUMENT = rf"\{{\s*(?:\\[ij]|\\[\"'`^~=.]{_LETTER}|{_LETTER}{{1,2}})\s*\}}|\\[ij](?![A-Za-z])|{_LETTER}"
_ACCENT = rf"\\(?:[\"'`^~=.]|[bcdHkrtuv](?![A-Za-z]))\s*(?:{_ARGUMENT})"
_TORN = r"\\(?P<torn>b\{eta\}|k\{appa\}|t\{heta\}|t\{au\}|r\{ho\}|c\{hi\}|d\{elta\}|u\{psilon\})"
"""Greek letters that some submission system took for accents: arXiv has dozens of `\\b{eta}` for β."""
_TOKEN = re.compile(
    rf"(?P<math>{_MATH})|{_TORN}|(?P<accent>\{{{_ACCENT}\}}|{_ACCENT})|\\(?P<macro>[A-Za-z]+)(?:\s+|\{{\}})?"
    r"|\\(?P<escaped>[%&#_{}$^~ ,;:!/@\\-])|(?P<brace>[{}])|\$"
)
_SIGN_OF_TEX = re.compile(r"[\\${}]")
_SPACING = {" ": " ", ",": " ", ";": " ", ":": " ", "\\": " ", "!": "", "/": "", "-": ""}
_FURTHER_MACROS = {
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "BibTeX": "BibTeX",
    "S": "§",
    "copyright": "©",
    "deg": "°",
    "degree": "°",
    "lbrace": "{",
    "pounds": "£",
    "rbrace": "}",
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textbackslash": "\\",
    "textbar": "|",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textdegree": "°",
    "textgreater": ">",
    "textless": "<",
}
"""Macros that titles use, and that pylatexenc does not know or takes for something else."""
_STYLE_MACROS = (
    "emph textit textbf textrm textsf texttt textsc textsl textup textmd text mbox textnormal underline "
    "textsuperscript textsubscript ensuremath ce mathrm mathbf mathit it bf rm sf tt sc sl em sl small large"
)
_STYLES = frozenset(_STYLE_MACROS.split())
"""Macros that only change how their group looks."""
_DEEPEST_GROUP: Final = 8
"""Groups nested deeper carry no meaning in a title, and TeX has an end of its own at 255."""
_NO_CONTROLS: dict[int, str | None] = {
    code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if not chr(code).isspace()
}
_NO_CONTROLS |= dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")


def clean(text: str) -> str:
    """Fold white space, drop control characters, replace lone surrogates: text that any file can hold on one line."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return folded(text.translate(_NO_CONTROLS))


def plain(text: str) -> str:
    r"""Say in Unicode what a text says in TeX: `Schr\"{o}dinger` is `Schrödinger`; mathematics stays as it is."""
    return folded("".join(piece.text for piece in pieces(text) if piece.kind in {Kind.WORDS, Kind.MATH}))


def pieces(text: str) -> list[Piece]:
    """Cut a text into words, mathematics and groups, in order; every OPEN has its CLOSE."""
    text = clean(text)
    if not _SIGN_OF_TEX.search(text):
        return [Piece(Kind.WORDS, normalize("NFC", text))] if text else []
    return _joined(_matched(list(_tokens(text))))


def _tokens(text: str) -> Iterator[Piece]:
    position = 0
    while token := _TOKEN.search(text, position):
        if token.start() > position:
            yield Piece(Kind.WORDS, text[position : token.start()])
        kind, position = token.lastgroup, token.end()
        if kind == "math" and not _is_sound(token[0], text[position : position + 1]):
            kind, position = None, token.start() + 1
        yield _piece(token, kind)
    yield Piece(Kind.WORDS, text[position:])


def _piece(token: re.Match[str], kind: str | None) -> Piece:
    if kind == "math":
        return Piece(Kind.MATH, token[0])
    if kind == "brace":
        return Piece(Kind.OPEN if token[0] == "{" else Kind.CLOSE, token[0])
    return Piece(Kind.WORDS, _words(token, kind))


def _words(token: re.Match[str], kind: str | None) -> str:
    match kind:
        case "torn":
            return _meaning(token["torn"].translate(_NO_BRACES)) or token[0]
        case "accent":
            return _accented(token[0])
        case "macro":
            meaning = _meaning(token["macro"])
            return token[0] if meaning is None else meaning
        case "escaped":
            return _SPACING.get(token["escaped"], token["escaped"])
        case _:
            return token[0][0]


_NO_BRACES = str.maketrans("", "", "{}")
_DECODER = LatexNodes2Text(math_mode="verbatim")
_MACROS = get_default_latex_context_db()


@lru_cache(maxsize=4096)
def _accented(tex: str) -> str:
    inner = tex[1:-1] if tex.startswith("{") else tex
    return normalize("NFC", str(_DECODER.latex_to_text(inner))).strip()


@lru_cache(maxsize=4096)
def _meaning(macro: str) -> str | None:
    """Return the characters a macro without arguments stands for; None where it is not known to stand for any."""
    if macro in _STYLES:
        return ""
    if macro in _FURTHER_MACROS:
        return _FURTHER_MACROS[macro]
    meaning = getattr(_MACROS.get_macro_spec(macro), "simplify_repl", None)
    if not isinstance(meaning, str) or not meaning.strip() or not meaning.isprintable():
        return None
    return None if any(sign in meaning for sign in "\\%<>{}$") else meaning


_ESCAPE = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL)
_UNSOUND = re.compile(r"[_^]\s*(?:[_^}&]|$)|([_^])(?:[^{}\s]|\{[^{}]*\})\1")


def _is_sound(math: str, following: str) -> bool:
    """Tell mathematics from two dollar signs: "from $5 to $10" is prose, and `$x_{1$` or `$x_$` do not compile."""
    content = math[2:-2] if math.startswith(("$$", "\\(")) else math[1:-1]
    skeleton = _ESCAPE.sub("x", content)
    if not skeleton.strip() or not _is_balanced(skeleton) or _UNSOUND.search(skeleton):
        return False
    tight = not content[0].isspace() and not content[-1].isspace() and not following.isdigit()
    single = content.strip().isalpha()
    return tight or single or any(sign in content for sign in "\\^_{")


def _is_balanced(text: str) -> bool:
    depth = 0
    for brace in re.findall(r"[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _matched(tokens: list[Piece]) -> list[Piece]:
    """Make a brace without partner a character, and drop all groups of a text that nests them absurdly."""
    opened: list[int] = []
    deepest = 0
    for place, piece in enumerate(tokens):
        if piece.kind is Kind.OPEN:
            opened.append(place)
        elif piece.kind is Kind.CLOSE:
            deepest = max(deepest, len(opened))
            if opened:
                opened.pop()
            else:
                tokens[place] = Piece(Kind.WORDS, "}")
    for place in opened:
        tokens[place] = Piece(Kind.WORDS, "{")
    if deepest > _DEEPEST_GROUP:
        return [piece for piece in tokens if piece.kind in {Kind.WORDS, Kind.MATH}]
    return tokens


def _joined(tokens: list[Piece]) -> list[Piece]:
    """Join neighbouring words and drop empty groups."""
    joined: list[Piece] = []
    for piece in tokens:
        last = joined[-1].kind if joined else None
        if piece.kind is Kind.CLOSE and last is Kind.OPEN:
            joined.pop()
        elif piece.kind is Kind.WORDS and last is Kind.WORDS:
            joined[-1] = Piece(Kind.WORDS, joined[-1].text + piece.text)
        elif piece.text:
            joined.append(piece)
    return [Piece(piece.kind, normalize("NFC", piece.text)) if piece.kind is Kind.WORDS else piece for piece in joined]
