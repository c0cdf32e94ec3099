"""What a paper says of one name, in all its sizes and spellings, gathered into a candidate."""

import re
from dataclasses import dataclass, field, replace

from llmsurvey.knowledge.candidates.calling import Calling, Kind
from llmsurvey.knowledge.candidates.candidate import (
    OF_LABEL,
    OF_OTHER_FIELD,
    OF_REPORT,
    OF_SEVERAL,
    OF_SILENCE,
    OF_SIZE,
    OF_SMALL_SIZE,
    OF_TITLE,
    POINTS,
    SIZE,
    Candidate,
    Evidence,
)
from llmsurvey.knowledge.candidates.introduction import How
from llmsurvey.knowledge.candidates.prose import Sentence
from llmsurvey.knowledge.candidates.sizes import sizes
from llmsurvey.knowledge.candidates.wording import singular, wording
from llmsurvey.knowledge.spelling import sizes_in, spelled
from llmsurvey.paper import Paper, folded

_SIZED = re.compile(r"(?:[\s-]+|(?<=[a-z]))(?:\d+x)?\d+(?:\.\d+)?[BM](?![A-Za-z0-9])[\w.\s-]*$", re.IGNORECASE)
"""The part of a name that begins with its size: `-7B-Instruct`."""
_USE = re.compile(r"[\s-]+(?:instruct|inst|chat|base|it|hf|sft|rl|preview|dpo|v1(?:\.0)?|1\.0)$", re.IGNORECASE)
"""How a name ends that tells the use or the first version of a model, not another model."""
_ACTIVE = re.compile(r"(?<=\w)-A(\d+(?:\.\d+)?)B\b")
"""What a name tells of the parameters that work on each token: `30B-A3B`."""
_WORDS = re.compile(r"[\w-]+")
_BILLION = 10**9
_SMALLEST = 10**7
"""Parameters; a smaller number counts examples: `InsViE-1M`."""
_COMPARED = re.compile(
    r"\b(?:than|outperform\w*|surpass\w*|compar\w*|exceed\w*|rival\w*|versus|vs|competitive|beat\w*|match\w*|over|against|"
    r"on par|larger|like|such as|baseline\w*|including|based on|built (?:up)?on|on top of|teacher|backbone|base model|"
    r"(?:derived|developed|initiali[sz]ed|distilled|fine-?tuned|trained|adapted|compressed|pruned) from)\b",
    re.IGNORECASE,
)
"""Behind such a word sizes are those of other models."""
_LISTED = re.compile(r"\s*\(([^()]*\d[BM]\b[^()]*)\)")
"""Sizes behind a phrase: "a family of models (1B and 4B)"."""
_WITH = re.compile(r"\b(?:with|despite|at|its|only|just)\b", re.IGNORECASE)
"""A word that joins a size to the name behind it: "despite its 3B parameters, NAME …"."""
_OUR = re.compile(r"\b(?:[Oo]ur|[Ii]ts)\s+((?:(?!previous|prior|earlier)[a-z-]+\s+){0,2}?\d[^,;]{0,40})")
_SAID = {How.SUBJECT: "titled", How.PRESENTED: "presented as", How.MADE: "made as", How.IS: "said to be"}
_AS = {
    Kind.LANGUAGE: "a language model",
    Kind.REASONING: "a model that reasons or speaks",
    Kind.MULTIMODAL: "a multimodal model",
    Kind.UNTOLD: "its own",
    Kind.MODEL: "a model",
    Kind.FOREIGN: "another kind of model",
    Kind.THING: "no model",
}


@dataclass(slots=True)
class Draft:
    """What is known so far of one model."""

    names: dict[str, None] = field(default_factory=dict)
    """Its spellings, in their order."""
    evidence: dict[str, Evidence] = field(default_factory=dict)
    """By what is said, and whether it speaks for or against it: of what is said twice the stronger counts."""
    kind: Kind = Kind.UNTOLD
    called: str = ""
    ways: set[How] = field(default_factory=set)
    """How it is introduced."""
    own: dict[int, Evidence] = field(default_factory=dict)
    """Sizes in the names that are introduced: where there are any, others are not its own."""
    told: dict[int, Evidence] = field(default_factory=dict)
    """Sizes told of it otherwise."""
    active: dict[int, Evidence] = field(default_factory=dict)

    @property
    def is_model(self) -> bool:
        """Whether the paper calls it a model, or is a report on it."""
        return self.kind >= Kind.MODEL or any(each.points == OF_REPORT for each in self.evidence.values())

    def take_name(self, name: str, sentence: Sentence, start: int) -> None:
        """Take a spelling, and what it tells of the size."""
        self.names.setdefault(name)
        place = _evidence(SIZE, 0, sentence, start)
        self._take_in_name(name, self.own, place)
        for active in _ACTIVE.findall(name):
            self.active.setdefault(round(float(active) * 10**9), place)

    def take_subject(self, how: How, sentence: Sentence, start: int) -> None:
        """Take it that the title begins with the name."""
        self.ways.add(how)
        if how in {How.SUBJECT, How.REPORT}:
            self._take("subject of the title", OF_TITLE, sentence, start)
        if how is How.REPORT:
            self._take("subject of a report", OF_REPORT, sentence, start)

    def take_calling(self, how: How, kind: Kind, calling: Calling | None, sentence: Sentence, start: int) -> None:
        """Take what it is called, and the sizes in that."""
        points = POINTS.get(how, {}).get(kind, 0)
        if calling and how is How.SUBJECT and not calling.single:
            points = min(points, OF_SEVERAL if calling.plural else OF_LABEL)
        known = self.evidence.get(f"{how} {points > 0}")
        if points and (known is None or abs(points) > abs(known.points)):
            place = _evidence(f"{_SAID[how]} {_AS[kind]}", points, sentence, start)
            self.evidence[f"{how} {points > 0}"] = place
        if calling and kind >= Kind.MODEL:
            self._take_told(calling.phrase, sentence, calling.start, surely=False)
            listed = _LISTED.match(sentence.text, calling.end)
            if listed:
                self._take_told(listed[1], sentence, listed.start(1), surely=False)
            if kind > self.kind:
                self.kind, self.called = kind, folded(calling.phrase)

    def take_sizes(self, text: tuple[Sentence, ...], *, alone: bool) -> None:
        """Take sizes from sentences that speak of the name, up to where they turn to other models.

        `alone`: the paper introduces no other model, so that "our 7B model" is this one.
        """
        for sentence in text:
            for stem in set(map(_stem, self.names)):
                at = sentence.text.find(stem)
                if at < 0:
                    continue
                for found in re.finditer(rf"{re.escape(stem)}[\s-]?(\d+(?:\.\d+)?[BM]\b)", sentence.text):
                    self._take_in_name(found[1], self.told, _evidence(SIZE, 0, sentence, found.start()))
                self._take_told(_own_part(sentence.text[at + len(stem) :]), sentence, at + len(stem), surely=True)
                before = sentence.text[:at]
                if _WITH.search(before) and not _COMPARED.search(before):
                    self._take_told(before, sentence, 0, surely=True)
            for found in _OUR.finditer(sentence.text) if alone else ():
                self._take_told(_own_part(found[1]), sentence, found.start(1), surely=True)

    def doubt(self, title: Sentence, abstract: tuple[Sentence, ...]) -> None:
        """Take what speaks against it in the paper as a whole."""
        words = {singular(word) for word in _WORDS.findall(title.low)}
        lists = wording()
        if self.kind is Kind.MODEL and words & lists.foreign and not words & (lists.language | lists.language_models):
            self._take("the title is of another field", OF_OTHER_FIELD, title, 0)
        stems = {_stem(name).lower() for name in self.names}
        if How.SUBJECT in self.ways and not any(stem in sentence.low for sentence in abstract for stem in stems):
            self._take("not named in the abstract", OF_SILENCE, title, 0)

    def candidate(self, paper: Paper) -> Candidate:
        """Return the candidate as far as it is known."""
        of_size = self.own or self.told
        total, active = max(of_size, default=None), max(self.active, default=None)
        if total is not None and active is not None and active >= total:
            active = None
        evidence = list(self.evidence.values())
        if total is not None or active is not None:
            told = of_size[total] if total is not None else self.active[max(self.active)]
            points = OF_SIZE if (total or max(self.active)) >= _BILLION else OF_SMALL_SIZE
            evidence.append(replace(told, points=points))
        name = _shared(tuple(self.names))
        return Candidate(
            name=name,
            names=tuple(each for each in self.names if each != name),
            parameters=total,
            active_parameters=active,
            sizes=tuple(sorted(of_size)),
            called=self.called,
            arxiv_id=paper.arxiv_id,
            title=paper.title,
            submitted=paper.submitted,
            evidence=tuple(sorted(evidence, key=lambda each: -each.points)),
        )

    def _take(self, reason: str, points: int, sentence: Sentence, start: int) -> None:
        self.evidence.setdefault(reason, _evidence(reason, points, sentence, start))

    @staticmethod
    def _take_in_name(text: str, where: dict[int, Evidence], place: Evidence) -> None:
        for size in sizes_in(text):
            if size >= _SMALLEST:
                where.setdefault(size, place)

    def _take_told(self, text: str, sentence: Sentence, at: int, *, surely: bool) -> None:
        """Take the sizes in a part of a sentence that begins `at` characters behind the sentence's start."""
        for size in sizes(text):
            if (size.surely or not surely) and size.parameters >= _SMALLEST:
                place = _evidence(SIZE, 0, sentence, at + size.start)
                (self.active if size.active else self.told).setdefault(size.parameters, place)


def key(name: str) -> str:
    """Return what all sizes, uses and spellings of a name have in common."""
    return spelled(_stem(name)).loose


def _own_part(text: str) -> str:
    """Return a text up to where it turns to other models."""
    turned = _COMPARED.search(text)
    return text[: turned.start()] if turned else text


def _unsized(name: str) -> str:
    """Return a name without its size and what follows it."""
    return _SIZED.sub("", name) or name


def _stem(name: str) -> str:
    """Return a name without its size, and without its use."""
    unsized = _unsized(name)
    return _USE.sub("", unsized) or unsized


def _shared(names: tuple[str, ...]) -> str:
    """Return the name that all sizes and uses of a model share, or else the only one."""
    if len(names) == 1:
        return names[0]
    unsized = set(map(_unsized, names))
    shortest = min(sorted(unsized), key=len)
    return shortest if all(name.startswith(shortest) for name in unsized) else _stem(shortest)


def _evidence(reason: str, points: int, sentence: Sentence, start: int) -> Evidence:
    return Evidence(reason, points, sentence.field, sentence.number, sentence.start + start, folded(sentence.text))
