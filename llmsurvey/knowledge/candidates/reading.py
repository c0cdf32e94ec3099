"""Reading a paper for the models that it introduces."""

from collections.abc import Iterable, Iterator

from llmsurvey.knowledge.candidates.calling import Kind
from llmsurvey.knowledge.candidates.candidate import Candidate
from llmsurvey.knowledge.candidates.draft import Draft, key
from llmsurvey.knowledge.candidates.introduction import Introduction, of_abstract, of_title
from llmsurvey.knowledge.candidates.prose import Sentence, sentences
from llmsurvey.knowledge.candidates.wording import wording
from llmsurvey.paper import Paper

_FIELD = (
    "language model",
    "llm",
    "vlm",
    "lmm",
    "bert",
    "gpt",
    "vision-language",
    "technical report",
    "multimodal",
    "reasoning model",
    "mixture-of-experts",
    "foundation model",
)
"""A paper in which none of these stands introduces no language model."""
_MODEL = ("model", "lm", "bert", "gpt", "transformer", "generalist", "decoder", "checkpoint")
"""A sentence without any of these calls nothing a model."""

_TELLING = 5
"""Letters that a name needs without its first word to be the same name: `Kwai Keye-VL 1.5` and `Keye-VL-1.5`."""

_LONGEST = 5_000
"""Characters of a field that are read; arXiv takes no abstract of more than 1,920 (arXiv help, "metadata")."""


def introduced(paper: Paper) -> Iterator[Candidate]:
    """Yield every model that a paper may introduce, sure or not, in the order in which they stand."""
    head, body = paper.title[:_LONGEST], paper.abstract[:_LONGEST]
    low = f"{head} {body}".lower()
    if not any(word in low for word in _FIELD):
        return
    (title,) = sentences("title", head)
    abstract = tuple(sentences("abstract", body))
    drafts = _Drafts(speaks_of_language=any(word in low for word in wording().speaking))
    drafts.take(of_title(title))
    telling: list[Sentence] = []
    others: list[Sentence] = []
    for sentence in abstract:
        (telling if any(word in sentence.low for word in _MODEL) else others).append(sentence)
    for sentence in telling:
        drafts.take(of_abstract(sentence, drafts.names))
    if not any(draft.is_model for draft in drafts.by_key.values()):
        return
    for sentence in others:  # they can only say that something is no model
        drafts.take(of_abstract(sentence, drafts.names))
    models = [draft for draft in drafts.by_key.values() if draft.is_model]
    for draft in models:
        draft.take_sizes((title, *abstract), alone=len(models) == 1)
        draft.doubt(title, abstract)
        yield draft.candidate(paper)


class _Drafts:
    """The drafts of one paper."""

    def __init__(self, *, speaks_of_language: bool) -> None:
        self.by_key: dict[str, Draft] = {}
        self.names: set[str] = set()
        """Every name so far."""
        self._speaks_of_language = speaks_of_language

    def take(self, introductions: Iterable[Introduction]) -> None:
        for each in introductions:
            kind = each.calling.kind if each.calling else Kind.UNTOLD
            if kind in {Kind.MULTIMODAL, Kind.REASONING} and not self._speaks_of_language:
                kind = Kind.MODEL
            self.names.update(each.names)
            for name in each.names:
                draft = self.by_key.setdefault(self._key(name), Draft())
                draft.take_name(name, each.sentence, each.start)
                draft.take_subject(each.how, each.sentence, each.start)
                draft.take_calling(each.how, kind, each.calling, each.sentence, each.start)

    def _key(self, name: str) -> str:
        """Return the key of a name; with and without its maker before it, it is the same."""
        own, without_maker = key(name), _without_maker(name)
        for known, draft in self.by_key.items():
            if known in {own, without_maker} or own in map(_without_maker, draft.names):
                return known
        return own


def _without_maker(name: str) -> str:
    """Return the key of what stands behind the first word of a name; of a single word, or a short rest, its own."""
    rest = key(name.partition(" ")[2])
    return rest if len(rest) >= _TELLING else key(name)
