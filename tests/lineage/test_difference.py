"""What the lineage gained between two dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.errors import BadUsage
from llmsurvey.lineage.difference import difference
from tests.lineage.family import edge, family, model, tangle

LINEAGE = family(
    [model("A", "2020-05-28"), model("B", "2021"), model("C", "2022-03"), model("D", None)],
    [edge("A", "B"), edge("A", "C"), edge("B", "C", "weak successor", date="2023-01"), edge("C", "D")],
)


@pytest.mark.parametrize(
    ("since", "until", "models", "edges"),
    [
        ("2020-05-27", "2020-05-28", "A", []),
        ("2020-05-28", "2021-12-30", "", []),
        ("2020-05-28", "2021-12-31", "B", ["AB"]),
        ("2021-12-31", "2022-03-31", "C", ["AC"]),
        ("2022-03-31", "2023-12-31", "", ["BC"]),
        ("2022-03-31", "2022-03-31", "", []),
    ],
)
def test_models_and_edges_come_when_they_had_surely_happened(
    since: str, until: str, models: str, edges: list[str]
) -> None:
    """The first day is left out, the last one is in; an inexact date counts from its end, an edge with its latest."""
    found = difference(LINEAGE, date.fromisoformat(since), date.fromisoformat(until))
    assert "".join(each.name for each in found.models) == models
    assert [each.parent + each.child for each in found.edges] == edges


def test_a_model_without_a_date_is_counted_as_such() -> None:
    """Nothing is lost silently: what has no date is in no stretch of time, and told."""
    assert difference(LINEAGE, date(1900, 1, 1), date(2100, 1, 1)).undated == 1


def test_reversed_dates_are_refused() -> None:
    """The later date cannot come first."""
    with pytest.raises(BadUsage, match="lies after"):
        difference(LINEAGE, date(2023, 1, 1), date(2022, 1, 1))


@given(days=st.lists(st.dates(date(1999, 1, 1), date(2022, 1, 1)), min_size=3, max_size=3))
def test_two_stretches_make_one(days: list[date]) -> None:
    """What came from one day to a third is what came up to the second, and then."""
    lineage = tangle(20, 40)
    first, second, third = sorted(days)
    whole, one, two = (difference(lineage, *ends) for ends in ((first, third), (first, second), (second, third)))
    assert len(whole.edges) == len(one.edges) + len(two.edges)
    assert [each.name for each in whole.models] == [each.name for each in one.models + two.models]
