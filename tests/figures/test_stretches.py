"""Stretches: the published cuts of time, and what comes before, between and after them."""

from datetime import date

import pytest

from llmsurvey.figures.stretches import in_words, published_stretches, stretch_of, written
from llmsurvey.knowledge.catalogue import load
from llmsurvey.knowledge.span import Span


@pytest.mark.parametrize(
    ("day", "stretch", "words"),
    [
        (date(2018, 6, 1), "2018", "2018"),
        (date(2020, 5, 28), "2020", "2020"),
        (date(2021, 4, 30), "2021-01/04", "2021 Jan–Apr"),
        (date(2022, 11, 30), "2022-11/12", "2022 Nov–Dec"),
        (date(2025, 1, 20), "2025-01/06", "2025 Jan–Jun"),
        (date(2025, 7, 1), "2025-07/12", "2025 Jul–Dec"),
    ],
)
def test_each_day_has_its_stretch(day: date, stretch: str, words: str) -> None:
    """Years before the published figure, its own cuts, half-years after it; written so that they can be read again."""
    found = stretch_of(day, published_stretches(load().models))
    assert written(found) == stretch
    assert in_words(found) == words
    assert Span.parse(stretch) == found


def test_without_published_stretches_a_day_has_its_year() -> None:
    """Of a catalogue that knows nothing of the published figure."""
    assert written(stretch_of(date(2024, 2, 1), ())) == "2024"
