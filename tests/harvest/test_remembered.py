"""Answers that are kept for the next time."""

from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.harvest.remembered import Remembered


@given(st.lists(st.integers(0, 9)), st.integers(1, 5))
def test_the_answer_is_that_of_the_function_however_few_are_held(asked: list[int], most: int) -> None:
    """Letting go of answers costs time, never truth."""
    remembered = Remembered(str, most)
    for each in asked:
        assert remembered[each] == str(each)
        assert len(remembered) <= most


def test_the_function_is_asked_once() -> None:
    """Also where it says None."""
    calls = list[int]()
    remembered = Remembered(calls.append, 9)
    assert [remembered[1], remembered[1], remembered[2]] == [None, None, None]
    assert calls == [1, 2]
