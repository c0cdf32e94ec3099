"""Check of the fonts: whether one of those that matplotlib finds has Chinese letters."""

from collections.abc import Iterator

from matplotlib.font_manager import fontManager, get_font

from llmsurvey.doctor.finding import Finding, Status

_LETTERS = "语言模型"
"""Simplified Chinese: "language model"."""
_PLACEHOLDER = "Last Resort"
"""A font in which every letter is a box."""
_SUGGESTION = (
    "for Chinese labels install Noto Sans CJK SC (Debian, Ubuntu: apt install fonts-noto-cjk; "
    "macOS: brew install font-noto-sans-cjk-sc)"
)


def fonts() -> Iterator[Finding]:
    """Look for a font with Chinese letters; without one pictures cannot show them."""
    for entry in fontManager.ttflist:
        if entry.name.startswith(_PLACEHOLDER):
            continue
        if all(get_font(entry.fname).get_char_index(ord(letter)) for letter in _LETTERS):
            yield Finding("fonts", Status.OK, f"{entry.name} has Chinese letters")
            return
    yield Finding("fonts", Status.WARN, "no installed font has Chinese letters", _SUGGESTION)
