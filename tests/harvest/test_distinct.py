"""Counting different papers by bits."""

from hypothesis import given, settings
from hypothesis import strategies as st

from llmsurvey.harvest.distinct import Identifiers

ids = st.from_regex(
    r"1801\.(0139|00139|0013900000000001)|1806\.0000[0-9]|2303\.99[0-9]{3}|0704\.000[1-9]"
    r"|(hep-th|math\.GT|math)/990[1-3]00[0-9]",
    fullmatch=True,
)


@settings(max_examples=40)
@given(batches=st.lists(st.lists(ids)))
def test_identifiers_are_counted_like_a_set(batches: list[list[str]]) -> None:
    """New ones are new once, in whatever style they are written."""
    identifiers, known = Identifiers(), set[str]()
    for batch in batches:
        assert identifiers.new_among(batch) == len(set(batch) - known)
        known.update(batch)
        assert all(each in identifiers for each in batch)
    assert "9912.00001" not in identifiers
