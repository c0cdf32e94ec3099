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


def test_the_function_is_asked_once_unless_it_has_nothing_to_say() -> None:
    """What is refused may be long, and is not held."""
    calls = list[int]()

    def half(number: int) -> int | None:
        calls.append(number)
        return None if number % 2 else number // 2

    remembered = Remembered(half, 9)
    assert [remembered[number] for number in (4, 1, 4, 1)] == [2, None, 2, None]
    assert calls == [4, 1, 1]
    assert list(remembered) == [4]
