"""Papers as BibTeX: one `@misc` a paper, with arXiv's own fields. The file is written by bibtexparser.

The default is UTF-8, for biber, XeLaTeX and LuaLaTeX; `ascii_only` writes TeX for everything beyond ASCII, for the
classic BibTeX (Cyrillic then needs the font encoding T2A). Keys are in `citation_keys.py`. A key can only be told when
all papers are known, so entries wait in a temporary file, and only ids and keys stay in memory.
"""

import re
import tempfile
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import IO
from urllib.parse import quote

from bibtexparser import Library
from bibtexparser.model import Entry, Field
from bibtexparser.writer import BibtexFormat, write

from llmsurvey.errors import Stop
from llmsurvey.exports.citation_keys import author_and_year, author_of, unique_keys, wanted_key
from llmsurvey.exports.identifiers import abstract_url, dois
from llmsurvey.exports.names import ET_AL, Name, author_names
from llmsurvey.exports.tex import Kind, clean, pieces
from llmsurvey.exports.tex_encoding import encoded, encoded_math
from llmsurvey.month import Month
from llmsurvey.paper import Paper

_IN_MEMORY_BYTES = 16 << 20
"""What waits in memory before the temporary file is a file."""
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
"""Macros that every BibTeX style defines."""
_FORMAT = BibtexFormat()  # type: ignore[no-untyped-call]
_FORMAT.indent = "  "
_FORMAT.trailing_comma = True


Rivals = Callable[[Month, Month, Collection[str]], Iterable[Paper]]
"""Gives every paper that is known from one month to another and whose first author's name, as keys write it, begins
with one of some: a choice of papers gets the keys that all of them have. Further papers do no harm."""


def bibtex(
    papers: Iterable[Paper], *, ascii_only: bool = False, rivals: Rivals = lambda _first, _last, _names: ()
) -> Iterator[str]:
    """Yield one entry a paper, in the papers' order, after all papers have been read."""
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES) as waiting:
        contested: set[str] = set()
        years: set[int] = set()
        ids, wanted, lengths = _put_by(_seen(papers, years, contested), waiting, ascii_only)
        waiting.seek(0)
        known = rivals(Month(min(years), 1), Month(max(years), 12), set(map(author_of, contested))) if years else ()
        others = _others(set(ids), contested, known)
        keys = unique_keys([*ids, *others], [*wanted, *others.values()])
        for key, length in zip(keys, lengths, strict=False):
            yield f"@misc{{{key},{waiting.read(length).decode()}\n"


def _seen(papers: Iterable[Paper], years: set[int], contested: set[str]) -> Iterator[Paper]:
    """Note the years that keys can name, and the authors with them."""
    for paper in papers:
        years.add(paper.month.year)
        contested.add(author_and_year(paper))
        yield paper


def _others(exported: Collection[str], contested: Collection[str], known: Iterable[Paper]) -> dict[str, str]:
    """Return the keys, by id, that papers beside those exported want and that can stand in their way."""
    return {
        paper.arxiv_id: wanted_key(paper)
        for paper in known
        if paper.arxiv_id not in exported and author_and_year(paper) in contested
    }


def _put_by(
    papers: Iterable[Paper], waiting: IO[bytes], ascii_only: bool
) -> tuple[list[str], list[str], Sequence[int]]:
    """Write all entries without their keys; return each paper's id, wanted key and length in bytes."""
    ids: list[str] = []
    wanted: list[str] = []
    lengths = array("Q")
    for paper in papers:
        entry = keyless_entry(paper, ascii_only=ascii_only).encode()
        try:
            waiting.write(entry)
        except OSError as fault:
            raise Stop(
                f"no room for the entries that wait in {tempfile.gettempdir()}: {fault.strerror}",
                hint="free some space there, or set TMPDIR to a folder that has it",
            ) from fault
        ids.append(paper.arxiv_id)
        wanted.append(wanted_key(paper))
        lengths.append(len(entry))
    return ids, wanted, lengths


def keyless_entry(paper: Paper, *, ascii_only: bool = False) -> str:
    """Write the fields of one entry: all of it that follows the key and its comma."""
    fields = [Field(name, value) for name, value in _fields(paper, ascii_only) if value]
    return write(Library([Entry("misc", "", fields)]), _FORMAT).removeprefix("@misc{,")


def _fields(paper: Paper, ascii_only: bool) -> Iterator[tuple[str, str]]:
    month = paper.month
    found = dois(paper.doi)
    yield "title", f"{{{title(paper.title, ascii_only=ascii_only)}}}"
    yield "author", _in_braces(authors(paper.authors, ascii_only=ascii_only))
    yield "year", f"{{{month.year}}}"
    yield "month", _MONTHS[month.month - 1]
    yield "eprint", f"{{{_verbatim(paper.arxiv_id)}}}"
    yield "archivePrefix", "{arXiv}"
    yield "primaryClass", _in_braces(_verbatim(paper.categories[0] if paper.categories else ""))
    yield "doi", _in_braces(_verbatim(found[0] if found else ""))
    yield "note", _in_braces(_note(paper, found[1:], ascii_only))
    yield "url", f"{{{abstract_url(paper)}}}"


def _in_braces(value: str) -> str:
    return f"{{{value}}}" if value else ""


def _note(paper: Paper, further_dois: list[str], ascii_only: bool) -> str:
    parts = [text(paper.journal_ref or "", ascii_only=ascii_only)]
    parts += [f"doi:{encoded(doi, ascii_only=ascii_only)}" for doi in further_dois]
    parts += ["withdrawn"] if paper.withdrawn else []
    return "; ".join(part for part in parts if part)


def _verbatim(value: str) -> str:
    r"""Write what must not be escaped (styles hand it to `\url`): only what would end the field is percent-encoded."""
    return re.sub(r"[{}\\\s%#]|[^\x20-\x7e]", lambda sign: quote(sign[0], safe=""), clean(value))


_CAPITALISED = re.compile(r"[^\W_]+")


def title(raw: str, *, ascii_only: bool = False) -> str:
    """Write a title; braces keep styles from lower-casing acronyms (`{BERT}`) and mathematics (`{$N$}`)."""
    depth = 0
    written: list[str] = []
    for piece in pieces(raw):
        if piece.kind is Kind.WORDS:
            words = _with_capitals_kept if depth == 0 else encoded
            written.append(words(piece.text, ascii_only=ascii_only))
        elif piece.kind is Kind.MATH:
            math = encoded_math(piece.text, ascii_only=ascii_only)
            written.append(math if depth else f"{{{math}}}")
        else:
            depth += 1 if piece.kind is Kind.OPEN else -1
            written.append(piece.text)
    return " ".join("".join(written).split())


def _with_capitals_kept(words: str, *, ascii_only: bool) -> str:
    written: list[str] = []
    position = 0
    for word in _CAPITALISED.finditer(words):
        if _is_special_case(word[0]):
            before = encoded(words[position : word.start()], ascii_only=ascii_only)
            written += before, "{", encoded(word[0], ascii_only=ascii_only), "}"
            position = word.end()
    written.append(encoded(words[position:], ascii_only=ascii_only))
    return "".join(written)


def _is_special_case(word: str) -> bool:
    """Tell whether a word's capitals mean something: GPT, arXiv, T5, vitamin C; not Survey, not A."""
    if word == word.lower():
        return False
    inner = word[1:]
    return word != "A" if not inner else inner != inner.lower() or not word.isalpha()


def text(raw: str, *, ascii_only: bool = False) -> str:
    """Write a text of which nothing needs its capitals kept."""
    return " ".join(
        "".join(
            encoded_math(piece.text, ascii_only=ascii_only)
            if piece.kind is Kind.MATH
            else encoded(piece.text, ascii_only=ascii_only)
            if piece.kind is Kind.WORDS
            else piece.text
            for piece in pieces(raw)
        ).split()
    )


def authors(raw: tuple[str, ...], *, ascii_only: bool = False) -> str:
    """Write the author field: `Family, Given and {A Collaboration} and others`; empty without authors."""
    return " and ".join(_author(name, ascii_only) for name in author_names(raw))


@lru_cache(maxsize=1 << 16)
def _author(name: Name, ascii_only: bool) -> str:
    if name is ET_AL:
        return "others"
    if name.literal:
        return f"{{{encoded(name.literal, ascii_only=ascii_only)}}}"
    parts = [name.sorted_family, name.suffix, name.given] if name.suffix else [name.sorted_family, name.given]
    return ", ".join(encoded(part, ascii_only=ascii_only) for part in parts)
