"""What a person orders, and the plan it leads to: the settings, the ledger and what is stored, brought together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from llmsurvey.config import Settings
from llmsurvey.errors import BadUsage
from llmsurvey.harvest.plan import Knowledge, Plan, api_plan, oai_plan
from llmsurvey.harvest.span import Span
from llmsurvey.month import Month
from llmsurvey.phrase import Phrase
from llmsurvey.store import ledger, server_counts
from llmsurvey.store.asked import Asked
from llmsurvey.store.database import Database
from llmsurvey.store.ledger import API, OAI
from llmsurvey.store.survey import StoredSurvey


@dataclass(frozen=True, slots=True)
class Order:
    """Which source is asked, for which months, and (OAI-PMH) for which sets."""

    source: str = API
    """`api` or `oai`."""
    span: Span = field(default_factory=Span)
    sets: tuple[str, ...] = ()
    """Empty: those of the settings."""

    def __post_init__(self) -> None:
        if self.sets and self.source != OAI:
            raise BadUsage("only OAI-PMH has sets", hint="write --source oai --set NAME, or leave --set out")


def plan_of(database: Database, settings: Settings, order: Order, now: datetime) -> Plan:
    """Return what an order makes it necessary to ask. Nothing is sent, nothing written."""
    with database.reading() as connection:
        entries = ledger.entries(connection)
        counts = server_counts.counts(connection)
    if order.source == OAI:
        return oai_plan(order.sets or settings.oai_sets, settings.phrases, order.span, now, entries)
    survey = StoredSurvey(database, settings.phrases, now.date())

    def likely(phrases: Sequence[Phrase], month: Month) -> int | None:
        said = [counts[phrase.text, month].papers for phrase in phrases if (phrase.text, month) in counts]
        return sum(said) if len(said) == len(phrases) else None

    return api_plan(settings.phrases, order.span, now, Knowledge(Asked(entries), survey.is_complete, likely))
