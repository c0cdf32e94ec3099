"""A record of the public snapshot as a row of the store. Pure.

The record becomes text as the store writes it without a detour over a `Paper`, whose times would be read and written
again: half the time of an import that keeps all papers.
"""

from llmsurvey.harvest.remembered import Remembered
from llmsurvey.paper import folded
from llmsurvey.sources.arxiv_snapshot import SnapshotRecord, authors, categories_of, ends
from llmsurvey.sources.snapshot_dates import stamp
from llmsurvey.sources.withdrawal import is_withdrawn
from llmsurvey.store.rows import PaperRow, in_json


def row_of_record(record: SnapshotRecord) -> PaperRow:
    """Return the whole paper of a record that was checked."""
    first, last = ends(record.versions)
    submitted, (categories, primary) = stamp(first.created), _categories[record.categories]
    comment, abstract = _kept(record.comments) if record.comments else None, folded(record.abstract)
    return (
        record.id,
        folded(record.title),
        abstract,
        in_json(authors(record)),
        categories,
        primary,
        submitted[:7],
        submitted,
        submitted if last is first else max(submitted, stamp(last.created)),
        int(last.version[1:]),
        comment,
        _kept(record.journal_ref) if record.journal_ref else None,
        _kept(record.doi) if record.doi else None,
        _kept(record.license) if record.license else None,
        int(is_withdrawn(comment, abstract)),
    )


def _all_and_first(text: str | None) -> tuple[str, str]:
    categories = categories_of(text)
    return " ".join(categories), categories[0]


_categories = Remembered(_all_and_first, 1 << 14)


def _kept(text: str) -> str | None:
    return folded(text) or None
