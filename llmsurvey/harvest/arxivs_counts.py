"""Whether the store agrees with arXiv: with its own counts, and with what one source brought where another did too."""

from collections.abc import Iterator
from math import ceil
from typing import Final

from llmsurvey.harvest.evidence import Evidence, Finding
from llmsurvey.month import Month
from llmsurvey.phrase import Phrase, Rule, matches
from llmsurvey.store import spot_check
from llmsurvey.store.asked import first_minute
from llmsurvey.store.ledger import API, OAI

DRIFT: Final = 0.02
"""Part by which arXiv's count of a month may differ from ours: two analysers, and texts revised in between."""
LEAST_DRIFT: Final = 3
"""Papers by which two counts of a month may differ however few there are."""


def server_against_local(evidence: Evidence) -> Iterator[Finding]:
    """Hold arXiv's own counts against the store's, by month and phrase."""
    name = "arXiv's count against the store's"
    tolerance = f"{DRIFT:.0%} of a month, at least {LEAST_DRIFT} papers"
    for phrase, points in evidence.points.items():
        pairs = [
            (month, said.papers, points[month].count + _at_the_border(evidence, phrase, month))
            for (text_, month), said in evidence.server.items()
            if text_ == phrase and month in points and points[month].complete
        ]
        if not pairs:
            continue
        wrong = [(month, said, ours) for month, said, ours in pairs if abs(said - ours) > _drift(said)]
        yield from (
            Finding(name, f'"{phrase}", {month}', said, ours, tolerance, consistent=False, meaning=_DIFFER)
            for month, said, ours in wrong
        )
        sums = sum(said for _, said, _ in pairs), sum(ours for *_, ours in pairs)
        meaning = f"{len(pairs) - len(wrong)} of {len(pairs)} complete months agree; the sums of all stand here"
        yield Finding(name, f'"{phrase}"', *sums, tolerance, consistent=not wrong, meaning=meaning)


_DIFFER = (
    "papers are missing here, or arXiv's analyser reads the phrase otherwise: `llmsurvey harvest --counts` asks anew"
)


def _drift(papers_: int) -> int:
    return max(LEAST_DRIFT, ceil(papers_ * DRIFT))


def _at_the_border(evidence: Evidence, phrase: str, month: Month) -> int:
    """Count the papers of the next month's first second, which arXiv's window of this month holds too."""
    with evidence.survey.database.reading() as connection:
        texts = spot_check.texts_of(connection, first_minute(month + 1))
        return sum(matches(Rule.STEMMED, Phrase(phrase), row) for row in texts)


def oai_against_api(evidence: Evidence) -> Iterator[Finding]:
    """Hold what the API brought of a month against what is stored, where lists of OAI-PMH cover the month as well."""
    name, tolerance = "OAI-PMH against API", f"{DRIFT:.0%} of a month, at least {LEAST_DRIFT} papers"
    lists = [each for each in evidence.survey.readings() if each.source == OAI and each.status == "complete"]
    for phrase, points in evidence.points.items():
        found = [
            (month, asked, points[month].count + _at_the_border(evidence, phrase, month))
            for month, asked in _asked_alone(evidence, phrase).items()
            if month in points and any(_in_span(month, each.first_month, each.last_month) for each in lists)
        ]
        if not found:
            continue
        wrong = [row for row in found if abs(row[1] - row[2]) > _drift(row[1])]
        for month, asked, stored in wrong:
            meaning = "one source has papers that the other has not; more stored than asked for: OAI-PMH knows more"
            yield Finding(name, f'"{phrase}", {month}', asked, stored, tolerance, consistent=False, meaning=meaning)
        sums = sum(row[1] for row in found), sum(row[2] for row in found)
        meaning = f"{len(found) - len(wrong)} of {len(found)} months agree; the sums of all stand here"
        yield Finding(name, f'"{phrase}"', *sums, tolerance, consistent=not wrong, meaning=meaning)


def _asked_alone(evidence: Evidence, phrase: str) -> dict[Month, int]:
    """Return the papers that the API brought by month, of whole windows for this phrase and no other."""
    asked: dict[Month, int] = {}
    unfinished = set()
    for entry in evidence.entries:
        if entry.source == API and entry.phrases == (phrase,):
            month = Month.parse(entry.start[:7])
            asked[month] = asked.get(month, 0) + entry.papers
            if not entry.is_whole:
                unfinished.add(month)
    return {month: count for month, count in asked.items() if month not in unfinished}


def _in_span(month: Month, first: Month | None, last: Month | None) -> bool:
    return first is not None and last is not None and first <= month <= last
