"""The paper: one arXiv record as this survey knows it, and how two records of one paper become one. No I/O."""

import re
from datetime import datetime
from decimal import Decimal, InvalidOperation

import msgspec

from llmsurvey.month import Month

_NEW_STYLE = re.compile(r"(\d{2})(0[1-9]|1[0-2])\.(\d{4,5})")
_OLD_STYLE = re.compile(r"[a-z][a-z-]*(?:\.[A-Z]{2})?/\d{2}(?:0[1-9]|1[0-2])\d{3}")
_DECIMAL = re.compile(r"\d{3,4}\.\d+")
_FIVE_DIGITS_SINCE = 1501
"""From 2015-01 on a new-style id has five digits behind the dot, before it four (arXiv help, "identifier scheme")."""
_FIRST_NEW_STYLE = 704


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """One paper, as its latest known version describes it. Times are UTC; white space is folded."""

    arxiv_id: str
    """The arXiv identifier without version: `2303.18223`, `hep-th/9901001`."""
    title: str
    abstract: str
    authors: tuple[str, ...] = ()
    """In the paper's order; empty where the source names none."""
    categories: tuple[str, ...]
    """arXiv categories, the primary one first."""
    submitted: datetime
    """Time of version 1; the month of this is the paper's month."""
    updated: datetime
    """Time of the latest version known."""
    versions: int = 1
    """How many versions are known."""
    comment: str | None = None
    journal_ref: str | None = None
    doi: str | None = None
    license: str | None = None
    """URL of the licence; None where the source has none."""
    withdrawn: bool = False
    """Whether the latest version withdraws the paper."""

    @property
    def month(self) -> Month:
        """The UTC month of version 1."""
        return Month.of(self.submitted)

    @property
    def primary_category(self) -> str:
        """The first category."""
        return self.categories[0]


def is_arxiv_id(text: str) -> bool:
    """Tell whether a text is an arXiv identifier without version, of the new or of the old style."""
    new = _NEW_STYLE.fullmatch(text)
    if new:
        return (len(new[3]) == 5) == (int(text[:4]) >= _FIVE_DIGITS_SINCE)  # noqa: PLR2004 - five digits
    return _OLD_STYLE.fullmatch(text) is not None


def repaired_arxiv_id(text: str) -> str | None:
    """Restore an identifier that some program once read as a decimal number; None where that cannot be.

    `704.0001` was `0704.0001`, `1412.698` was `1412.6980`, `1801.0042399999998` was `1801.00424`: the number of
    digits behind the dot is fixed by the month before it, and a binary fraction errs far behind the fifth digit.
    """
    if not _DECIMAL.fullmatch(text):
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    digits = 5 if int(number) >= _FIVE_DIGITS_SINCE else 4
    restored = f"{number.quantize(Decimal(1).scaleb(-digits)):0>{5 + digits}}"
    error = abs(Decimal(restored) - number)
    whole = int(number) >= _FIRST_NEW_STYLE and error < Decimal("1e-9")
    return restored if whole and is_arxiv_id(restored) else None


def folded(text: str) -> str:
    """Fold every run of white space to one blank and trim the ends."""
    return " ".join(text.split())


def merged(known: Paper, seen: Paper) -> Paper:
    """Make one record of two of the same paper: the later version's, completed by what only the other one has.

    The order of the two does not matter. Version 1 is dated by the earlier of the two dates, as a source can
    list a paper late, never early.
    """
    first, second = (known, seen) if _rank(known) >= _rank(seen) else (seen, known)
    return msgspec.structs.replace(
        first,
        authors=first.authors or second.authors,
        submitted=min(first.submitted, second.submitted),
        comment=first.comment if first.comment is not None else second.comment,
        journal_ref=first.journal_ref if first.journal_ref is not None else second.journal_ref,
        doi=first.doi if first.doi is not None else second.doi,
        license=first.license if first.license is not None else second.license,
    )


def _rank(paper: Paper) -> tuple[object, ...]:
    """Order the records of one paper from earlier to later; ties fall to the fuller one, then to the text."""
    return (
        paper.versions,
        paper.withdrawn,
        paper.updated,
        len(paper.abstract),
        len(paper.authors),
        paper.title,
        paper.abstract,
        paper.authors,
        paper.categories,
    )
