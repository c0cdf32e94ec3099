"""What a verification asks of the store: how many papers lie in a window, and an even sample of papers and index."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select, text

from llmsurvey.phrase import Phrase, Rule
from llmsurvey.store import index
from llmsurvey.store.tables import papers

_AT_ONCE = 500


def submitted_within(connection: Connection, start: str, end: str) -> int:
    """Count the stored papers from one minute to another, all of the last one among them."""
    first, last = f"{start.removesuffix('Z')}:00Z", f"{end.removesuffix('Z')}:59Z"
    within = select(func.count()).where(papers.c.submitted >= first, papers.c.submitted <= last)
    return int(connection.execute(within).scalar_one())


def texts_of(connection: Connection, minute: str) -> Sequence[tuple[str, str]]:
    """Return title and abstract of the papers submitted in the first second of a minute."""
    moment = f"{minute.removesuffix('Z')}:00Z"
    query = select(papers.c.title, papers.c.abstract)
    rows = connection.execute(query.where(papers.c.month == moment[:7], papers.c.submitted == moment))
    return [(str(title), str(abstract)) for title, abstract in rows]


def sample(connection: Connection, least: int) -> tuple[int, Sequence[tuple[int, str, str]]]:
    """Return row number, title and abstract of every so manieth indexed paper, and the step between them."""
    last = index.reach(connection)
    step = max(1, last // least)
    # Asked for one by one, by their numbers: a condition on the number would walk over every paper and its text.
    numbers = range(step, last + 1, step)
    query = select(papers.c.id, papers.c.title, papers.c.abstract)
    rows = [
        row
        for at in range(0, len(numbers), _AT_ONCE)
        for row in connection.execute(query.where(papers.c.id.in_(numbers[at : at + _AT_ONCE])))
    ]
    return step, [(int(number), str(title), str(abstract)) for number, title, abstract in rows]


def sample_in_index(connection: Connection, phrase: Phrase, step: int) -> set[int]:
    """Return the row numbers, of every so manieth row, under which the index has a phrase by the stemmed rule."""
    found = connection.execute(
        text(f"SELECT rowid FROM {index.TABLE} WHERE {index.TABLE} MATCH :phrase AND rowid % :step = 0"),
        {"phrase": index.candidates(Rule.STEMMED, phrase), "step": step},
    )
    return {int(row[0]) for row in found}
