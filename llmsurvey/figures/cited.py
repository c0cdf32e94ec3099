"""Where the facts of a picture come from: the works behind them, as a provenance."""

from collections import Counter
from collections.abc import Iterable

from llmsurvey.knowledge.informed import InformedSurvey
from llmsurvey.survey import Provenance


def cited(survey: InformedSurvey, sources: Iterable[str], rule: str) -> Provenance:
    """Return the provenance of some facts: the works cited most often first, single papers counted together."""
    counts = Counter(source.partition(",")[0].strip() for source in sources)
    known = survey.knowledge.sources
    works = sorted((key for key in counts if key in known), key=lambda key: (-counts[key], key))
    titles = [known[key].title for key in works]
    single = len(counts) - len(works)
    papers = [f"{single} other work{'' if single == 1 else 's'} named in the CSV"] if single else []
    return Provenance((rule,), (*titles, *papers) or (_NOTHING,), survey.as_of, survey.provenance().version)


_NOTHING = "the catalogue of models"
"""What was asked where nothing of it is shown."""
