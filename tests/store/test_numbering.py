"""arXiv's running numbers: what they tell of a month."""

import pytest

from llmsurvey.store.numbering import by_month

SHEETS = {
    "new, five digits": ([("2303.182", 3, "23"), ("2303.000", 1, "07")], {"2303": ("2023-03", 4, 18_223)}),
    "new, four digits": ([("0704.00", 2, "09")], {"0704": ("2007-04", 2, 9)}),
    "old, by archive": ([("hep-th/99010", 2, "02"), ("math.GT/99011", 1, "00")], {"9901": ("1999-01", 3, 102)}),
    "a sheet in two parts": ([("2303.182", 3, "23"), ("2303.182", 1, "99")], {"2303": ("2023-03", 4, 18_299)}),
    "not as arXiv writes them": (
        [("704.00", 1, "01"), ("1412", 1, ".6"), ("1412.698", 1, "01"), ("1801.00423", 1, "99")],
        {},
    ),
}


@pytest.mark.parametrize(("sheets", "expected"), SHEETS.values(), ids=SHEETS.keys())
def test_numbers_are_counted_by_month_and_archive(
    sheets: list[tuple[str, int, str]], expected: dict[str, tuple[str, int, int]]
) -> None:
    """How many are known, and the highest of each series."""
    assert by_month(sheets) == {month: (known, highest) for month, known, highest in expected.values()}
