"""An invented snapshot of any size: words by Zipf's law, so that the full-text index has real work to do."""

import json
import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

_VOCABULARY = 60_000
_WORDS_AN_ABSTRACT = 150
"""With words of some six letters a record has 1.7 kilobytes, as those of arXiv have."""
_MONTHS_OF_PAPERS = 100
"""From 2015-01 to 2023-04, however many records there are."""
_CATEGORIES = ("cs.CL", "cs.LG", "cs.CV cs.LG", "math.AG", "hep-th", "astro-ph.GA", "stat.ML", "quant-ph cond-mat")
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
    words = [_word(chance) for _ in range(_VOCABULARY)]
    weights = list(accumulate(1 / rank for rank in range(1, _VOCABULARY + 1)))
    for number in range(records):
        text = chance.choices(words, cum_weights=weights, k=_WORDS_AN_ABSTRACT + 9)
        if chance.random() < share:
            text[chance.randrange(9, len(text))] = chance.choice(_PHRASES)
        yield json.dumps(_record(number, max(1, records // _MONTHS_OF_PAPERS), text, chance), ensure_ascii=False) + "\n"


def _word(chance: random.Random) -> str:
    return "".join(chance.choices("etaoinshrdlucmfwygpbvk", k=chance.randint(2, 8))) + chance.choice(("", "s", "ing"))


def _record(number: int, a_month: int, text: list[str], chance: random.Random) -> dict[str, object]:
    month, serial = divmod(number, a_month)
    year, month = 2015 + month // 12, month % 12
    day = f"{1 + serial * 28 // a_month} {_MONTHS[month]} {year}"
    authors = [(chance.choice(text).title(), chance.choice(text).title()) for _ in range(4)]
    half = len(text) // 2
    return {
        "id": f"{year % 100:02}{month + 1:02}.{serial + 1:05}",
        "submitter": None,
        "authors": ", ".join(f"{first} {last}" for first, last in authors),
        "title": " ".join(text[:9]).capitalize(),
        "comments": "12 pages",
        "journal-ref": None,
        "doi": None,
        "report-no": None,
        "categories": chance.choice(_CATEGORIES),
        "license": "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
        "abstract": f"  {' '.join(text[9:half])}\n{' '.join(text[half:])}.\n",
        "versions": [{"version": "v1", "created": f"Mon, {day} 12:{serial % 60:02}:00 GMT"}],
        "update_date": f"{year}-{month + 1:02}-28",
        "authors_parsed": [[last, first, ""] for first, last in authors],
    }
