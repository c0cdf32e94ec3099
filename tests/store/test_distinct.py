"""Counting different papers by bits."""

from hypothesis import given, settings
from hypothesis import strategies as st

from llmsurvey.store import sheets
from llmsurvey.store.distinct import Identifiers, bits_of

ids = st.from_regex(
    r"1801\.(0139|00139|0013900000000001)|1806\.0000[0-9]|2303\.99[0-9]{3}|0704\.000[1-9]|704\.[1-9]"
    r"|(hep-th|math\.GT|math)/990[1-3]00[0-9]",
    fullmatch=True,
)


@settings(max_examples=40)
@given(batches=st.lists(st.lists(ids)))
def test_identifiers_are_counted_like_a_set(batches: list[list[str]]) -> None:
    """New ones are new once, in whatever style they are written, one by one or by the sheet."""
    singly, by_sheet, known = Identifiers(), Identifiers(), set[str]()
    for batch in batches:
        pages = sheets.written((each, "2018-06", "cs.CL", 1) for each in batch)
        new = sum(by_sheet.new_on(head, bits_of(sheets.lines(page))) for head, page in pages.items())
        assert singly.new_among(batch) == new == len(set(batch) - known)
        known.update(batch)
        assert all(each in singly and each in by_sheet for each in batch)
    assert "9912.00001" not in singly
    assert "no identifier" not in singly
    assert {head + place for head, _, _ in singly for place in singly.on(head)} == known
    assert sum(number for _, number, _ in singly) == len(known)
    for head, _, last in singly:
        assert last == max(singly.on(head), key=lambda place: (place[0] == ".", place))
