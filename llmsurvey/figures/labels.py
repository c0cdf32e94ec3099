"""Where labels stand: a search for places that overlap nothing. Pure geometry in pixels; it draws nothing.

Every candidate place of a label is checked against the frame, the curves, the markers and the other labels. Of those
that touch nothing the cheapest is taken: near its point, with a leader line that crosses little. The search is a
fixed walk without chance, so that the same picture comes out every time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations, product

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
_RADII = (5.0, 9.0, 15.0, 25.0, 40.0)
_DIRECTIONS = 16
_SHELVES = (6.0, 14.0, 24.0, 35.0, 46.0, 58.0, 70.0, 84.0, 100.0, 120.0)
"""Heights above and below a point at which labels may stand like flags on a pole …"""
_SHIFTS = (-1.0, -0.85, -0.65, -0.5, -0.35, -0.15, 0.0)
"""… and how far they are shifted against it, in their own width."""
_GRID_X, _GRID_Y = 32.0, 16.0
_CANDIDATES, _TABLE = 240, 3000
"""Places looked at closely: of one label, and of all together, so that the table of conflicts stays small."""
_LIFTED = (2, 3, 4)
"""How many labels are lifted at a time; where there are `_MANY`, never the largest number."""
_MANY = 20
_FORBIDDEN = 1e6
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
    dust = _dust([*curves, *([(wish.x, wish.y)] for wish in wishes)])
    if not wishes:
        return ()
    most = int(min(_CANDIDATES, _TABLE / len(wishes)))
    choices = [_choices(wish, inside.grown(-CLEARANCE), dust, _corners(taken), most) for wish in wishes]
    found = _searched(choices, _conflicts(choices, most), most)
    return tuple(_place(mine, row) if row < len(mine.costs) else None for mine, row in zip(choices, found, strict=True))


def _searched(choices: Sequence[_Choices], conflicts: NDArray[np.float32], homeless: int) -> list[int]:
    """Return the row of each label's place; `homeless` for a label without one.

    All labels are placed one by one; then each label and its nearest neighbours are lifted and set down again, in
    every order, and what is cheaper is kept.
    """
    n = len(choices)
    own = np.full((n, homeless + 1), np.inf)
    own[:, homeless] = _HOMELESS
    for i, mine in enumerate(choices):
        own[i, : len(mine.costs)] = mine.costs
    everyone = np.arange(n)
    rows = np.full(n, homeless)

    def settled(before: NDArray[np.intp], moved: Sequence[int]) -> tuple[float, NDArray[np.intp]]:
        after = before.copy()
        after[list(moved)] = homeless
        for i in moved:
            after[i] = int(np.argmin(own[i] + conflicts[i, everyone, :, after].sum(axis=0)))
        clashes = conflicts[everyone[:, None], everyone[None, :], after[:, None], after[None, :]].sum() / 2
        return float(own[everyone, after].sum() + clashes), after

    price, rows = settled(rows, range(n))
    for _ in range(2):
        before = price
        for i, size in product(range(n), _LIFTED if n <= _MANY else _LIFTED[:2]):
            here = choices[i].wish
            near = sorted(range(n), key=lambda j: abs(choices[j].wish.x - here.x) + abs(choices[j].wish.y - here.y))
            for moved in permutations(near[:size]):
                cost, tried = settled(rows, moved)
                if cost < price:
                    price, rows = cost, tried
        if price == before:
            break
    return [int(row) for row in rows]


def _conflicts(choices: Sequence[_Choices], most: int) -> NDArray[np.float32]:
    """Tabulate what each place of each label costs beside each place of each other label."""
    n = len(choices)
    table = np.zeros((n, n, most + 1, most + 1), dtype=np.float32)
    for (i, one), (j, two) in combinations(enumerate(choices), 2):
        margin = np.array([-CLEARANCE, -CLEARANCE, CLEARANCE, CLEARANCE])
        clash = _overlap(one.boxes + margin, two.boxes)
        clash |= _run_over(one.ends, one.wish, two.boxes + margin) | _run_over(two.ends, two.wish, one.boxes + margin).T
        costs = np.where(clash, _FORBIDDEN, _CROSSED_LEADER * _cross(one, two))
        table[i, j, : len(one.costs), : len(two.costs)] = costs
        table[j, i, : len(two.costs), : len(one.costs)] = costs.T
    return table


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


def _choices(wish: Wish, inside: Box, dust: Floats, taken: Floats, most: int) -> _Choices:
    """Return at most so many free places of a label: half of them the cheapest, the rest spread over the others."""
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
    half = most // 2
    if len(order) > most:
        order = np.concatenate((order[:half], order[half :: -(-(len(order) - half) // (most - half))]))
    return _Choices(wish, boxes[order], costs[order], ends[order])


def _candidates(wish: Wish, inside: Box) -> Floats:
    """List places around the point, above and below it, and everywhere in the frame."""
    radii, turns = (part.ravel() for part in np.meshgrid(_RADII, np.arange(_DIRECTIONS), indexing="ij"))
    angles = np.deg2rad(135) + turns * 2 * np.pi / _DIRECTIONS
    ring_x = wish.x + np.cos(angles) * (wish.width / 2 + radii) - wish.width / 2
    ring_y = wish.y + np.sin(angles) * (wish.height / 2 + radii) - wish.height / 2
    shelves, shifts = (part.ravel() for part in np.meshgrid(_SHELVES, _SHIFTS, indexing="ij"))
    shelf_x = np.tile(wish.x + shifts * wish.width, 2)
    shelf_y = np.concatenate((wish.y + shelves, wish.y - shelves - wish.height))
    grid_x, grid_y = np.meshgrid(
        np.arange(inside.x0, max(inside.x1 - wish.width, inside.x0) + 1, _GRID_X),
        np.arange(inside.y0, max(inside.y1 - wish.height, inside.y0) + 1, _GRID_Y),
    )
    x0 = np.concatenate((ring_x, shelf_x, grid_x.ravel()))
    y0 = np.concatenate((ring_y, shelf_y, grid_y.ravel()))
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
    enters, leaves = np.zeros((len(ends), len(boxes))), np.ones((len(ends), len(boxes)))
    for axis, start in enumerate((wish.x, wish.y)):
        along = ends[:, axis] - start
        along = np.where(np.abs(along) < 1e-9, 1e-9, along)[:, None]  # noqa: PLR2004 - a leader upright or level
        low, high = (boxes[None, :, axis] - start) / along, (boxes[None, :, axis + 2] - start) / along
        np.maximum(enters, np.minimum(low, high), out=enters)
        np.minimum(leaves, np.maximum(low, high), out=leaves)
    return np.asarray(enters <= leaves)


def _cross(one: _Choices, two: _Choices) -> Bools:
    """Tell of each leader of one label (row) whether it crosses each leader of another (column)."""

    def side(a: Floats, b: Floats, c: Floats) -> Floats:
        ahead, aside = b - a, c - a
        return np.asarray(ahead[..., 0] * aside[..., 1] - ahead[..., 1] * aside[..., 0])

    here, there = np.array((one.wish.x, one.wish.y)), np.array((two.wish.x, two.wish.y))
    ends, others = one.ends[:, None, :], two.ends[None, :, :]
    parts = side(here, ends, there) * side(here, ends, others) < 0
    return np.asarray(parts & (side(there, others, here) * side(there, others, ends) < 0))


def _place(choices: _Choices, row: int) -> Place:
    x0, y0, x1, y1 = (float(edge) for edge in choices.boxes[row])
    end = (float(choices.ends[row][0]), float(choices.ends[row][1]))
    point = (choices.wish.x, choices.wish.y)
    away = np.hypot(end[0] - point[0], end[1] - point[1])
    return Place(Box(x0, y0, x1, y1), (end, point) if away > LEADER_FROM else None)
