"""Layers: parents stand before their children, nothing overlaps, circles do no harm, and it is always the same."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from llmsurvey.figures.layers import depths, layered, settled

NAMES = [f"n{i}" for i in range(14)]
EDGES = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=30, unique=True)


@given(EDGES)
@settings(max_examples=60)
def test_children_stand_behind_their_parents_whatever_the_edges(edges: list[tuple[str, str]]) -> None:
    """Each kept edge leads forward through one item a layer; edges that close a circle have no route."""
    layers = layered(NAMES, edges)
    assert sorted(item for row in layers.rows for item in row if isinstance(item, str)) == sorted(NAMES)
    for (parent, child), route in layers.routes.items():
        assert layers.layer[child] > layers.layer[parent]
        assert len(route) == layers.layer[child] - layers.layer[parent] + 1
        for i, item in enumerate(route):
            assert item in layers.rows[layers.layer[parent] + i]
    assert depths(NAMES, edges) == layers.layer
    assert layered(NAMES, edges) == layers


@given(EDGES, st.floats(1, 50), st.floats(1, 50))
@settings(max_examples=60)
def test_no_two_items_of_a_layer_overlap(edges: list[tuple[str, str]], above: float, below: float) -> None:
    """Each has the room it needs, in the order of its layer, and the highest touches the top."""
    layers = layered(NAMES, edges)
    items = [item for row in layers.rows for item in row]
    level = settled(layers, dict.fromkeys(items, above), dict.fromkeys(items, below))
    for row in layers.rows:
        for one, two in pairwise(row):
            assert level[two] - level[one] >= above + below - 1e-6
    assert abs(min(level[item] - above for item in items)) < 1e-6


def test_crossings_are_undone() -> None:
    """Two lines that would cross are put in the order of their parents."""
    layers = layered(["a", "b", "y", "x"], [("a", "x"), ("b", "y")])
    assert layers.rows == (("a", "b"), ("x", "y"))


def test_what_must_stand_lowest_does() -> None:
    """Whatever the edges pull at."""
    layers = layered(["a", "x", "y", "z"], [("a", "x"), ("a", "y"), ("a", "z")], lowest=["x"])
    assert layers.rows[1][-1] == "x"


def test_a_pair_that_is_no_edge_still_parts_the_layers() -> None:
    """It has no route of its own."""
    layers = layered(["a", "b"], [], after=[("a", "b")])
    assert layers.layer == {"a": 0, "b": 1}
    assert layers.routes == {}


def test_the_longest_line_of_descent_runs_level() -> None:
    """Whatever hangs on it above and below."""
    line = [(f"n{i}", f"n{i + 1}") for i in range(4)]
    twigs = [(f"n{i}", f"n{j}") for i, j in ((0, 6), (0, 7), (0, 8), (1, 9), (1, 10), (3, 11), (3, 12), (2, 13))]
    layers = layered(NAMES, [*line, *twigs])
    items = [item for row in layers.rows for item in row]
    level = settled(layers, dict.fromkeys(items, 10), dict.fromkeys(items, 10))
    heights = [level[f"n{i}"] for i in range(5)]
    assert layers.spine >= {f"n{i}" for i in range(4)}
    assert max(heights[:4]) - min(heights[:4]) < 0.5


def test_a_family_of_two_generations_has_no_spine() -> None:
    """Its root stands amid its children."""
    layers = layered(["a", "x", "y", "z"], [("a", "x"), ("a", "y"), ("a", "z")])
    items = [item for row in layers.rows for item in row]
    level = settled(layers, dict.fromkeys(items, 10), dict.fromkeys(items, 10))
    assert layers.spine == frozenset()
    assert abs(level["a"] - level["y"]) < 1e-6
