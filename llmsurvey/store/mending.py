"""What follows from the stored papers, brought up to date: the full-text index, the totals."""

from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError

from llmsurvey.store import denominators, index, lock
from llmsurvey.store.check import CHECKS
from llmsurvey.store.database import Database


def brought_up_to_date(database: Database) -> Iterator[str]:
    """Extend or rebuild the index and recount the totals where that is needed; yield what was done, in words."""
    with lock.held(database, "db upgrade"):
        with database.writing() as connection:
            added = index.extend(connection)
        if added:
            yield f"{added:,} papers were taken into the full-text index"
        if _index_is_broken(database):
            with database.writing() as connection:
                index.rebuild(connection)
            yield "the full-text index was made anew from the stored papers"
        with database.writing() as connection:
            _, wrong = CHECKS["totals"](connection)
            if wrong:
                denominators.recount(connection, anyway=True)
        if wrong:
            yield "the totals of the months were counted anew"


def _index_is_broken(database: Database) -> bool:
    with database.writing() as connection:
        try:
            CHECKS["full-text index"](connection)
            _, step = CHECKS["index reach"](connection)
        except DBAPIError:
            return True
        return bool(step)
