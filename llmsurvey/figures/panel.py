"""One panel of Figure 1: a cumulative curve with the published one beside it and milestones on it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.lines import Line2D

from llmsurvey.figures.axes import paper_axis, position, time_axis
from llmsurvey.figures.coverage import State
from llmsurvey.figures.labels import placed
from llmsurvey.figures.leaders import set_down
from llmsurvey.figures.places import Box, Wish
from llmsurvey.figures.sheet import renderer_of
from llmsurvey.figures.style import BLACK, BLUE, GREY, PAGE_WIDTH, SMALL, VERMILLION, readable
from llmsurvey.month import Month

THIN = 20
"""A counted curve that ends this many times below the published one gets a logarithmic scale, so as to be seen."""
_MARKER_GAP = 7.0
"""Pixels between two hollow points of one curve."""
_LONGEST_LABEL = 28
_KEY_COLUMNS = 3
_LINES: dict[State, Any] = {
    State.COMPLETE: "-",
    State.PARTLY_KNOWN: "-",
    State.INCOMPLETE: (0, (4, 1.6)),
    State.UNREAD: (0, (1, 2)),
}
_HOLLOW = (State.PARTLY_KNOWN, State.INCOMPLETE)
_PUBLISHED = "published"

LOOKS = {
    State.PARTLY_KNOWN: "Hollow points: all matching papers are read, but arXiv as a whole only partly",
    State.INCOMPLETE: "Dashed and hollow: partial, not everything of these months is read, the count can grow",
    State.UNREAD: "Dotted: nothing is read",
}
"""How months that are not simply complete look here, and what that means."""


@dataclass(frozen=True, slots=True)
class Panel:
    """What one panel shows."""

    phrase: str
    event: str
    """Model whose milestone is marked specially."""
    counted: tuple[tuple[Month, float, State], ...]
    published: tuple[tuple[Month, float], ...]
    marks: tuple[tuple[str, Month, float], ...]
    """Milestones with their height on a curve."""
    log: bool

    @property
    def largest(self) -> float:
        """The highest value that is drawn."""
        return max((value for value in (self._top, *(value for _, value in self.published))), default=0)

    @property
    def _top(self) -> float:
        return max((value for _, value, _ in self.counted), default=0)

    @property
    def on_log_scale(self) -> bool:
        """Whether the scale is logarithmic: as asked, or as the counted curve would lie flat on the axis."""
        return self.log or (bool(self.counted) and self._top * THIN < self.largest)


def draw_panel(drawing: Drawing, axes: Axes, panel: Panel, letter: str) -> list[str]:
    """Draw a panel and return the labels that found no room."""
    months = [point[0] for point in panel.counted] + [month for month, _ in panel.published]
    if not months:
        axes.set_axis_off()
        axes.text(0.5, 0.5, "nothing counted yet", ha="center", transform=axes.transAxes, color=GREY)
        return []
    months += [month for _, month, _ in panel.marks]
    time_axis(axes, min(months), max(months))
    paper_axis(axes, panel.largest, "papers up to the end of the month", log=panel.on_log_scale)
    axes.patch.set_visible(False)  # leaders run behind curves and marks, and so behind all of the axes
    axes.plot(*_xy(panel.published), color=GREY, linewidth=0.9, zorder=3.5)
    _counted_curve(axes, panel)
    for model, month, height in panel.marks:
        axes.add_line(_mark(model, panel.event, position(month), height))
    return _label(drawing, axes, panel, letter)


def _xy(points: Iterable[tuple[Month, float]]) -> tuple[list[int], list[float]]:
    pairs = [(position(month), value) for month, value in points]
    return [x for x, _ in pairs], [y for _, y in pairs]


def _counted_curve(axes: Axes, panel: Panel) -> None:
    """Draw the curve piece by piece: a piece looks like the state of the months it leads to."""
    points = panel.counted
    pieces: dict[State, tuple[list[float], list[float]]] = {}
    for state, run in groupby(range(len(points)), key=lambda i: points[i][2]):
        indices = list(run)
        piece = points[max(indices[0] - 1, 0) : indices[-1] + 1]
        xs, ys = pieces.setdefault(state, ([], []))
        xs += [*(position(month) for month, _, _ in piece), math.nan]  # a break before the next piece
        ys += [*(value for _, value, _ in piece), math.nan]
    for state, (xs, ys) in pieces.items():
        width = 1.1 if state is State.UNREAD else 1.9
        axes.plot(xs, ys, color=BLUE, linestyle=_LINES[state], linewidth=width, zorder=3)
    hollow = _thinned(axes, [(month, value) for month, value, state in points if state in _HOLLOW])
    axes.plot(
        *_xy(hollow),
        linestyle="",
        marker="o",
        markersize=3.6,
        markerfacecolor="white",
        color=BLUE,
        zorder=4,
        clip_on=False,
    )
    if len(points) == 1 and points[0][2] is State.COMPLETE:
        axes.plot(*_xy([points[0][:2]]), linestyle="", marker="o", markersize=3.6, color=BLUE, zorder=4, clip_on=False)


def _thinned(axes: Axes, points: list[tuple[Month, float]]) -> list[tuple[Month, float]]:
    """Keep the last point and, from there back, those far enough apart to be told from each other."""
    kept: list[tuple[Month, float]] = []
    last: tuple[float, float] | None = None
    for point in reversed(points):
        x, y = axes.transData.transform((position(point[0]), point[1]))
        if last is None or abs(x - last[0]) + abs(y - last[1]) >= _MARKER_GAP:
            kept.append(point)
            last = (x, y)
    return kept[::-1]


def _mark(model: str, event: str, x: float, y: float) -> Line2D:
    if model.casefold() == event.casefold():
        return Line2D(
            [x],
            [y],
            marker="*",
            markersize=12,
            color=VERMILLION,
            markeredgecolor=BLACK,
            linestyle="",
            zorder=6,
            clip_on=False,
        )
    return Line2D([x], [y], marker="D", markersize=4.4, color=BLACK, linestyle="", zorder=5, clip_on=False)


def _label(drawing: Drawing, axes: Axes, panel: Panel, letter: str) -> list[str]:
    """Write the names of the milestones, and of the published curve, where they cover nothing."""
    points = [(position(month), height) for _, month, height in panel.marks]
    names = [name for name, *_ in panel.marks]
    if panel.published:
        month, height = panel.published[-1]
        points.append((position(month), height))
        names.append(_PUBLISHED)
    pixels = [(float(x), float(y)) for x, y in (axes.transData.transform(point) for point in points)]
    colours = [VERMILLION if name.casefold() == panel.event.casefold() else BLACK for name in names]
    if panel.published:
        colours[-1] = GREY
    texts = [
        drawing.text(0, 0, _cut(name), size=SMALL, color=colour, weight="bold" if colour == VERMILLION else "normal",
                     va="bottom", gid=f"label-{letter}-{i}")
        for i, (name, colour) in enumerate(zip(names, colours, strict=True))
    ]  # fmt: skip
    extents = [text.get_window_extent(renderer_of(drawing)) for text in texts]
    wishes = [Wish(*pixel, box.width, box.height) for pixel, box in zip(pixels, extents, strict=True)]
    frame = axes.get_window_extent()
    places = placed(
        wishes,
        inside=Box(frame.x0, frame.y0, frame.x1, frame.y1),
        curves=[_pixels(axes, [point[:2] for point in panel.counted]), _pixels(axes, panel.published)],
        taken=[_mark_box(*pixels[i], special=colours[i] == VERMILLION) for i in range(len(panel.marks))],
    )
    set_down(drawing, texts, extents, places, layer=-0.5)
    return [name for name, place in zip(names, places, strict=True) if place is None]


def _cut(name: str) -> str:
    text = readable(name)
    return text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1].rstrip()}…"


def _pixels(axes: Axes, points: Sequence[tuple[Month, float]]) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (axes.transData.transform((position(m), v)) for m, v in points)]


def _mark_box(x: float, y: float, *, special: bool) -> Box:
    return Box(x, y, x, y).grown(9 if special else 5)


def _key(panels: Sequence[Panel]) -> list[tuple[Artist, str]]:
    """Explain what occurs in the panels, nothing else."""
    states = {state for panel in panels for _, _, state in panel.counted}
    names = {
        State.COMPLETE: "counted, complete month",
        State.PARTLY_KNOWN: "counted, arXiv partly known",
        State.INCOMPLETE: "counted, incomplete month",
        State.UNREAD: "month not read",
    }
    rows: list[tuple[Artist, str]] = [
        (
            Line2D([], [], color=BLUE, linestyle=_LINES[state], linewidth=1.1 if state is State.UNREAD else 1.9,
                   marker="o" if state in _HOLLOW else "", markersize=3.6, markerfacecolor="white"),
            name,
        )
        for state, name in names.items()
        if state in states
    ]  # fmt: skip
    if any(panel.published for panel in panels):
        rows.append((Line2D([], [], color=GREY, linewidth=0.9), "published survey"))
    event = next((panel.event for panel in panels if any(_is_event(mark, panel) for mark in panel.marks)), None)
    if event:
        rows.append((_mark(event, event, 0, 0), f"{event} released"))
    if any(not _is_event(mark, panel) for panel in panels for mark in panel.marks):
        rows.append((_mark("", "other", 0, 0), "other milestone" if event else "milestone"))
    return rows


def _is_event(mark: tuple[str, Month, float], panel: Panel) -> bool:
    return mark[0].casefold() == panel.event.casefold()


def key_rows(panels: Sequence[Panel]) -> int:
    """Return how many rows the key takes."""
    return -(-len(_key(panels)) // _KEY_COLUMNS)


def draw_key(drawing: Drawing, panels: Sequence[Panel], top: float) -> None:
    """Draw the key outside the panels, `top` inches below the page's upper edge."""
    rows = _key(panels)
    if rows:
        drawing.legend(
            [sample for sample, _ in rows], [readable(name) for _, name in rows], loc="upper left",
            bbox_to_anchor=(0.15 / PAGE_WIDTH, 1 - top / drawing.get_figheight()), ncols=_KEY_COLUMNS, frameon=False,
            borderaxespad=0, borderpad=0, handlelength=2.6, columnspacing=1.6, labelspacing=0.35,
        )  # fmt: skip
