"""Columns: how widths are shared, and where names break."""

from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.figures.lineage_columns import name_parts, shared

WIDTHS = st.lists(st.tuples(st.floats(10, 150), st.floats(0, 100)), min_size=1, max_size=7)


@given(WIDTHS, st.floats(100, 900))
def test_widths_fill_the_room_and_none_is_more_than_it_wishes(pairs: list[tuple[float, float]], room: float) -> None:
    """Each between its floor and its wish while the floors fit; below that all narrowed alike."""
    floors = [floor for floor, _ in pairs]
    wishes = [floor + more for floor, more in pairs]
    given_ = shared(wishes, floors, room)
    assert abs(sum(given_) - min(room, sum(wishes))) < 0.01
    for width, wish, floor in zip(given_, wishes, floors, strict=True):
        assert width <= wish + 0.01
        assert width >= floor * min(1, room / sum(floors)) - 0.01


def test_names_break_between_words_and_never_in_a_number() -> None:
    """Behind signs, before brackets; `6.7B` and `GPT-2` stay whole."""
    assert name_parts("GPT-3 6.7B") == ["GPT-3 ", "6.7B"]
    assert name_parts("Llama-3-Taiwan-70B") == ["Llama-3-", "Taiwan-70B"]
    assert name_parts("OpenFlamingo(LAION)") == ["OpenFlamingo", "(LAION)"]
    assert name_parts("NMST+GPT-2") == ["NMST+", "GPT-2"]
    assert name_parts("T5") == ["T5"]
