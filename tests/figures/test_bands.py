"""Bands: every cell finds a place, groups keep their order, and no column is used twice."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.figures.bands import height, packed

SIZES = st.lists(st.integers(0, 90), max_size=16)


@given(SIZES, st.integers(1, 6))
def test_every_group_has_its_columns_to_itself_in_order(sizes: list[int], columns: int) -> None:
    """Groups follow each other from left to right and from band to band; their cells fit."""
    bands = packed(sizes, columns, 1.3)
    assert [stand.group for band in bands for stand in band] == list(range(len(sizes)))
    for band in bands:
        assert band[0].first == 0
        assert band[-1].first + band[-1].columns <= columns
        assert all(one.first + one.columns == two.first for one, two in pairwise(band))
        assert all(stand.rows * stand.columns >= sizes[stand.group] for stand in band)
        assert height(band) == max(stand.rows for stand in band)


def test_the_page_is_as_low_as_it_can_be() -> None:
    """A single group spreads over all columns."""
    ((stand,),) = packed([10], 5, 1.0)
    assert (stand.columns, stand.rows) == (5, 2)
