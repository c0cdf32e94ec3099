"""One candidate out of papers, by the name that a person gives."""

from collections.abc import Iterable, Sequence

from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.candidates.candidate import SURE, Candidate
from llmsurvey.knowledge.candidates.ranking import Known
from llmsurvey.knowledge.candidates.reading import introduced
from llmsurvey.knowledge.catalogue import Knowledge
from llmsurvey.knowledge.spelling import spelled
from llmsurvey.paper import Paper

_TOLD = 5
"""Papers named where one must be chosen."""


def called(name: str, papers: Iterable[Paper]) -> tuple[Candidate, ...]:
    """Return what papers introduce under a name, or one of its spellings, sure or not, the surest first."""
    wanted = spelled(name).loose
    found = [
        candidate
        for paper in papers
        for candidate in introduced(paper)
        if candidate.score > 0 and wanted in {spelled(each).loose for each in (candidate.name, *candidate.names)}
    ]
    return tuple(sorted(found, key=lambda candidate: (-candidate.score, candidate.arxiv_id)))


def the_one(name: str, found: Sequence[Candidate], knowledge: Knowledge, paper: str | None = None) -> Candidate:
    """Return the only candidate; `BadUsage` where there is none, or where several papers use the name.

    `paper` is the one that was looked into, where it was not all of them.
    """
    if not found:
        model = Known(knowledge).named(name)
        if model:
            raise BadUsage(
                f"{model.name} is in the catalogue already", hint=f"see: llmsurvey models show {model.name!r}"
            )
        nothing = "no stored paper introduces" if paper is None else f"{paper} does not introduce"
        raise BadUsage(
            f"{nothing} a model called {name!r}",
            hint="`llmsurvey models candidates` lists those that are",
        )
    sure = [candidate for candidate in found if candidate.score >= SURE] or list(found)
    papers = list(dict.fromkeys(candidate.arxiv_id for candidate in sure))
    if len(papers) > 1:
        told = "; ".join(f"--paper {each.arxiv_id}: {each.title}" for each in sure[:_TOLD])
        raise BadUsage(f"{len(papers)} stored papers introduce a model called {name!r}", hint=f"say which: {told}")
    return sure[0]
