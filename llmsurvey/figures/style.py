"""How every picture looks: colours, line styles, sizes, fonts. The one table that figures take them from."""

import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from matplotlib import font_manager, style

BLACK = "#000000"
WHITE = "#FFFFFF"
PALE = "#FBF3A4"
ORANGE = "#E69F00"
SKY = "#56B4E9"
GREEN = "#009E73"
YELLOW = "#F0E442"
BLUE = "#0072B2"
VERMILLION = "#D55E00"
PURPLE = "#CC79A7"
GREY = "#666666"
"""The palette of Okabe and Ito (2008), told apart with every common form of colour blindness, and one grey."""

OPEN, NOT_OPEN = "weights can be downloaded", "no downloadable weights known"
"""What the two looks of a model mean; of many models nobody tells who may use them."""

PAGE_WIDTH = 8.0
"""Inches. At 600 pixels the smallest letters are still 8 pixels high in their em."""
TITLE, PANEL_TITLE, BODY, SMALL, NARROW = 12.0, 10.0, 8.5, 8.0, 7.5
"""Font sizes in points. At a text width of 6.5 inches the narrow letters are still 6 points high."""
SCREEN_DPI = 100
"""The layout is computed at this resolution, whatever the file's."""
PRINT_DPI = 200

CJK_FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei", "Droid Sans Fallback", "Microsoft YaHei", "SimHei", "PingFang SC", "Heiti SC",
    "Hiragino Sans GB", "Arial Unicode MS", "AR PL UMing CN",
)  # fmt: skip
UNKNOWN = "\ufffd"
"""What is drawn in place of letters that cannot be."""
_INVISIBLE = {"Cc", "Cs", "Cn"}
_TURNING = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
"""Marks that turn the direction of what follows, far beyond their own text."""


@lru_cache(maxsize=1)
def fonts() -> tuple[str, ...]:
    """Return the font families in the order they are tried: DejaVu Sans, which matplotlib brings, then Chinese ones."""
    installed = set(font_manager.get_font_names())
    return ("DejaVu Sans", *(name for name in CJK_FONTS if name in installed))


@contextmanager
def styled() -> Iterator[None]:
    """Draw and write with this look, whatever the user's own matplotlib settings are."""
    settings = {
        "font.family": list(fonts()),
        "font.size": BODY,
        "text.parse_math": False,  # a dollar sign in a phrase is a dollar sign
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "axes.edgecolor": GREY,
        "axes.labelsize": BODY,
        "xtick.labelsize": SMALL,
        "ytick.labelsize": SMALL,
        "grid.color": "#E5E5E5",
        "grid.linewidth": 0.6,
        "legend.fontsize": SMALL,
        "svg.fonttype": "path",  # the same letters where the font is missing
        "svg.hashsalt": "llmsurvey",
        "pdf.compression": 6,
    }
    with style.context(["default", settings]), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")  # `missing_letters` says it better
        yield


def readable(text: str) -> str:
    """Fold white space and replace what cannot be drawn or stored: controls, lone surrogates, direction marks."""
    folded = " ".join(text.split())
    if folded.isascii() and folded.isprintable():
        return folded
    return "".join(UNKNOWN if unicodedata.category(c) in _INVISIBLE or c in _TURNING else c for c in folded)


def missing_letters(texts: Iterable[str]) -> frozenset[str]:
    """Return the letters of some texts that no font of `fonts()` has."""
    letters = {letter for text in texts for letter in text if letter.isprintable() and not letter.isspace()}
    charts = [font_manager.get_font(font_manager.findfont(name)) for name in fonts()]
    return frozenset(letter for letter in letters if not any(chart.get_char_index(ord(letter)) for chart in charts))


def font_hint(missing: Iterable[str]) -> str | None:
    """Say which font to install for letters that no font has; None where all is well."""
    letters = sorted(missing)
    if not letters:
        return None
    shown = "".join(letters[:8])
    if any("CJK" in unicodedata.name(letter, "") for letter in letters):
        return (
            f"no installed font has the Chinese letters {shown}: pictures show {UNKNOWN} in their place. "
            "Install Noto Sans CJK SC (Debian, Ubuntu: apt install fonts-noto-cjk; macOS: brew install "
            "font-noto-sans-cjk-sc) and draw again."
        )
    return (
        f"no installed font has the letters {shown}: pictures show {UNKNOWN} in their place. Install a font that has "
        "them and draw again."
    )
