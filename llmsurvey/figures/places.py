"""Where a label may stand: places around a point that touch nothing fixed, each with its price. Pure geometry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

CLEARANCE = 3.0
"""Pixels between a label and anything else."""
_OWN_POINT = 8.0
"""Pixels around a label's own point where its leader cannot but run over the curve."""
_RADII = (5.0, 9.0, 15.0, 25.0, 40.0)
_DIRECTIONS = 16
_SHELVES = (6.0, 14.0, 24.0, 35.0, 46.0, 58.0, 70.0, 84.0, 100.0, 120.0)
"""Heights above and below a point at which labels may stand like flags on a pole …"""
_SHIFTS = (-1.0, -0.85, -0.65, -0.5, -0.35, -0.15, 0.0)
"""… and how far they are shifted against it, in their own width."""
_GRID_X, _GRID_Y = 32.0, 16.0
_LONG = 60.0
"""A leader of this length counts twice its length: two middling leaders read better than a long one."""
_CROSSED_GRAIN, _CROSSED_MARKER = 6.0, 400.0
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
class Choices:
    """The free places of one label, the cheapest first: corners, costs and leader ends, row by row."""

    wish: Wish
    boxes: Floats
    costs: Floats
    ends: Floats


def dust_of(curves: Iterable[Sequence[tuple[float, float]]], step: float = 2.0) -> Floats:
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


def corners(boxes: Sequence[Box]) -> Floats:
    """Turn boxes into rows of x0, y0, x1, y1."""
    return np.array([(box.x0, box.y0, box.x1, box.y1) for box in boxes], dtype=float).reshape(-1, 4)


def choices_of(wish: Wish, inside: Box, dust: Floats, taken: Floats, most: int) -> Choices:
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
    boxes = boxes[~_covers(wide, dust) & ~overlap(wide, taken).any(axis=1)]
    ends = np.column_stack((np.clip(wish.x, boxes[:, 0], boxes[:, 2]), np.clip(wish.y, boxes[:, 1], boxes[:, 3])))
    away = np.hypot(ends[:, 0] - wish.x, ends[:, 1] - wish.y)
    others = taken[~_covers(taken, np.array([(wish.x, wish.y)]))]
    costs = away * (1 + away / _LONG) + _CROSSED_GRAIN * _grains_crossed(ends, wish, dust)
    costs += _CROSSED_MARKER * run_over(ends, wish, others).sum(axis=1)
    order = np.argsort(costs, kind="stable")
    half = most // 2
    if len(order) > most:
        order = np.concatenate((order[:half], order[half :: -(-(len(order) - half) // (most - half))]))
    return Choices(wish, boxes[order], costs[order], ends[order])


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


def overlap(boxes: Floats, others: Floats) -> Bools:
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


def run_over(ends: Floats, wish: Wish, boxes: Floats) -> Bools:
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
