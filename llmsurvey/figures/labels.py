"""Where labels stand: a search for places that overlap nothing. Pure geometry in pixels; it draws nothing.

Every candidate place of a label is checked against the frame, the curves, the markers and the other labels. Of those
that touch nothing the cheapest is taken: near its point, with a leader line that crosses little. The search is a
fixed walk without chance, so that the same picture comes out every time.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations, product

import numpy as np
from numpy.typing import NDArray

from llmsurvey.figures.places import (
    CLEARANCE,
    Bools,
    Box,
    Choices,
    Floats,
    Wish,
    choices_of,
    corners,
    dust_of,
    overlap,
    run_over,
)

LEADER_FROM = 13.0
"""A label whose nearest edge is farther from its point than this is tied to it by a leader line."""
_CANDIDATES, _TABLE = 240, 3000
"""Places looked at closely: of one label, and of all together, so that the table of conflicts stays small."""
_LIFTED = (2, 3, 4)
"""How many labels are lifted at a time; where there are `_MANY`, never the largest number."""
_MANY = 20
_FORBIDDEN = 1e6
_CROSSED_LEADER, _NO_FLAG, _HOMELESS = 500.0, 1000.0, 5000.0
"""Prices in pixels of distance."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label stands."""

    box: Box
    leader: tuple[tuple[float, float], tuple[float, float]] | None
    """From the label to its point; None where it stands close by."""


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
    dust = dust_of([*curves, *([(wish.x, wish.y)] for wish in wishes)])
    if not wishes:
        return ()
    most = int(min(_CANDIDATES, _TABLE / len(wishes)))
    choices = [choices_of(wish, inside.grown(-CLEARANCE), dust, corners(taken), most) for wish in wishes]
    found = _searched(choices, _conflicts(choices, most), most)
    return tuple(_place(mine, row) if row < len(mine.costs) else None for mine, row in zip(choices, found, strict=True))


def _searched(choices: Sequence[Choices], conflicts: NDArray[np.float32], homeless: int) -> list[int]:
    """Return the row of each label's place; `homeless` for a label without one.

    All labels are placed one by one; then some are lifted and set down again, and what is cheaper is kept. This is
    done from several beginnings, as each may end in a dead end of its own.
    """
    n = len(choices)
    own = np.full((n, homeless + 1), np.inf)
    own[:, homeless] = _HOMELESS
    for i, mine in enumerate(choices):
        own[i, : len(mine.costs)] = mine.costs
    everyone = np.arange(n)

    def settled(
        before: NDArray[np.intp], moved: Sequence[int], detour: NDArray[np.float64] | float = 0.0
    ) -> tuple[float, NDArray[np.intp]]:
        after = before.copy()
        after[list(moved)] = homeless
        wished = own + detour
        for i in moved:
            after[i] = int(np.argmin(wished[i] + conflicts[i, everyone, :, after].sum(axis=0)))
        clashes = conflicts[everyone[:, None], everyone[None, :], after[:, None], after[None, :]].sum() / 2
        return float(own[everyone, after].sum() + clashes), after

    def improved(order: Sequence[int], detour: NDArray[np.float64] | float = 0.0) -> tuple[float, NDArray[np.intp]]:
        price, rows = settled(np.full(n, homeless), order, detour)
        for _ in range(2):
            before = price
            for lifted in _lifts(choices):
                cost, tried = settled(rows, lifted)
                if cost < price:
                    price, rows = cost, tried
            if price == before:
                break
        return price, rows

    by_freedom = sorted(range(n), key=lambda i: (len(choices[i].costs), choices[i].wish.y))
    orders = (range(n), range(n)[::-1], by_freedom) if n <= _MANY else (range(n),)
    walks = [improved(order) for order in orders]
    if n <= _MANY:
        walks.append(improved(sorted(range(n), key=lambda i: -choices[i].wish.x), _off_the_pole(choices, homeless)))
    _, rows = min(walks, key=lambda walk: walk[0])
    return [int(row) for row in rows]


def _off_the_pole(choices: Sequence[Choices], homeless: int) -> NDArray[np.float64]:
    """Return a price for each place that is no flag: above its point, and flying from it to the right.

    Set down from the right, flags make a staircase over crowded points, which moving a few labels does not find.
    """
    detour = np.zeros((len(choices), homeless + 1))
    for i, mine in enumerate(choices):
        flies = (np.abs(mine.boxes[:, 0] - mine.wish.x) < CLEARANCE) & (mine.boxes[:, 1] > mine.wish.y)
        detour[i, : len(mine.costs)] = np.where(flies, 0.0, _NO_FLAG)
    return detour


def _lifts(choices: Sequence[Choices]) -> Iterator[tuple[int, ...]]:
    """Yield which labels to lift and in which order to set them down: each with its nearest, then every two."""
    n = len(choices)
    for i, size in product(range(n), _LIFTED if n <= _MANY else _LIFTED[:2]):
        here = choices[i].wish
        near = sorted(range(n), key=lambda j: abs(choices[j].wish.x - here.x) + abs(choices[j].wish.y - here.y))
        yield from permutations(near[:size])
    if n <= _MANY:
        yield from permutations(range(n), 2)


def _conflicts(choices: Sequence[Choices], most: int) -> NDArray[np.float32]:
    """Tabulate what each place of each label costs beside each place of each other label."""
    n = len(choices)
    table = np.zeros((n, n, most + 1, most + 1), dtype=np.float32)
    for (i, one), (j, two) in combinations(enumerate(choices), 2):
        margin = np.array([-CLEARANCE, -CLEARANCE, CLEARANCE, CLEARANCE])
        clash = overlap(one.boxes + margin, two.boxes)
        clash |= run_over(one.ends, one.wish, two.boxes + margin) | run_over(two.ends, two.wish, one.boxes + margin).T
        costs = np.where(clash, _FORBIDDEN, _CROSSED_LEADER * _cross(one, two))
        table[i, j, : len(one.costs), : len(two.costs)] = costs
        table[j, i, : len(two.costs), : len(one.costs)] = costs.T
    return table


def _cross(one: Choices, two: Choices) -> Bools:
    """Tell of each leader of one label (row) whether it crosses each leader of another (column)."""

    def side(a: Floats, b: Floats, c: Floats) -> Floats:
        ahead, aside = b - a, c - a
        return np.asarray(ahead[..., 0] * aside[..., 1] - ahead[..., 1] * aside[..., 0])

    here, there = np.array((one.wish.x, one.wish.y)), np.array((two.wish.x, two.wish.y))
    ends, others = one.ends[:, None, :], two.ends[None, :, :]
    parts = side(here, ends, there) * side(here, ends, others) < 0
    return np.asarray(parts & (side(there, others, here) * side(there, others, ends) < 0))


def _place(choices: Choices, row: int) -> Place:
    x0, y0, x1, y1 = (float(edge) for edge in choices.boxes[row])
    end = (float(choices.ends[row][0]), float(choices.ends[row][1]))
    point = (choices.wish.x, choices.wish.y)
    away = np.hypot(end[0] - point[0], end[1] - point[1])
    return Place(Box(x0, y0, x1, y1), (end, point) if away > LEADER_FROM else None)
