"""Descent stays free of cycles, whatever the order in which its edges come."""

from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.knowledge.acyclic import Descent, foreseen

EDGES = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)).map(lambda pair: (str(pair[0]), str(pair[1]))))
NAMES = [str(number) for number in range(8)]


def _reaches(edges: list[tuple[str, str]], start: str, goal: str) -> bool:
    """Look for a way the slow, obvious way."""
    reached, waiting = {start}, [start]
    while waiting:
        at = waiting.pop()
        new = {child for parent, child in edges if parent == at} - reached
        reached |= new
        waiting += new
    return goal in reached


@given(EDGES, st.booleans())
def test_an_edge_is_refused_exactly_where_it_closes_a_cycle(edges: list[tuple[str, str]], guessed: bool) -> None:
    """The verdict on each edge depends on those before it alone, not on the order that was foreseen."""
    descent = Descent(foreseen(NAMES, edges) if guessed else NAMES)
    kept: list[tuple[str, str]] = []
    for parent, child in edges:
        taken = descent.add(parent, child)
        assert taken != _reaches(kept, child, parent)
        if taken:
            kept.append((parent, child))


@given(st.permutations(NAMES), EDGES)
def test_the_foreseen_order_has_parents_first(names: list[str], edges: list[tuple[str, str]]) -> None:
    """Every name stands in it once; without cycles every edge leads downwards."""
    downwards = [(min(pair), max(pair)) for pair in edges if pair[0] != pair[1]]
    order = foreseen(names, downwards)
    assert sorted(order) == NAMES
    assert all(order.index(parent) < order.index(child) for parent, child in downwards)


def test_a_chain_told_from_its_end_costs_no_more() -> None:
    """Ten thousand generations, the youngest first, need no recursion and no reordering."""
    names = [str(number) for number in range(10_000)]
    edges = [(names[number + 1], names[number]) for number in range(len(names) - 1)]
    descent = Descent(foreseen(names, edges))
    assert all(descent.add(*edge) for edge in edges)
    assert not descent.add(names[0], names[-1])
