"""Labels: places that overlap nothing."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from llmsurvey.figures.labels import LEADER_FROM, Place, placed
from llmsurvey.figures.places import Box, Wish

FRAME = Box(0, 0, 320, 280)
POINTS = st.tuples(st.integers(5, 315), st.integers(5, 275))
SIZES = st.tuples(st.integers(8, 90), st.integers(8, 14))


def curve() -> list[tuple[float, float]]:
    """Return a rising curve through the frame."""
    return [(float(x), 5 + x * x / 400) for x in range(0, 321, 8)]


def clear_of(box: Box, line: list[tuple[float, float]]) -> bool:
    """Tell whether a polyline stays out of a box."""
    xs = np.linspace(line[0][0], line[-1][0], 4000)
    ys = np.interp(xs, [x for x, _ in line], [y for _, y in line])
    return not bool(((xs > box.x0) & (xs < box.x1) & (ys > box.y0) & (ys < box.y1)).any())


@settings(max_examples=12)
@given(st.lists(st.tuples(POINTS, SIZES), max_size=9))
def test_a_placed_label_overlaps_nothing(asked: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """No label shares an area with another, a marker, the curve or the frame, whatever is asked for."""
    wishes = [Wish(x, y, width, height) for (x, y), (width, height) in asked]
    markers = [Box(wish.x, wish.y, wish.x, wish.y).grown(4) for wish in wishes]
    places = [place for place in placed(wishes, inside=FRAME, curves=[curve()], taken=markers) if place]
    boxes = [place.box for place in places]
    assert not any(one.overlaps(two) for one, two in combinations(boxes, 2))
    assert not any(box.overlaps(marker) for box in boxes for marker in markers)
    assert all(clear_of(box, curve()) for box in boxes)
    assert all(box.x0 >= 0 and box.y0 >= 0 and box.x1 <= FRAME.x1 and box.y1 <= FRAME.y1 for box in boxes)


def test_a_lone_label_stands_by_its_point() -> None:
    """With free space around it a label needs no leader."""
    (place,) = placed([Wish(150, 150, 40, 10)], inside=FRAME)
    assert place is not None
    assert place.leader is None
    assert np.hypot(*np.subtract(place.box.nearest(150, 150), (150, 150))) <= LEADER_FROM


def test_a_label_away_from_its_point_has_a_leader() -> None:
    """Where the neighbourhood is taken, a line ties the label to its point."""
    (place,) = placed([Wish(150, 150, 40, 10)], inside=FRAME, taken=[Box(120, 120, 180, 180)])
    assert isinstance(place, Place)
    assert place.leader is not None
    assert place.leader[1] == (150, 150)


def test_a_label_that_fits_nowhere_is_none() -> None:
    """A label wider than the frame has no place; the others keep theirs."""
    places = placed([Wish(10, 10, 999, 10), Wish(50, 50, 30, 10)], inside=FRAME)
    assert places[0] is None
    assert places[1] is not None


def test_labels_of_one_point_stand_apart() -> None:
    """Milestones of the same month share a point, not a place."""
    places = placed([Wish(160, 140, 40, 10)] * 3, inside=FRAME, curves=[curve()])
    boxes = [place.box for place in places if place]
    assert len(boxes) == 3
    assert not any(one.overlaps(two) for one, two in combinations(boxes, 2))


def test_no_wish_no_place() -> None:
    """Nothing asked, nothing placed."""
    assert placed([], inside=FRAME) == ()


def test_the_search_has_no_chance_in_it() -> None:
    """The same wishes give the same places."""
    wishes = [Wish(20.0 * i, 8 + i * i, 35, 10) for i in range(12)]
    assert placed(wishes, inside=FRAME, curves=[curve()]) == placed(wishes, inside=FRAME, curves=[curve()])


def test_crowded_points_at_the_frames_edge_get_a_staircase() -> None:
    """Labels wider than the gaps between their points stand above these; none is sent far along the row."""
    points = [(10, 6), (23, 6), (36, 7), (63, 8), (86, 9)]
    wishes = [Wish(x, y, 33, 11) for x, y in points]
    markers = [Box(x, y, x, y).grown(5) for x, y in points]
    places = placed(wishes, inside=FRAME, curves=[[(x, y) for x, y in points] + [(130, 15), (310, 80)]], taken=markers)
    assert all(place and abs(place.box.nearest(x, y)[0] - x) < 40 for place, (x, y) in zip(places, points, strict=True))
