"""The trend of any phrases: their monthly series under the rules asked for, with how they were made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from llmsurvey.errors import BadUsage
from llmsurvey.phrase import Phrase, Rule
from llmsurvey.survey import Provenance, Question, Series, Survey


@dataclass(frozen=True, slots=True)
class Trend:
    """The answer to `trend`."""

    rules: tuple[Rule, ...]
    as_of: date
    series: tuple[Series, ...]
    """One for each phrase and rule, in the order asked."""
    provenance: Provenance
    arxivs: tuple[Series | None, ...] = ()
    """What arXiv itself counts, beside each series; None where it was not asked, or knows no such count."""

    @property
    def rule(self) -> str:
        """The rule of all series, or `both`."""
        return self.rules[0].value if len(self.rules) == 1 else "both"


def trend(survey: Survey, phrases: Sequence[Phrase], rules: Sequence[Rule], asked: Question) -> Trend:
    """Count each phrase under each rule; `asked` gives the months, the category and what else holds for all."""
    if asked.since and asked.until and asked.since > asked.until:
        raise BadUsage(f"--since {asked.since} lies after --until {asked.until}", hint="exchange the two")
    questions = [
        replace(asked, phrase=phrase, rule=rule) for phrase in dict.fromkeys(phrases) for rule in dict.fromkeys(rules)
    ]
    return Trend(
        tuple(dict.fromkeys(rules)),
        survey.as_of,
        tuple(map(survey.series, questions)),
        survey.provenance(),
        tuple(map(survey.said_by_arxiv, questions)),
    )
