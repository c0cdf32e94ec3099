"""The sheet: a page with a title, panels in rows and text below, laid out by measured text so that nothing is cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure as Drawing
from matplotlib.font_manager import FontProperties

from llmsurvey.figures.style import BLACK, BODY, PAGE_WIDTH, PANEL_TITLE, SCREEN_DPI, TITLE, readable

MARGIN, _LEFT, _GAP = 0.15, 0.8, 0.75
"""Inches: around the page, left of a panel for its axis, between two panels."""
_AXIS = 0.45
"""Inches below a panel for its ticks and axis label."""
_LEADING = 1.35
"""Height of a line of text over its font size."""
_POINTS_AN_INCH = 72
_TITLE_LINES = 2
TEXT_LINES = 4
"""Of one paragraph; the table and the metadata have the whole text."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of text that is wrapped to the page's width."""

    text: str
    size: float = BODY
    colour: str = BLACK
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a page beside the panels' content."""

    title: str
    panels: Sequence[str]
    """The panels' titles."""
    columns: int
    panel_height: float
    """Inches."""
    below: Sequence[Paragraph]
    key_rows: int = 0
    """Rows of the key between title and panels."""
    left: float = _LEFT
    """Inches left of a panel, for its axis."""
    axis: float = _AXIS
    """Inches below a panel, for its ticks."""

    def laid_out(self) -> tuple[Drawing, list[Axes]]:
        """Return the page as a drawing, and the empty axes of its panels."""
        columns = max(1, min(self.columns, len(self.panels)))
        width = (PAGE_WIDTH - self.left - MARGIN - (columns - 1) * _GAP) / columns
        heads = [
            wrapped(title, width, PANEL_TITLE, bold=True, most=_TITLE_LINES) if title else [] for title in self.panels
        ]
        top = [
            (line, Paragraph(self.title, TITLE, bold=True))
            for line in wrapped(self.title, _text_width(), TITLE, bold=True)
        ]
        text = [
            (line, part) for part in self.below for line in wrapped(part.text, _text_width(), part.size, bold=part.bold)
        ]
        head = _height(PANEL_TITLE) * max((len(lines) for lines in heads), default=0)
        head += 0.08 if head else 0
        rows = -(-len(self.panels) // columns)
        title_height = sum(_height(part.size) for _, part in top) + self.key_rows * 0.2 + 0.08
        text_height = sum(_height(part.size) for _, part in text)
        row_height = head + self.panel_height + self.axis
        height = MARGIN + title_height + rows * row_height + text_height + MARGIN
        drawing = Drawing(figsize=(PAGE_WIDTH, height), dpi=SCREEN_DPI)
        FigureCanvasAgg(drawing)
        _write(drawing, top, height - MARGIN)
        _write(drawing, text, MARGIN + text_height)
        axes = []
        for i, lines in enumerate(heads):
            row, column = divmod(i, columns)
            left = self.left + column * (width + _GAP)
            ceiling = height - MARGIN - title_height - row * row_height
            box = (left / PAGE_WIDTH, (ceiling - head - self.panel_height) / height)
            axes.append(drawing.add_axes((*box, width / PAGE_WIDTH, self.panel_height / height)))
            _write(drawing, [(line, Paragraph(line, PANEL_TITLE, bold=True)) for line in lines], ceiling, left)
        return drawing, axes

    @property
    def key_top(self) -> float:
        """Inches from the top of the page to the key."""
        return MARGIN + _height(TITLE) * len(wrapped(self.title, _text_width(), TITLE, bold=True))


def letter(i: int) -> str:
    """Name the panels a, b, c …; behind z by number."""
    return "abcdefghijklmnopqrstuvwxyz"[i] if i < 26 else str(i + 1)  # noqa: PLR2004 - letters


def renderer_of(drawing: Drawing) -> RendererAgg:
    """Return what measures text on a drawing."""
    width, height = drawing.get_size_inches() * drawing.dpi
    return RendererAgg(width, height, drawing.dpi)  # type: ignore[no-untyped-call]


def wrapped(text: str, width: float, size: float, *, bold: bool = False, most: int = TEXT_LINES) -> list[str]:
    """Break a text into lines of at most `width` inches, words where possible; after `most` lines an ellipsis."""
    lines: list[str] = []
    line = ""
    taken, blank = 0.0, width_of("n n", size, bold=bold) - 2 * width_of("n", size, bold=bold)
    for word in readable(text).split(" "):
        added = width_of(word, size, bold=bold)
        if line and taken + blank + added <= width:
            line, taken = f"{line} {word}", taken + blank + added
            continue
        if line:
            lines.append(line)
        line = word
        while len(lines) <= most and len(line) > 1 and width_of(line, size, bold=bold) > width:
            fits = _fitting(line, width, size, bold=bold)
            lines.append(line[:fits])
            line = line[fits:]
        taken = width_of(line, size, bold=bold)
        if len(lines) > most:
            break
    lines.append(line)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and width_of(f"{last}…", size, bold=bold) > width:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip()}…"]


def _fitting(word: str, width: float, size: float, *, bold: bool) -> int:
    """Return how many letters of a word too long for a line fit into it, at least one."""
    low, high = 1, len(word)
    while low + 1 < high:
        middle = (low + high) // 2
        low, high = (middle, high) if width_of(word[:middle], size, bold=bold) <= width else (low, middle)
    return low


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, *, bold: bool) -> float:
    """Measure a line in inches. A very long one is not measured letter by letter: it fits no line."""
    if len(text) > 1000:  # noqa: PLR2004 - letters
        return float("inf")
    font = FontProperties(size=size, weight="bold" if bold else "normal")
    measured = _RULER.get_text_width_height_descent(text, font, ismath=False)[0]  # type: ignore[no-untyped-call]
    return float(measured) / SCREEN_DPI


def _height(size: float) -> float:
    return size * _LEADING / _POINTS_AN_INCH


def _text_width() -> float:
    return PAGE_WIDTH - 2 * MARGIN


def _write(drawing: Drawing, lines: Sequence[tuple[str, Paragraph]], top: float, left: float = MARGIN) -> None:
    """Write lines one below the other, from `top` inches above the page's lower edge."""
    height = drawing.get_figheight()
    for line, part in lines:
        drawing.text(
            left / PAGE_WIDTH, top / height, line, size=part.size, color=part.colour, va="top",
            weight="bold" if part.bold else "normal", gid=f"text-{len(drawing.texts)}",
        )  # fmt: skip
        top -= _height(part.size)


_RULER = RendererAgg(16, 16, SCREEN_DPI)  # type: ignore[no-untyped-call]
