"""Whether the numbers agree: store with ledger, ours with arXiv's own, one source with the other, both with the survey.

A comparison that cannot be made (months are missing) says so and accuses nobody. Nothing is asked, nothing is changed.
"""

from collections.abc import Callable, Iterator, Sequence

from llmsurvey.harvest.arxivs_counts import oai_against_api, server_against_local
from llmsurvey.harvest.evidence import Evidence, Finding
from llmsurvey.harvest.own_store import identifiers_twice, index_against_rule, store_against_ledger
from llmsurvey.harvest.yardsticks import published_survey, yardstick
from llmsurvey.store.survey import StoredSurvey


def verify(survey: StoredSurvey) -> tuple[Finding, ...]:
    """Run all checks."""
    evidence = Evidence(survey)
    return tuple(finding for check in CHECKS for finding in check(evidence))


CHECKS: Sequence[Callable[[Evidence], Iterator[Finding]]] = (
    store_against_ledger,
    identifiers_twice,
    server_against_local,
    oai_against_api,
    published_survey,
    yardstick,
    index_against_rule,
)
"""All checks, in their order."""
