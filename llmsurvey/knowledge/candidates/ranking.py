"""The candidates of many papers, without what the catalogue knows, the surest first."""

from collections.abc import Iterable
from dataclasses import dataclass

from llmsurvey.knowledge.candidates.candidate import SURE, Candidate
from llmsurvey.knowledge.candidates.reading import introduced
from llmsurvey.knowledge.catalogue import Knowledge
from llmsurvey.knowledge.houses import Houses
from llmsurvey.knowledge.matching import Matcher
from llmsurvey.knowledge.model import Model
from llmsurvey.paper import Paper


@dataclass(frozen=True, slots=True)
class Ranked:
    """What was found."""

    candidates: tuple[Candidate, ...]
    """The surest first, among equals the larger and then the newer."""
    papers: int
    """Papers that were read."""
    known: int
    """Sure finds that are left out because the catalogue has them."""


class Known:
    """Tells what the catalogue has already, by the rules by which imported entries are matched."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._matcher = Matcher(knowledge.models, Houses())
        self._by_paper = {model.arxiv: model for model in knowledge.models if model.arxiv}

    def model(self, candidate: Candidate) -> Model | None:
        """Return the catalogue's model that a candidate is: by a name, by one of which it is a size, by its paper."""
        named = (self.named(name) for name in (candidate.name, *candidate.names))
        return next(filter(None, named), None) or self._by_paper.get(candidate.arxiv_id)

    def named(self, name: str) -> Model | None:
        """Return the model that a name means, however it is written; also that of which it is a size."""
        return next(iter(self._matcher.called(name)), None) or self._matcher.family(name)


def ranked(papers: Iterable[Paper], knowledge: Knowledge, *, least: int = SURE) -> Ranked:
    """Find new models in papers, read one at a time; `least` is the score from which on one is listed."""
    known = Known(knowledge)
    found: list[Candidate] = []
    read = passed = 0
    for paper in papers:
        read += 1
        for candidate in introduced(paper):
            if candidate.score < least:
                continue
            if known.model(candidate):
                passed += 1
            else:
                found.append(candidate)
    return Ranked(tuple(sorted(found, key=_order)), read, passed)


def _order(candidate: Candidate) -> tuple[int, int, float, str, str]:
    return (
        -candidate.score,
        -(candidate.parameters or 0),
        -candidate.submitted.timestamp(),
        candidate.arxiv_id,
        candidate.name,
    )
