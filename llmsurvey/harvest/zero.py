"""Months and lists of which arXiv says that they have no paper: when that is doubted, though it was said twice. Pure.

arXiv was seen to answer with nothing where there was something. On a first fill no earlier answer contradicts it, only
the other months do.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from llmsurvey.month import Month
from llmsurvey.store.ledger import API, OAI, Entry

MANY: Final = 10
"""Papers in each of the months beside an empty one that make it a false zero: by chance it would be one in 20,000."""
SOME: Final = 5
"""Records expected of a list from which on an empty one is strange."""


def unlikely_zero(entry: Entry, known: Iterable[Entry], today: date) -> str | None:
    """Return why a window's zero is not believed, in words; None where it is, or where the window is no zero.

    `known` is the ledger. A month at the edge of what has papers is believed: a phrase has a first month.
    """
    if not _is_zero(entry, today):
        return None
    papers, month = _papers_by_month(known, entry.subject), Month.parse(entry.start[:7])
    if not papers.total():
        return "arXiv finds no paper with the phrase in any month: look at its spelling, and whether arXiv is well"
    before, after = papers[month + -1], papers[month + 1]
    if not papers[month] and min(before, after) >= MANY:
        return f"arXiv finds nothing, between months of {before:,} and {after:,} papers"
    return None


def sudden_ends(asked: Iterable[Entry], known: Iterable[Entry], today: date) -> Iterator[str]:
    """Yield in words where a phrase had many papers, and then none: nobody can tell whether that is true."""
    ledger, zeros = tuple(known), defaultdict[str, set[Month]](set)
    for entry in asked:
        if _is_zero(entry, today):
            zeros[entry.subject].add(Month.parse(entry.start[:7]))
    for subject, months in zeros.items():
        papers = _papers_by_month(ledger, subject)
        first = min(months)
        if papers[first + -1] >= MANY and not any(papers[month] for month in papers if month >= first):
            yield (
                f'arXiv finds no paper with "{subject}" from {first} on, and had {papers[first + -1]:,} the month '
                "before: if that cannot be, ask once more with `llmsurvey harvest --counts`"
            )


def empty_list(entry: Entry, expected: int) -> str | None:
    """Return in words that a list of OAI-PMH is empty that probably is not; None where nothing is strange about it."""
    if entry.source != OAI or entry.received or expected < SOME:
        return None
    return (
        f"arXiv lists no paper of set {entry.subject} as changed since {entry.start}, where some {expected:,} are "
        "usual: the next run asks from that day again"
    )


def _is_zero(entry: Entry, today: date) -> bool:
    """Tell whether arXiv said of a window that it has nothing, after its month had settled."""
    settled = Month.parse(entry.start[:7]).settled_by(today)
    return entry.source == API and entry.is_whole and entry.expected == 0 and settled


def _papers_by_month(known: Iterable[Entry], subject: str) -> Counter[Month]:
    papers = Counter[Month]()
    for each in known:
        if (each.source, each.subject) == (API, subject):
            papers[Month.parse(each.start[:7])] += each.papers
    return papers
