"""The paper: one arXiv record as this survey knows it, and how two records of one paper become one. No I/O."""

import re
from datetime import datetime
from decimal import Decimal

import msgspec
from stringzilla import contains, find_first_of

from llmsurvey.month import Month

_IDENTIFIER = re.compile(
    r"(?:1[5-9]|[2-9][0-9])(?:0[1-9]|1[0-2])\.(?!00000)[0-9]{5}"  # since 2015-01
    r"|(?:07(?:0[4-9]|1[0-2])|(?:0[89]|1[0-4])(?:0[1-9]|1[0-2]))\.(?!0000)[0-9]{4}"  # 2007-04 to 2014-12
    r"|[a-z][a-z-]*(?:\.[A-Z]{2})?/(?:9[1-9]|0[0-7])(?:0[1-9]|1[0-2])[0-9]{3}"  # before
)
"""arXiv help, "identifier scheme"."""
_ODD = re.compile(r"[0-9]{1,2}(?:0[1-9]|1[0-2])\.[0-9]{1,14}")
"""An identifier that is not as arXiv writes it: most were read as a number once, and printed again."""
_DECIMAL = re.compile(r"[1-9][0-9]{2,3}\.[0-9]{1,14}")
"""A number as Python prints it: a double has 17 significant digits at most."""
FIVE_DIGITS_SINCE = 1501
"""From 2015-01 on a new-style id has five digits behind the dot, before it four (arXiv help, "identifier scheme")."""
_ROUNDING = Decimal("1e-11")
"""How far an identifier may be off that went through binary fractions: some units in the last place of a double."""

_COMPLETED = ("authors", "comment", "journal_ref", "doi", "license")
"""Fields that one record may lack and another one of the same paper may have."""
_MISSING = (None, ())


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
    return _IDENTIFIER.fullmatch(text) is not None


def identifies(text: str) -> bool:
    """Tell whether a text can stand for a paper: an arXiv identifier, or what some program made of one.

    `1801.0042399999998` and `704.0001` were read as numbers once. They are kept as they stand, since an identifier
    never passes through a number here; `true_arxiv_id` tells which one it was.
    """
    return is_arxiv_id(text) or _ODD.fullmatch(text) is not None


def true_arxiv_id(text: str) -> str | None:
    """Return what an identifier was before some program read it as a decimal number; None where nobody can tell.

    `704.0001` was `0704.0001`, `1412.698` was `1412.6980`, `1801.0042399999998` was `1801.00424`: the number of
    digits behind the dot is fixed by the month before it, and a binary fraction errs far behind the fifth digit.
    """
    if is_arxiv_id(text):
        return text
    if not _DECIMAL.fullmatch(text) or repr(float(text)) != text:
        return None
    number = Decimal(text)
    digits = _digits(int(number))
    restored = f"{number:0{5 + digits}.{digits}f}"
    return restored if abs(Decimal(restored) - number) <= _ROUNDING and is_arxiv_id(restored) else None


def _digits(month: int) -> int:
    """Return how many digits follow the dot in an identifier of a month, which is written YYMM."""
    return 5 if month >= FIVE_DIGITS_SINCE else 4


_OTHER_SPACE = "\t\n\v\f\r\x1c\x1d\x1e\x1f"
"""White space of ASCII but for the blank, as Python splits at it. Of other white space none is printable."""


def folded(text: str) -> str:
    """Fold every run of white space to one blank and trim the ends."""
    text = text.strip().replace("\n", " ")
    if text.isascii():  # the library takes no halves of characters
        loose = contains(text, "  ") or find_first_of(text, _OTHER_SPACE) >= 0
    else:
        loose = "  " in text or not text.isprintable()
    return " ".join(text.split()) if loose else text


def merged(known: Paper, seen: Paper) -> Paper:
    """Make one record of two of the same paper: the later version's, completed by what only the other one has.

    The order of the two does not matter, and what has gone in once changes nothing when it comes again. Version 1
    is dated by the earlier of the two dates, as a source can list a paper late, never early.
    """
    first, second = (known, seen) if _rank(known) >= _rank(seen) else (seen, known)
    own = {name: getattr(first, name) for name in _COMPLETED}
    completed = {name: getattr(second, name) for name, value in own.items() if value in _MISSING}
    return msgspec.structs.replace(first, submitted=min(first.submitted, second.submitted), **completed)


def _rank(paper: Paper) -> tuple[object, ...]:
    """Order the records of one paper from earlier to later; ties fall to the fuller one, then to the text.

    What one record completes in another comes last: it must not decide whose title and abstract a third one meets.
    """
    text = (len(paper.abstract), paper.title, paper.abstract, paper.categories)
    completing = (getattr(paper, name) for name in _COMPLETED)
    completed = (len(paper.authors), *(() if value is None else (value,) for value in completing))
    return (paper.versions, paper.withdrawn, paper.updated, *text, *completed)
