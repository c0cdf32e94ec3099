"""Months of which arXiv says that they have no paper: when that is not believed, though it was said twice. Pure.

arXiv was seen to answer with nothing where there was something. On a first fill no earlier answer contradicts it, only
the other months do.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Final

from llmsurvey.month import Month
from llmsurvey.store.ledger import API, Entry

MANY: Final = 10
"""Papers in each of the months beside an empty one that make it a false zero: by chance it would be one in 20,000."""


def unlikely_zero(entry: Entry, known: Iterable[Entry], today: date) -> str | None:
    """Return why a window's zero is not believed, in words; None where it is, or where the window is no zero.

    `known` is the ledger. A month at the edge of what has papers is believed: a phrase has a first month.
    """
    if entry.source != API or not entry.is_whole or entry.expected != 0:
        return None
    month = Month.parse(entry.start[:7])
    if not month.settled_by(today):
        return None
    papers = Counter[Month]()
    for each in known:
        if (each.source, each.subject) == (API, entry.subject):
            papers[Month.parse(each.start[:7])] += each.papers
    if not papers.total():
        return "arXiv finds no paper with the phrase in any month: look at its spelling, and whether arXiv is well"
    before, after = papers[month + -1], papers[month + 1]
    if not papers[month] and min(before, after) >= MANY:
        return f"arXiv finds nothing, between months of {before:,} and {after:,} papers"
    return None
