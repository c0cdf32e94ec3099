"""Citation keys such as `zhao2023survey`: the name by which a manuscript cites a paper.

A key is the family name of the first author, the year of version 1 and the first significant word of the title, in the
letters a to z and digits. The oldest paper (by arXiv id) that wants a key has it as it is, the next ones get a, b, …,
z, aa, …: so the keys do not depend on the order of the papers, and later papers never change the key of an earlier one.
Older papers that are read into the store afterwards can.
A paper without authors, or whose first author is not written in Latin letters, is `anon`; a title without a Latin
word gives `untitled`.
"""

import re
from collections.abc import Sequence
from string import ascii_lowercase
from unicodedata import combining, normalize

from llmsurvey.exports.names import author_names
from llmsurvey.exports.tex import Kind, pieces
from llmsurvey.paper import Paper

NO_AUTHOR = "anon"
NO_TITLE = "untitled"

_LONGEST_WORD = 30
_TWO_LETTERS: dict[str, int | str] = {
    "ß": "ss",
    "ẞ": "SS",
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
    "Œ": "OE",
    "þ": "th",
    "Þ": "TH",
    "ŋ": "ng",
}
_LATIN = str.maketrans("øØłŁđĐðÐħĦ\u0131\u0237", "oOlLdDdDhHij") | str.maketrans(_TWO_LETTERS)
"""Latin letters that Unicode does not take apart into a letter and a mark."""
_APOSTROPHES = re.compile("['\u2019\u02bc`\u00b4]")
_WORD = re.compile(r"[a-z0-9]+")
_SKIPPED = (
    "a about after all am an and any are as at be been before between both but by can could de der die do does for "
    "from had has have he her his how i if in into is it its la le les may more most my no not of on one or our over "
    "s shall she should so some such t than that the their them there these they this those through to toward towards "
    "under until up upon using via was we were what when where whether which while who whom whose why will with "
    "within without would you your"
)
_STOP_WORDS = frozenset(_SKIPPED.split())
_AUTHOR_AND_YEAR = re.compile(r"(?<=\d{4})")
_GROUP_WORDS = frozenset({"collaboration", "collaborations", "team", "consortium", "group", "members"})


def wanted_key(paper: Paper) -> str:
    """Return the key a paper would have if it were alone."""
    return f"{_first_author(paper)}{paper.month.year}{_title_word(paper.title)}"


def author_and_year(paper: Paper) -> str:
    """Return what the keys of two papers have in common where one, with or without its letters, can be the other."""
    return _AUTHOR_AND_YEAR.split(f"{_first_author(paper)}{paper.month.year}", maxsplit=1)[0]


def author_of(author_and_year: str) -> str:
    """Return the author of an author and year: of a name with digits in it (D0) the beginning, of nobody nothing."""
    author = author_and_year[:-4]
    return "" if author == NO_AUTHOR else author


def unique_keys(arxiv_ids: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """Give each paper its own key, in the order of the input; who comes first is decided by arXiv id alone."""
    taken: set[str] = set()
    tried: dict[str, int] = {}
    keys = list(wanted)
    for place in sorted(range(len(keys)), key=lambda place: f"{_age(arxiv_ids[place])} {wanted[place]}"):
        base = key = wanted[place]
        while key in taken:
            tried[base] = tried.get(base, 0) + 1
            key = base + _letters(tried[base])
        taken.add(key)
        keys[place] = key
    return keys


def _letters(number: int) -> str:
    """Count nothing, a, b, …, z, aa, ab, …."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, len(ascii_lowercase))
        letters = ascii_lowercase[letter] + letters
    return letters


def _age(arxiv_id: str) -> str:
    """Order identifiers by the month they carry, then by themselves: `hep-th/9901001` is older than `0704.0001`."""
    month = arxiv_id.rpartition("/")[2][:4]
    century = "19" if month[:1] == "9" else "20"  # the first identifiers are of 1991
    return f"{century}{month} {arxiv_id}"


def _first_author(paper: Paper) -> str:
    names = author_names(paper.authors[:1]) or author_names(paper.authors)
    if not names:
        return NO_AUTHOR
    if names[0].literal:
        words = _latin_words(names[0].literal)
        return next((word for word in words if word not in _STOP_WORDS | _GROUP_WORDS), NO_AUTHOR)
    return "".join(_latin_words(names[0].family))[:_LONGEST_WORD] or NO_AUTHOR


def _title_word(title: str) -> str:
    cut = pieces(title[:1000])
    words = "".join({Kind.WORDS: piece.text, Kind.MATH: " "}.get(piece.kind, "") for piece in cut)
    symbols = " ".join(piece.text for piece in cut if piece.kind is Kind.MATH)
    spelled = [word for word in (*_latin_words(words), *_latin_words(symbols)) if not word.isdigit()]
    significant = next((word for word in spelled if word not in _STOP_WORDS), None)
    return significant or next(iter(spelled), NO_TITLE)


def _latin_words(text: str) -> list[str]:
    if not text.isascii():
        text = "".join(sign for sign in normalize("NFKD", text.translate(_LATIN)) if not combining(sign))
    return [word[:_LONGEST_WORD] for word in _WORD.findall(_APOSTROPHES.sub("", text).lower())]
