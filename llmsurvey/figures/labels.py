"""Where labels stand: a search for places that overlap nothing. Pure geometry in pixels; it draws nothing.

Every candidate place of a label is checked against the frame, the curves, the markers and the other labels. Of those
that touch nothing the cheapest is taken: near its point, with a leader line that crosses little. The search is a
fixed walk without chance, so that the same picture comes out every time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

CLEARANCE = 3.0
"""Pixels between a label and anything else."""
LEADER_FROM = 13.0
"""A label whose nearest edge is farther from its point than this is tied to it by a leader line."""
_OWN_POINT = 8.0
"""Pixels around a label's own point where its leader cannot but run over the curve."""
_RADII = (5.0, 9.0, 14.0, 20.0, 28.0, 38.0, 50.0, 64.0, 80.0, 100.0, 124.0, 152.0)
_DIRECTIONS = 24
_GRID = 14.0
_DEAR = 60.0
"""A label that pays more for its place may displace another one."""
_ROUNDS = 6
_CROSSED_GRAIN, _CROSSED_LEADER, _CROSSED_MARKER, _HOMELESS = 6.0, 150.0, 150.0, 5000.0
"""Prices in pixels of distance. Running along a curve costs more than crossing it."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    x0: float
    y0: float
    x1: float
    y1: float

    def grown(self, by: float) -> "Box":
        """Return the box with `by` pixels added on each side."""
        return Box(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)

    def overlaps(self, other: "Box") -> bool:
        """Tell whether two boxes share an area."""
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """Return the point of the box that is nearest to a point."""
        return min(max(x, self.x0), self.x1), min(max(y, self.y0), self.y1)


@dataclass(frozen=True, slots=True)
class Wish:
    """A label that looks for a place: the point it names, and its size."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label stands."""

    box: Box
    leader: tuple[tuple[float, float], tuple[float, float]] | None
    """From the label to its point; None where it stands close by."""


@dataclass(frozen=True, slots=True)
class _Choices:
    """The free places of one label, the cheapest first: corners, costs and leader ends, row by row."""

    wish: Wish
    boxes: Floats
    costs: Floats
    ends: Floats


def placed(
    wishes: Sequence[Wish],
    *,
    inside: Box,
    curves: Iterable[Sequence[tuple[float, float]]] = (),
    taken: Sequence[Box] = (),
) -> tuple[Place | None, ...]:
    """Find a place for each label, in the order given; None for a label that fits nowhere.

    `inside` is the frame all must stay in, `curves` are polylines and `taken` boxes that must stay free.
    """
    dust = _dust(curves)
    choices = [_choices(wish, inside.grown(-CLEARANCE), dust, _corners(taken)) for wish in wishes]
    orders = (
        range(len(wishes)),
        range(len(wishes) - 1, -1, -1),
        sorted(range(len(wishes)), key=lambda i: (wishes[i].x, wishes[i].y)),
        sorted(range(len(wishes)), key=lambda i: (-wishes[i].y, wishes[i].x)),
    )
    walks = [_walk(choices, order) for order in orders]
    found = min(walks, key=lambda walk: walk[1])[0]
    return tuple(_place(choices[i], found[i]) if i in found else None for i in range(len(wishes)))


def _walk(choices: Sequence[_Choices], order: Sequence[int]) -> tuple[dict[int, int], float]:
    """Place label by label, move each to its best place among the others, then let the dear ones displace another.

    Return the row chosen for each label that found one, and the price of it all.
    """
    found: dict[int, int] = {}
    for _ in range(_ROUNDS):
        before = dict(found)
        for i in order:
            found = _replaced(choices, found, i)
        if found == before:
            break
    price = _price(choices, found)
    for i, j in [*product(order, order)] * 2:
        if i not in found or choices[i].costs[found[i]] >= _DEAR:
            tried = _replaced(choices, found, i, j)
            cost = _price(choices, tried)
            if cost < price:
                found, price = tried, cost
    return found, price


def _replaced(choices: Sequence[_Choices], found: dict[int, int], *moved: int) -> dict[int, int]:
    """Take labels out and place them anew, one after the other."""
    placed_now = {i: row for i, row in found.items() if i not in moved}
    for i in dict.fromkeys(moved):
        best = _best(choices[i], [(choices[j], row) for j, row in placed_now.items()])
        if best is not None:
            placed_now[i] = best
    return placed_now


def _price(choices: Sequence[_Choices], found: dict[int, int]) -> float:
    price = _HOMELESS * (len(choices) - len(found)) + sum(float(choices[i].costs[row]) for i, row in found.items())
    for (i, row), (j, other) in combinations(found.items(), 2):
        one, two = choices[i], choices[j]
        end, point = two.ends[other], np.array((two.wish.x, two.wish.y))
        price += _CROSSED_LEADER * float(_cross(one.ends[row : row + 1], (one.wish.x, one.wish.y), end, point)[0])
    return price


def _dust(curves: Iterable[Sequence[tuple[float, float]]], step: float = 2.0) -> Floats:
    """Turn polylines into points at most `step` pixels apart: what a label must not cover."""
    grains = [np.empty((0, 2))]
    for curve in curves:
        line = np.asarray(curve, dtype=float).reshape(-1, 2)
        line = line[np.isfinite(line).all(axis=1)]
        grains.append(line)
        for start, end in pairwise(line):
            pieces = int(min(np.hypot(*(end - start)) // step, 5000))
            share = np.arange(1, pieces + 1)[:, None] / (pieces + 1)
            grains.append(start + (end - start) * share)
    return np.unique(np.round(np.concatenate(grains)), axis=0)


def _corners(boxes: Sequence[Box]) -> Floats:
    return np.array([(box.x0, box.y0, box.x1, box.y1) for box in boxes], dtype=float).reshape(-1, 4)


def _choices(wish: Wish, inside: Box, dust: Floats, taken: Floats) -> _Choices:
    boxes = _candidates(wish, inside)
    fits = (
        (boxes[:, 0] >= inside.x0)
        & (boxes[:, 1] >= inside.y0)
        & (boxes[:, 2] <= inside.x1)
        & (boxes[:, 3] <= inside.y1)
    )
    boxes = boxes[fits]
    wide = boxes + np.array([-CLEARANCE, -CLEARANCE, CLEARANCE, CLEARANCE])
    boxes = boxes[~_covers(wide, dust) & ~_overlap(wide, taken).any(axis=1)]
    ends = np.column_stack((np.clip(wish.x, boxes[:, 0], boxes[:, 2]), np.clip(wish.y, boxes[:, 1], boxes[:, 3])))
    away = np.hypot(ends[:, 0] - wish.x, ends[:, 1] - wish.y)
    others = taken[~_covers(taken, np.array([(wish.x, wish.y)]))]
    costs = away + _CROSSED_GRAIN * _grains_crossed(ends, wish, dust)
    costs += _CROSSED_MARKER * _run_over(ends, wish, others).sum(axis=1)
    order = np.argsort(costs, kind="stable")
    return _Choices(wish, boxes[order], costs[order], ends[order])


def _candidates(wish: Wish, inside: Box) -> Floats:
    """List places around the point, ring by ring from the upper left, then everywhere in the frame."""
    radii, turns = np.meshgrid(_RADII, np.arange(_DIRECTIONS), indexing="ij")
    angles = (np.deg2rad(135) + turns * 2 * np.pi / _DIRECTIONS).ravel()
    centre_x = wish.x + np.cos(angles) * (wish.width / 2 + radii.ravel())
    centre_y = wish.y + np.sin(angles) * (wish.height / 2 + radii.ravel())
    left = centre_x - wish.width / 2
    bottom = centre_y - wish.height / 2
    grid_x, grid_y = np.meshgrid(
        np.arange(inside.x0, max(inside.x1 - wish.width, inside.x0) + 1, _GRID),
        np.arange(inside.y0, max(inside.y1 - wish.height, inside.y0) + 1, _GRID),
    )
    x0 = np.concatenate((left, grid_x.ravel()))
    y0 = np.concatenate((bottom, grid_y.ravel()))
    return np.column_stack((x0, y0, x0 + wish.width, y0 + wish.height))


def _covers(boxes: Floats, dust: Floats) -> Bools:
    """Tell of each box whether a grain lies in it."""
    x, y = dust[:, 0], dust[:, 1]
    hit = (
        (x >= boxes[:, :1]) & (x <= boxes[:, 2:3]) & (y >= boxes[:, 1:2]) & (y <= boxes[:, 3:4])
        if len(dust)
        else np.zeros((len(boxes), 1), dtype=bool)
    )
    return np.asarray(hit.any(axis=1))


def _overlap(boxes: Floats, others: Floats) -> Bools:
    """Tell of each box (row) whether it shares an area with each other box (column)."""
    return np.asarray(
        (boxes[:, None, 0] < others[None, :, 2])
        & (others[None, :, 0] < boxes[:, None, 2])
        & (boxes[:, None, 1] < others[None, :, 3])
        & (others[None, :, 1] < boxes[:, None, 3])
    )


def _grains_crossed(ends: Floats, wish: Wish, dust: Floats) -> Floats:
    """Count the grains of curves under each leader or beside it, save close to its own point, which lies on one."""
    along = ends - np.array((wish.x, wish.y))
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
    offset = dust - np.array((wish.x, wish.y))
    reach = (along @ offset.T) / length
    aside = np.abs(along[:, 1:] * offset[:, 0] - along[:, :1] * offset[:, 1]) / length
    under = (reach > _OWN_POINT) & (reach < length) & (aside < CLEARANCE)
    return np.asarray(under.sum(axis=1), dtype=float)


def _run_over(ends: Floats, wish: Wish, boxes: Floats) -> Bools:
    """Tell of each leader, from the label's point to a row of `ends`, over which boxes (columns) it runs.

    The part of a segment inside a slab is an interval of its length; it meets the box where the two slabs' overlap.
    """
    start = np.array((wish.x, wish.y))
    along = (ends - start)[:, None, :]
    along = np.where(np.abs(along) < 1e-9, 1e-9, along)  # noqa: PLR2004 - a leader upright or level
    low, high = (boxes[None, :, :2] - start) / along, (boxes[None, :, 2:] - start) / along
    enters = np.minimum(low, high).max(axis=2)
    leaves = np.maximum(low, high).min(axis=2)
    return np.asarray((enters <= leaves) & (enters <= 1) & (leaves >= 0))


def _best(choices: _Choices, others: Sequence[tuple[_Choices, int]]) -> int | None:
    """Return the row of the cheapest place that leaves the other labels and their leaders alone."""
    if not len(choices.costs):
        return None
    margin = np.array([-CLEARANCE, -CLEARANCE, CLEARANCE, CLEARANCE])
    boxes, wish = choices.boxes + margin, choices.wish
    costs = choices.costs.copy()
    for other, row in others:
        box, end, point = other.boxes[row], other.ends[row], np.array((other.wish.x, other.wish.y))
        blocked = _overlap(boxes, box[None, :])[:, 0] | _run_over(end[None, :], other.wish, boxes)[0]
        blocked |= _run_over(choices.ends, wish, (box + margin)[None, :])[:, 0]
        costs[blocked] = np.inf
        costs += _CROSSED_LEADER * _cross(choices.ends, (wish.x, wish.y), end, point)
    row = int(np.argmin(costs))
    return row if np.isfinite(costs[row]) else None


def _cross(ends: Floats, start: tuple[float, float], end2: Floats, start2: Floats) -> Bools:
    """Tell of each leader from `start` to a row of `ends` whether it crosses the leader from `start2` to `end2`."""

    def side(a: Floats, b: Floats, c: Floats) -> Floats:
        return np.asarray(
            (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0])
        )

    here = np.array(start)
    divides = side(start2, end2, here) * side(start2, end2, ends) < 0
    return np.asarray(divides & (side(here, ends, start2) * side(here, ends, end2) < 0))


def _place(choices: _Choices, row: int) -> Place:
    x0, y0, x1, y1 = (float(edge) for edge in choices.boxes[row])
    end = (float(choices.ends[row][0]), float(choices.ends[row][1]))
    point = (choices.wish.x, choices.wish.y)
    away = np.hypot(end[0] - point[0], end[1] - point[1])
    return Place(Box(x0, y0, x1, y1), (end, point) if away > LEADER_FROM else None)
