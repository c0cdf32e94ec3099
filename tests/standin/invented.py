"""Invented papers: the same for the same seed, any number, any months, with all the ugliness of real ones. No I/O.

About one paper in six has "language model" in one of many forms, some of which must not match; one in forty is
withdrawn; a third has later versions; some are submitted in the last minute of a month, or its first second, and the
identifier of a paper that comes in on a month's last day is of the next month, as at arXiv.
"""

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from llmsurvey.month import Month
from tests.standin.record import WITHDRAWN, Record, Version, snapshot_lines

__all__ = ["papers", "snapshot", "snapshot_lines"]

_FIVE_DIGITS_SINCE = Month(2015, 1)
_NEW_STYLE_SINCE = Month(2007, 4)
_FIRST_DATESTAMP = date(2005, 9, 16)
_CATEGORIES = (
    ("cs.CL", "cs.AI", "cs.LG"),
    ("cs.CL",),
    ("cs.LG", "stat.ML"),
    ("cs.CV", "cs.LG", "eess.IV"),
    ("stat.ML", "cs.LG"),
    ("stat.ME", "stat.TH", "math.ST"),
    ("math.NA", "cs.NA"),
    ("math-ph", "math.MP", "quant-ph"),
    ("hep-th",),
    ("cond-mat.soft", "physics.bio-ph"),
    ("physics.soc-ph", "cs.SI"),
    ("quant-ph", "cs.IT", "math.IT"),
)
_PEOPLE = (
    (r"G{\"o}del, K. Q.", "Gödel", "K. Q.", ""),
    (r"Jun O'Hara-Test", "O'Hara-Test", "Jun", ""),
    (r"\L{}ukasz Kaiserling", "Kaiserling", "Łukasz", ""),
    (r"Ren\'e Example", "Example", "René", ""),
    (r"\c{S}eyma T{\"u}rk", "Türk", "Şeyma", ""),
    (r"Zbyn\v{e}k Vzor", "Vzor", "Zbyněk", ""),
    ("Ann Example Jr.", "Example", "Ann", "Jr."),
    ("李 示例", "示例", "李", ""),
    ("Toy Collaboration", "Toy Collaboration", "", ""),
    (r"S{\o}ren Pr{\o}ve", "Prøve", "Søren", ""),
)
_MATCHING = (
    "A Large Language Model for {topic}",
    "Large language models and {topic}",
    "LARGE LANGUAGE MODELS in {topic}",
    "On language modelling of {topic}",
    "Neural Language Modeling for {topic}",
    "Language-Model Pre-training of {topic}",
    "Large-language-models: {topic} revisited",
    "What a language model's {topic} tells",
    "{topic}, a view from language. Models of it",
    "Lost in language: model selection for {topic}",
)
"""Titles in which the stems of "language model" stand side by side, across punctuation too."""
_PLAIN = (
    "A Note on {topic}",
    "Bounds for {topic} with $O(n\\log n)$ Steps & More",
    "{topic}: \u2018quoted\u2019 \u2013 “dashed” — naïve",
    "The Language of {topic} and its Model",
    "Models of Language in {topic}",
    "Languagemodel-free {topic}",
    "{topic} <revisited>",
)
"""Titles in which they do not, though some come near."""
_TOPICS = (
    "toy lattices",
    "random walks",
    "invented galaxies",
    "graph colouring",
    "soft matter",
    "causal effects",
    "quantum codes",
    "parsing",
    "Schr{\\\"o}dinger's equation",
    "protein folding",
)
_SENTENCES = (
    "We study {topic} under assumptions that nobody made before",
    "Experiments on invented data show an improvement of 12.5\\% over the baseline",
    "The proof is elementary and uses no more than calculus",
    "Code and data will be made available at https://example.org/toy",
    'This generalises a result of G{{\\"o}}del to $\\mathbb{{R}}^n$, for all $0 < p \\le 1$',
    "Our method needs neither labels nor supervision & runs in minutes",
    "Limitations are discussed at length, as is the environmental cost",
    "We also give lower bounds, which are tight up to logarithmic factors",
    "A short survey of earlier work on {topic} closes the paper",
)
_MATCHING_SENTENCES = (
    "We train a language model from scratch",
    "Recent large language models (LLMs) solve it",
    "Masked language-modelling objectives help",
    "The results hold for every Large-Language-Model we tried",
    "They hold for language/model pairs",
)
_NEAR_SENTENCES = (
    "The language of a model is not a model of language",
    "Vision-language pre-trained models are compared",
    "Models come first, language second",
)
_COMMENTS = (None, "12 pages, 3 figures", "Accepted at ToyConf", "Code: <https://example.org> & more", "9 pages")
_LICENSES = (None, "http://arxiv.org/licenses/nonexclusive-distrib/1.0/", "http://creativecommons.org/licenses/by/4.0/")
_WRAP = 11
"""Words a line in abstracts, so that phrases break across lines."""


def papers(
    count: int, *, first: str = "2018-06", last: str = "2020-05", seed: int = 1, share: float = 1 / 6
) -> Iterator[Record]:
    """Yield so many invented papers, spread evenly over the months from `first` to `last`, by submission month.

    `share` is the part that has "language model" in the title or the abstract.
    """
    months = list(Month.parse(first).through(Month.parse(last)))
    chance = random.Random(seed)
    used: dict[Month, int] = {}
    for place, month in enumerate(months):
        here = count * (place + 1) // len(months) - count * place // len(months)
        for number in range(here):
            submitted = _submitted(month, number, here, chance)
            yield _paper(_next_id(month, submitted, used), submitted, chance, share)


def snapshot(count: int, **spread: object) -> Iterator[str]:
    """Yield the same papers as lines of the public snapshot."""
    return snapshot_lines(papers(count, **spread))  # type: ignore[arg-type]  # handed on as they came


def _submitted(month: Month, number: int, here: int, chance: random.Random) -> datetime:
    """Spread a month's papers over it; the first comes in its first second, the last in its last half minute."""
    start = datetime(month.year, month.month, 1, tzinfo=UTC)
    if number == 0:
        return start
    length = month.last_day.day * 86_400
    if number == here - 1:
        return start + timedelta(seconds=length - 1 - chance.randrange(30))
    return start + timedelta(seconds=(number * length + chance.randrange(length)) // here)


def _next_id(month: Month, submitted: datetime, used: dict[Month, int]) -> str:
    announced = month + 1 if submitted.day == month.last_day.day and submitted.hour >= 18 else month
    number = used[announced] = used.get(announced, 0) + 1
    short = f"{announced.year % 100:02}{announced.month:02}"
    if announced.year * 12 + announced.month < _NEW_STYLE_SINCE.year * 12 + _NEW_STYLE_SINCE.month:
        return f"hep-th/{short}{number:03}"
    return f"{short}.{number:0{5 if announced >= _FIVE_DIGITS_SINCE else 4}}"


def _paper(arxiv_id: str, submitted: datetime, chance: random.Random, share: float) -> Record:
    topic = chance.choice(_TOPICS)
    title, abstract = _texts(topic, chance, matching=chance.random() < share)
    versions = _versions(submitted, chance)
    people = chance.sample(_PEOPLE, chance.choice((1, 1, 2, 2, 3, 5)))
    withdrawn = versions[-1].source_type == WITHDRAWN
    classes = chance.random() < 0.1
    edited = versions[-1].created + timedelta(days=chance.choice((1, 1, 1, 1, 3, 90)))
    return Record(
        arxiv_id=arxiv_id,
        title=title,
        abstract=abstract,
        authors=", ".join(raw for raw, *_ in people),
        parsed_authors=tuple(
            (*parts, "Invented University") if chance.random() < 0.02 else tuple(parts) for _, *parts in people
        ),
        categories=chance.choice(_CATEGORIES),
        versions=versions,
        datestamp=max(_FIRST_DATESTAMP, edited.date()),
        submitter=people[0][2] or None,
        comment="This paper has been withdrawn by the author" if withdrawn else chance.choice(_COMMENTS),
        journal_ref="J. Toys 1 (2019) 1-9" if chance.random() < 0.1 else None,
        doi=f"10.0000/toy.{arxiv_id}" if chance.random() < 0.2 else None,
        report_no="TOY-19-01" if chance.random() < 0.02 else None,
        license=chance.choice(_LICENSES),
        msc_class="68T50" if classes and chance.random() < 0.5 else None,
        acm_class="I.2.7" if classes else None,
    )


def _texts(topic: str, chance: random.Random, *, matching: bool) -> tuple[str, str]:
    """Make a title and an abstract; where they match, in the title, in the abstract, or in both."""
    where = chance.choice(("title", "abstract", "both")) if matching else "none"
    titles = _MATCHING if where in {"title", "both"} else _PLAIN
    sentences = chance.sample(_SENTENCES, 5)
    if where in {"abstract", "both"}:
        sentences.insert(chance.randrange(5), chance.choice(_MATCHING_SENTENCES))
    elif chance.random() < 0.1:
        sentences.insert(1, chance.choice(_NEAR_SENTENCES))
    title = chance.choice(titles).format(topic=topic)
    if where == "none" and chance.random() < 0.05:
        # The title's last word and the abstract's first are neighbours only for one who glues the two together.
        title, sentences[0] = f"{title} and Language", "Model theory of {topic} is not our subject"
    text = ". ".join(sentences).format(topic=topic) + "."
    return title, _wrapped(text, chance)


def _wrapped(text: str, chance: random.Random) -> str:
    """Break a text into lines as the snapshot has it: leading blanks, a line end, sometimes a new paragraph."""
    words = text.split()
    lines = [" ".join(words[place : place + _WRAP]) for place in range(0, len(words), _WRAP)]
    glue = "\n  " if chance.random() < 0.05 else "\n"
    return f"  {glue.join(lines)}\n"


def _versions(submitted: datetime, chance: random.Random) -> tuple[Version, ...]:
    created = [submitted]
    while len(created) < 9 and chance.random() < 0.3:
        created.append(created[-1] + timedelta(seconds=chance.randrange(3_600, 20_000_000)))
    versions = [Version(moment, chance.randrange(5, 2_000), chance.choice(("", "D"))) for moment in created]
    if chance.random() < 1 / 40:
        last = created[-1] + timedelta(days=chance.randrange(1, 200))
        versions.append(Version(last, 0, WITHDRAWN))
    return tuple(versions)


def as_records(records: Iterable[Record]) -> dict[str, Record]:
    """Return papers by their identifiers."""
    return {record.arxiv_id: record for record in records}
