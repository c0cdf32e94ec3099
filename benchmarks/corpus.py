"""An invented snapshot of any size, whose words are as frequent as those of arXiv's abstracts.

How many different words there are, and how often a paper repeats its own, decides how long a full-text index takes.
Both were measured on papers of 2018; a test names the numbers and holds the invented papers to them. Words are made of
syllables, each with a fellow of the same stem; nobody's text is in here.
"""

import json
import random
from collections.abc import Iterator
from itertools import accumulate, product
from pathlib import Path

_COMMON, _SHARE_COMMON = 100, 0.43
"""Words such as "the" and "we", and their share of all words; by Zipf's law among themselves."""
_OTHERS, _FLATTENED, _EXPONENT = 400_000, 900, 2.05
"""The other words, by the law of Zipf and Mandelbrot: the one of rank r weighs (r + 900) ** -2.05."""
_WORDS_A_TITLE, _WORDS_AN_ABSTRACT = 9, 150
"""A record has 1.6 kilobytes then, as those of arXiv have."""
_REPEATED = 48
"""Words of a paper that it takes from before: it has a subject."""
_SHARE_BEYOND_ASCII = 0.14
"""Papers of which something, nearly always a name, is not written in ASCII."""
_SYLLABLES = ["".join(signs) for signs in product("bdfglmnprstv", "aeiou", ("", "n", "r", "l", "m"))]
_ENDINGS = ("", "s", "ed", "ing", "", "s", "al", "ally", "", "s", "ion", "ions", "ity", "ities")
_MARKS = (",", ",", ".", ".", ":", ")")
_WORDS_TO_A_MARK = 11
_MONTHS_OF_PAPERS = 100
"""From 2015-01 to 2023-04, however many records there are."""
_CATEGORIES = (
    *("astro-ph.GA", "astro-ph.HE", "cond-mat.mes-hall", "cond-mat.mtrl-sci"),
    *("cs.AI", "cs.CL", "cs.CV", "cs.IT", "cs.LG", "cs.RO", "eess.SP"),
    *("gr-qc", "hep-ph", "hep-th", "math.AG", "math.AP", "math.CO", "math.PR"),
    *("nucl-th", "physics.optics", "q-bio.NC", "quant-ph", "stat.ME", "stat.ML"),
)
_NUMBER_OF_CATEGORIES, _NEAR = {1: 0.45, 2: 0.3, 3: 0.16, 4: 0.09}, 10
"""A paper's other categories are near its first one, so that most lists of them come again."""
_SHARE_COMMENTED, _SHARE_WITH_DOI = 0.63, 0.24
"""As the other shares, those of the papers of 2018."""
_SHARE_MATCHING = 0.02
"""Papers that speak of language models: about what the whole of arXiv has, 2018 to 2025."""
_PHRASES = ("language model", "large language models", "Language-Models", "language modeling")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def write(path: Path, records: int, share: float = _SHARE_MATCHING) -> None:
    """Write `records` lines in the shape of the public snapshot; the same number gives the same file."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(lines(records, share))


def lines(records: int, share: float = _SHARE_MATCHING) -> Iterator[str]:
    """Yield one line of JSON a record."""
    chance = random.Random(20230331)
    words, weights = _vocabulary()
    for number in range(records):
        text = chance.choices(words, cum_weights=weights, k=_WORDS_A_TITLE + _WORDS_AN_ABSTRACT)
        for at in chance.sample(range(1, len(text)), k=_REPEATED):
            text[at] = text[chance.randrange(at)]
        if chance.random() < share:
            text[chance.randrange(_WORDS_A_TITLE, len(text))] = chance.choice(_PHRASES)
        for at in range(_WORDS_A_TITLE + _WORDS_TO_A_MARK, len(text), _WORDS_TO_A_MARK):
            text[at] += chance.choice(_MARKS)
        yield json.dumps(_record(number, max(1, records // _MONTHS_OF_PAPERS), text, chance), ensure_ascii=False) + "\n"


def _vocabulary() -> tuple[list[str], list[float]]:
    """Return all words with their weights, added up: the common ones, then the others."""
    common = [1 / rank for rank in range(1, _COMMON + 1)]
    others = [(rank + _FLATTENED) ** -_EXPONENT for rank in range(1, _OTHERS + 1)]
    weighed = ((common, _SHARE_COMMON / sum(common)), (others, (1 - _SHARE_COMMON) / sum(others)))
    weights = accumulate(each * factor for part, factor in weighed for each in part)
    return [_word(number) for number in range(_COMMON + _OTHERS)], list(weights)


def _word(number: int) -> str:
    """Return a word of its own for each number: short ones first, then two of each stem."""
    if number < _COMMON:
        return _SYLLABLES[number]
    stem = len(_SYLLABLES) + number // 2  # two syllables at least
    syllables = []
    while stem:
        stem, syllable = divmod(stem, len(_SYLLABLES))
        syllables.append(_SYLLABLES[syllable])
    return "".join(syllables) + _ENDINGS[number % len(_ENDINGS)]


def _record(number: int, a_month: int, text: list[str], chance: random.Random) -> dict[str, object]:
    month, serial = divmod(number, a_month)
    year, month = 2015 + month // 12, month % 12
    day = f"{1 + serial * 28 // a_month} {_MONTHS[month]} {year}"
    names = [word.strip(".,:)").title() for word in chance.sample(text, k=8)]
    authors = list(zip(names[::2], names[1::2], strict=True))
    if chance.random() < _SHARE_BEYOND_ASCII:
        authors[0] = (authors[0][0], authors[0][1] + "é")
    commented, with_doi = chance.random() < _SHARE_COMMENTED, chance.random() < _SHARE_WITH_DOI
    half = len(text) // 2
    return {
        "id": f"{year % 100:02}{month + 1:02}.{serial + 1:05}",
        "submitter": None,
        "authors": ", ".join(f"{first} {last}" for first, last in authors),
        "title": " ".join(text[:_WORDS_A_TITLE]).capitalize(),
        "comments": f"{chance.randint(4, 40)} pages, {chance.randint(1, 12)} figures" if commented else None,
        "journal-ref": None,
        "doi": f"10.1000/{text[0]}.{year}.{serial}" if with_doi else None,
        "report-no": None,
        "categories": _categories(chance),
        "license": "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
        "abstract": f"  {' '.join(text[_WORDS_A_TITLE:half])}\n{' '.join(text[half:])}.\n",
        "versions": [{"version": "v1", "created": f"Mon, {day} 12:{serial % 60:02}:00 GMT"}],
        "update_date": f"{year}-{month + 1:02}-28",
        "authors_parsed": [[last, first, ""] for first, last in authors],
    }


def _categories(chance: random.Random) -> str:
    (number,) = chance.choices(list(_NUMBER_OF_CATEGORIES), list(_NUMBER_OF_CATEGORIES.values()))
    first = chance.randrange(len(_CATEGORIES))
    away = (0, *chance.sample(range(1, _NEAR), k=number - 1))
    return " ".join(_CATEGORIES[(first + each) % len(_CATEGORIES)] for each in away)
