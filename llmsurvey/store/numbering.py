"""arXiv's running numbers: what the identifiers that are known tell of how many papers a month has. Pure.

New identifiers are numbered by month, old ones by archive and month; only the running number is a number. Those that
are not as arXiv writes them have no such number (five digits since 2015, four before).
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from llmsurvey.paper import FIVE_DIGITS_SINCE

_OLD: Final = re.compile(r"(?P<series>.+/(?P<month>[0-9]{4}))(?P<digits>[0-9])", re.ASCII)
_NEW: Final = re.compile(r"(?P<series>(?P<month>[0-9]{4}))\.(?P<digits>[0-9]{2,3})", re.ASCII)
_DIGITS: Final = {True: 3, False: 2}
"""Of a running number since 2015 and before, without the two that tell its place on a sheet."""


def by_month(sheets: Iterable[tuple[str, int, str]]) -> dict[str, tuple[int, int]]:
    """Return the identifiers known of each month and the highest numbers of its series, added up.

    `sheets` are (name of the sheet, papers known on it, place of the last one); a sheet may come in parts that share
    no paper.
    """
    known: defaultdict[tuple[str, str], int] = defaultdict(int)
    highest: defaultdict[tuple[str, str], int] = defaultdict(int)
    for head, papers, last in sheets:
        if series := _series(head):
            month, name, digits = series
            known[month, name] += papers
            highest[month, name] = max(highest[month, name], int(digits + last))
    months = sorted({month for month, _ in known})
    totals: dict[str, tuple[int, int]] = dict.fromkeys(months, (0, 0))
    for (month, name), papers in known.items():
        before, highest_before = totals[month]
        totals[month] = before + papers, highest_before + highest[month, name]
    return totals


def _series(head: str) -> tuple[str, str, str] | None:
    """Return month, series and first digits of the numbers on a sheet; None where they are not arXiv's."""
    old = _OLD.fullmatch(head)
    found = old or _NEW.fullmatch(head)
    if not found:
        return None
    yymm, digits = found["month"], found["digits"]
    if not old and len(digits) != _DIGITS[int(yymm) >= FIVE_DIGITS_SINCE]:
        return None
    century = "19" if old and yymm[0] == "9" else "20"
    return f"{century}{yymm[:2]}-{yymm[2:]}", found["series"], digits
