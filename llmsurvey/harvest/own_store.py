"""Whether the store agrees with itself: papers with the ledger, the full-text index with the pure rule."""

from collections.abc import Iterator
from typing import Final

from llmsurvey.harvest.evidence import Evidence, Finding
from llmsurvey.paper import true_arxiv_id
from llmsurvey.phrase import Rule, matches
from llmsurvey.store import census, index, spot_check
from llmsurvey.store.ledger import API, Status

SAMPLE: Final = 500
"""Stored papers, at the least, whose index entry is held against the rule."""


def store_against_ledger(evidence: Evidence) -> Iterator[Finding]:
    """Hold the papers of each window that came in against those that are stored of it."""
    whole = [entry for entry in evidence.entries if entry.source == API and entry.status is Status.COMPLETE]
    name, tolerance = "store against ledger", "none: no paper may be missing"
    lacking = 0
    with evidence.survey.database.reading() as connection:
        for entry in whole:
            stored = spot_check.submitted_within(connection, *entry.window)
            if stored < entry.papers:
                lacking += 1
                meaning = "papers that came in are not stored: `llmsurvey db check` examines the file"
                subject = f"{entry.subject}, {' to '.join(entry.window)}"
                yield Finding(name, subject, entry.papers, stored, tolerance, consistent=False, meaning=meaning)
    if whole and not lacking:
        said = "each window's papers are stored"
        yield Finding(name, "windows of the API", len(whole), len(whole), tolerance, consistent=True, meaning=said)
    open_windows = sum(not entry.is_whole for entry in evidence.entries)
    if open_windows:
        meaning = f"{open_windows} windows are open or gaps: `llmsurvey gaps` tells why, `llmsurvey harvest` asks again"
        counted = len(evidence.entries)
        yield Finding(
            name, "windows that are whole", counted, counted - open_windows, "none", consistent=False, meaning=meaning
        )


def identifiers_twice(evidence: Evidence) -> Iterator[Finding]:
    """Look for papers that stand under their identifier and under what some program made of it as well."""
    with evidence.survey.database.reading() as connection:
        odd = census.odd_ids(connection)
        true_ids = [arxiv_id for arxiv_id in map(true_arxiv_id, odd) if arxiv_id]
        twice = census.known_among(connection, true_ids)
    meaning = "every identifier is as arXiv writes it"
    if odd:
        meaning = (
            f"{len(odd):,} identifiers are not as arXiv writes them, such as {odd[0]}, read as a number once: "
            "a better copy of that file brings the true ones"
        )
    tolerance = "none: a paper counts once"
    yield Finding(
        "identifiers", "papers under two identifiers", 0, twice, tolerance, consistent=not twice, meaning=meaning
    )


def index_against_rule(evidence: Evidence) -> Iterator[Finding]:
    """Hold the full-text index against the pure rule, on stored papers spread evenly over the store."""
    with evidence.survey.database.reading() as connection:
        if not index.exists(connection):
            return
        step, sample = spot_check.sample(connection, SAMPLE)
        for each in evidence.survey.tracked():
            by_rule = {row for row, *texts in sample if matches(Rule.STEMMED, each.phrase, texts)}
            by_index = spot_check.sample_in_index(connection, each.phrase, step)
            wrong = by_rule ^ by_index
            told = f"{len(wrong)} stand in one alone: `llmsurvey db upgrade`" if wrong else "both find the same"
            yield Finding(
                "index against rule",
                f'"{each.phrase}"',
                len(by_rule),
                len(by_index),
                "none",
                consistent=not wrong,
                meaning=f"of {len(sample)} papers looked at, {told}",
            )
