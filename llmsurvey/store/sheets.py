"""Sheets of the census: papers whose identifiers differ in the last two signs only, up to a hundred, a line each. Pure.

The paper 2303.18223 stands on the sheet `2303.182` as the line `23 2303-03 cs.CL 14`: the last two signs, the month
of version 1, the primary category, the number of versions. A row a paper would take a database ten times as long.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from llmsurvey.store.rows import CensusRow

SIGNS: Final = 2
"""How many signs of an identifier tell its place on the sheet."""
OF_ONE_VERSION: Final = " 1"
"""What the remark of a paper ends in of which one version is known."""
_LINE: Final = r"[.0-9][0-9] [0-9]{4}-[0-9]{2} \S+ [1-9][0-9]*"
_SHEET: Final = re.compile(rf"{_LINE}(?:\n{_LINE})*", re.ASCII)


def head_of(arxiv_id: str) -> str:
    """Return the name of the sheet that a paper stands on: its identifier without the last two signs."""
    return arxiv_id[:-SIGNS]


def place_of(arxiv_id: str) -> str:
    """Return the last two signs of an identifier."""
    return arxiv_id[-SIGNS:]


def remark(month: str, primary_category: str, versions: int) -> str:
    """Write what stands behind the place on a line, a blank before it."""
    return f" {month} {primary_category} {versions}"


def month_and_category(remark: str) -> tuple[str, str]:
    """Return the month and the primary category of a remark."""
    _, month, primary_category, _ = remark.split(" ")
    return month, primary_category


def written(rows: Iterable[CensusRow]) -> dict[str, str]:
    """Write papers on sheets; a paper may come twice."""
    found: dict[str, list[str]] = {}
    for arxiv_id, month, primary_category, versions in rows:
        line = place_of(arxiv_id) + remark(month, primary_category, versions)
        found.setdefault(head_of(arxiv_id), []).append(line)
    return {head: joined(each) for head, each in found.items()}


def joined(parts: Iterable[str]) -> str:
    """Return the sheet that some lines, or sheets, make together: in order, each paper once.

    Of two lines of one paper the earlier month holds, and the category and number of the later version; between
    equal versions the category that comes later in the alphabet, so that the order of the files does not matter.
    """
    sheet: dict[str, str] = {}
    for line in "\n".join(parts).split("\n"):
        known = sheet.setdefault(line[:SIGNS], line)
        if known != line:
            sheet[line[:SIGNS]] = _of_both(known, line)
    return "\n".join(sorted(sheet.values()))


def _of_both(one: str, other: str) -> str:
    (place, month, *later), (_, other_month, *other_later) = one.split(), other.split()
    category, versions = max(later, other_later, key=lambda each: (int(each[1]), each[0]))
    return place + remark(min(month, other_month), category, int(versions))


def lines(sheet: str, besides: Collection[str] = ()) -> list[str]:
    """Return the lines of a sheet in order, `besides` those of some places."""
    every = sheet.split("\n")
    return [line for line in every if line[:SIGNS] not in besides] if besides else every


def place_on(line: str) -> str:
    """Return the place of a line: the last two signs of its paper's identifier."""
    return line[:SIGNS]


def remarks(lines: Iterable[str]) -> list[str]:
    """Return month, category and number of versions of lines, a blank before each."""
    return [line[SIGNS:] for line in lines]


def is_readable(sheet: str) -> bool:
    """Tell whether a sheet is as this program writes it."""
    return _SHEET.fullmatch(sheet) is not None


def rows(head: str, sheet: str) -> Iterator[CensusRow]:
    """Yield the papers of a sheet in order."""
    return (_row(head, line) for line in lines(sheet))


def row_at(head: str, place: str, sheet: str) -> CensusRow | None:
    """Return the paper at one place of a sheet; None where there is none."""
    start = 0 if sheet.startswith(f"{place} ") else sheet.find(f"\n{place} ") + 1
    if start == 0 and not sheet.startswith(f"{place} "):
        return None
    return _row(head, sheet[start:].partition("\n")[0])


def _row(head: str, line: str) -> CensusRow:
    place, month, primary_category, versions = line.split(" ")
    return head + place, month, primary_category, int(versions)
