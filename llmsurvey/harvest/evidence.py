"""What a verification looks at, and what it finds."""

from dataclasses import dataclass
from functools import cached_property

from llmsurvey.month import Month
from llmsurvey.store import ledger, server_counts
from llmsurvey.store.ledger import Entry
from llmsurvey.store.server_counts import ServerCount
from llmsurvey.store.survey import StoredSurvey
from llmsurvey.survey import Point, Question


@dataclass(frozen=True, slots=True)
class Finding:
    """One comparison."""

    check: str
    subject: str
    """What is compared, in words."""
    expected: int | None
    found: int | None
    tolerance: str
    consistent: bool | None
    """None: the comparison could not be made."""
    meaning: str


@dataclass(frozen=True)
class Evidence:
    """What the checks look at, read once."""

    survey: StoredSurvey
    """As of today, so that what had not settled at the last reading is not taken for known."""

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The ledger."""
        with self.survey.database.reading() as connection:
            return ledger.entries(connection)

    @cached_property
    def server(self) -> dict[tuple[str, Month], ServerCount]:
        """What arXiv said."""
        with self.survey.database.reading() as connection:
            return dict(server_counts.counts(connection))

    @cached_property
    def points(self) -> dict[str, dict[Month, Point]]:
        """The series of the tracked phrases by the stemmed rule, from their first months on."""
        return {
            each.phrase.text: {
                point.month: point for point in self.survey.series(Question(each.phrase, since=each.since)).points
            }
            for each in self.survey.tracked()
        }
