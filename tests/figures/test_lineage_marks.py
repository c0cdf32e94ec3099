"""Marks on edges: words while they fit, then labels, then tags."""

from llmsurvey.figures.layers import Pair
from llmsurvey.figures.lineage_marks import Line, Marks, marks_that_fit


def line(child: str, relation: str, label: str = "", *, block: bool = False) -> Line:
    """Return an invented edge from `root`."""
    return Line("root", child, relation, label, "#000000", dashed=False, block=block)


LINES = [
    line("a", "fine-tuned"),
    line("b", "fine-tuned", "+x"),
    line("c", "fine-tuned", "a label that is very long"),
    line("d", "successor"),
    line("e", "serves", block=True),
]


def fitting(most: int) -> Marks:
    """Return the marks where so many of them find room."""

    def needed(marks: Marks) -> tuple[float, float]:
        return (len(marks), len(marks))

    return marks_that_fit(LINES, needed, most)


def pair(child: str) -> Pair:
    """Return the ends of an edge."""
    return ("root", child)


def test_where_there_is_room_every_edge_has_words() -> None:
    """Its label, or else its relation; a successor and what serves are told by the key."""
    assert fitting(9) == {pair("a"): "fine-tuned", pair("b"): "+x", pair("c"): "a label that is very long"}


def test_with_less_room_labels_stay_then_short_ones_then_none() -> None:
    """The others get tags."""
    assert set(fitting(2)) == {pair("b"), pair("c")}
    assert set(fitting(1)) == {pair("b")}
    assert fitting(0) == {}


def test_no_words_stand_over_each_other_where_many_arrows_arrive() -> None:
    """Three or more that end in one model have tags."""
    lines = [Line(name, "child", "merged", "+x", "#000000", dashed=False, block=False) for name in "abc"]
    assert marks_that_fit(lines, lambda _: (0, 0), 100) == {}
    assert len(marks_that_fit(lines[:2], lambda _: (0, 0), 100)) == 2
