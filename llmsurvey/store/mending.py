"""What follows from the stored papers, brought up to date: the full-text index, the census, the totals."""

from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from llmsurvey.store import census, index, lock
from llmsurvey.store.check import CHECKS, UNCOUNTED
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
            columns = "SELECT p.arxiv_id, p.month, p.primary_category, p.versions"
            uncounted = [
                (str(row[0]), str(row[1]), str(row[2]), int(row[3]))
                for row in connection.execute(text(f"{columns} {UNCOUNTED}"))
            ]
            census.add(connection, uncounted, stored=True)
        if uncounted:
            yield f"{len(uncounted):,} stored papers were taken into the census"
        with database.writing() as connection:
            _, wrong = CHECKS["totals"](connection)
            if wrong:
                census.recount(connection, anyway=True)
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
