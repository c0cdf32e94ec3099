"""Which papers a parsed query finds, as arXiv's search engine would. Reads a corpus, changes nothing but its memory.

Titles and abstracts are compared by stems: quotes ask for adjacency, never for the exact words.
"""

import fnmatch
import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.standin.analyser import phrase_in, positions, stems, tokens
from tests.standin.corpus import Corpus
from tests.standin.grammar import Both, Node, Term, Without
from tests.standin.record import Record

_MINUTES = re.compile(r"(\d{12}) TO (\d{12})")
_YEAR, _YEAR_MONTH, _SHORT_MONTH = (
    re.compile(r"\d{4}"),
    re.compile(r"\d{4}-\d{2}"),
    re.compile(r"\d{2}(?:0[1-9]|1[012])"),
)
_FIRST_YEAR, _LAST_YEAR = 1991, 2099
_REMEMBERED = 200
"""Terms whose verdicts are kept; more would fill the memory with what nobody asks again."""
Test = Callable[[Record], bool]


class EngineError(Exception):
    """The search engine refuses the query; the API answers 500."""


def found(node: Node, corpus: Corpus, within: set[int] | None = None) -> set[int]:
    """Return the numbers of the papers a query finds among `within` (None: all)."""
    if isinstance(node, Without):
        everything = set(range(len(corpus))) if within is None else within
        return everything - found(node.inner, corpus, everything)
    if isinstance(node, Both):
        return _joined(node, corpus, within)
    return _term(node, corpus, within)


def _joined(node: Both, corpus: Corpus, within: set[int] | None) -> set[int]:
    if node.operator == "OR":
        hits, rest = found(node.left, corpus, within), node.right
        while isinstance(rest, Both) and rest.operator == "OR":
            hits |= found(rest.left, corpus, within)
            rest = rest.right
        return hits | found(rest, corpus, within)
    if node.operator == "ANDNOT":
        left = found(node.left, corpus, within)
        return left - found(node.right, corpus, left)
    cheap, dear = sorted((node.left, node.right), key=_cost)
    return found(dear, corpus, found(cheap, corpus, within))


def _cost(node: Node) -> int:
    """Rank an expression by the work it makes: a date window first, texts last."""
    if isinstance(node, Term):
        return {"submittedDate": 0, "id": 1, "cat": 2}.get(node.field, 3 if node.field != "all" else 4)
    if isinstance(node, Without):
        return 5
    costs = (_cost(node.left), _cost(node.right))
    return min(costs) if node.operator == "AND" else max(costs)


def _term(term: Term, corpus: Corpus, within: set[int] | None) -> set[int]:
    if term.field == "submittedDate":
        window = corpus.submitted_between(*_window(term.value))
        return window if within is None else window & within
    test = _TESTS[term.field](term)
    if len(corpus.verdicts) > _REMEMBERED:
        corpus.verdicts.clear()
    verdicts = corpus.verdicts.setdefault(term, {})
    hits = set()
    for number in range(len(corpus)) if within is None else within:
        verdict = verdicts.get(number)
        if verdict is None:
            verdict = verdicts[number] = test(corpus.records[number])
        if verdict:
            hits.add(number)
    return hits


def _window(value: str) -> tuple[datetime, datetime]:
    """Read a date range; both minutes belong to it, the last one with its first second only."""
    dates = _MINUTES.fullmatch(value)
    try:
        if dates:
            first, last = (datetime.strptime(text, "%Y%m%d%H%M").replace(tzinfo=UTC) for text in dates.groups())
            return first, last
    except ValueError:
        pass
    raise EngineError(f"failed to parse date field [{value}]")


def text_test(term: Term, text_of: Callable[[Record], str]) -> Test:
    """Make the test of a stemmed field: side by side where quoted, all of them anywhere where not."""
    if term.value.startswith("$") and term.value.endswith("$") and len(term.value) > 2:
        return lambda record: term.value in text_of(record)
    if not term.quoted and re.search(r"[*?]", term.value):
        return _wildcard_test(term.value, text_of)
    wanted = positions(term.value)
    if not wanted:
        return lambda _: False
    starts = tuple(_start(stem) for _, stem in wanted)
    likely = _likely(starts, in_order=term.quoted, gaps=_gaps(wanted))

    def test(record: Record) -> bool:
        text = text_of(record)
        if not likely(text.lower()):
            return False
        known = positions(text, starts)
        if term.quoted:
            return phrase_in(wanted, known)
        return {stem for _, stem in wanted} <= {stem for _, stem in known}

    return test


def _start(stem: str) -> str:
    """Return what every word of a Porter stem begins with: happi is happy, possibl may be possibility."""
    return stem[: max(1, len(stem) - 2)] if stem.isalpha() else stem[:1]


def _likely(starts: tuple[str, ...], *, in_order: bool, gaps: bool) -> Callable[[str], bool]:
    """Make a quick first look at a lower-case text, which may say yes too often but never no wrongly."""
    if not in_order:
        return lambda text: all(start in text for start in starts)
    between = r".*?" if gaps else r"\S*?\W*?"
    pattern = re.compile(between.join(re.escape(start) for start in starts), re.DOTALL)
    return lambda text: pattern.search(text) is not None


def _gaps(wanted: list[tuple[int, str]]) -> bool:
    return wanted[-1][0] - wanted[0][0] != len(wanted) - 1


def _wildcard_test(value: str, text_of: Callable[[Record], str]) -> Test:
    if value[0] in "*?":
        raise EngineError(f"leading wildcard in [{value}]")
    pattern = re.compile(fnmatch.translate(value.lower()))
    return lambda record: any(pattern.match(stem) for stem in stems(text_of(record)))


def _plain_test(term: Term, text_of: Callable[[Record], str | None]) -> Test:
    """Make the test of a field that is not stemmed: comment, journal reference, report number."""
    wanted = tokens(term.value)
    numbered = list(enumerate(wanted))

    def test(record: Record) -> bool:
        text = (text_of(record) or "").lower()
        if not wanted or not all(word in text for word in wanted):
            return False
        known = tokens(text)
        return phrase_in(numbered, list(enumerate(known))) if term.quoted else set(wanted) <= set(known)

    return test


def _category_test(term: Term) -> Test:
    """Make the test of a category: a case-sensitive wildcard over all of a paper's categories."""
    pattern = re.compile(fnmatch.translate(term.value.replace("[", "[[]")))
    return lambda record: any(pattern.match(category) for category in record.categories)


def _author_test(term: Term) -> Test:
    wanted = set(tokens(_plain_letters(term.value)))

    def test(record: Record) -> bool:
        for name, _ in record.names():
            plain = _plain_letters(name).lower()
            if wanted and all(word in plain for word in wanted) and wanted <= set(tokens(plain)):
                return True
        return False

    return test


def _plain_letters(text: str) -> str:
    if text.isascii():
        return text
    return "".join(mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark))


def _id_test(term: Term) -> Test:
    def test(record: Record) -> bool:
        return term.value in {record.arxiv_id, f"{record.arxiv_id}v{len(record.versions)}"}

    return test


def _doi_test(term: Term) -> Test:
    return lambda record: record.doi is not None and record.doi.lower() == term.value.lower()


def _all_test(term: Term) -> Test:
    """Make the test of `all:`: every word somewhere in the paper, unstemmed; or any one field; or a year."""
    if term.value.startswith(("*", "?")):
        raise EngineError(f"leading wildcard in [{term.value}]")
    months = _announced(term.value)
    single = [_TESTS[field](term) for field in ("ti", "abs", "au", "co", "jr", "rn", "id", "doi")]
    wanted = _without_dots(term.value).split()

    def combined(record: Record) -> bool:
        text = _without_dots(_everything(record))
        if not all(word in text for word in wanted):
            return False
        words = text.split()
        return phrase_in(list(enumerate(wanted)), list(enumerate(words))) if term.quoted else set(wanted) <= set(words)

    def test(record: Record) -> bool:
        announced = (record.submitted + timedelta(days=1)).strftime("%Y-%m") if months else ""
        return announced.startswith(months or ("?",)) or combined(record) or any(one(record) for one in single)

    return test


def _without_dots(text: str) -> str:
    return text.lower().replace(".", "").replace(",", "")


def _everything(record: Record) -> str:
    names = " ".join(name for name, _ in record.names())
    rest = " ".join(text or "" for text in (record.comment, record.journal_ref, record.report_no, record.doi))
    return f"{record.arxiv_id} {names} {record.title} {record.abstract} {' '.join(record.categories)} {rest}"


def _announced(value: str) -> tuple[str, ...]:
    """Return the years and months of announcement that `all:` takes a number for: 2012 is a year and a December."""
    is_year = _YEAR.fullmatch(value) and _FIRST_YEAR <= int(value) <= _LAST_YEAR
    dates = [value] if is_year or _YEAR_MONTH.fullmatch(value) else []
    if _SHORT_MONTH.fullmatch(value):
        dates.append(f"20{value[:2]}-{value[2:]}")
    return tuple(dates)


_TESTS: dict[str, Callable[[Term], Test]] = {
    "ti": lambda term: text_test(term, lambda record: record.title),
    "abs": lambda term: text_test(term, lambda record: record.abstract),
    "au": _author_test,
    "co": lambda term: _plain_test(term, lambda record: record.comment),
    "jr": lambda term: _plain_test(term, lambda record: record.journal_ref),
    "rn": lambda term: _plain_test(term, lambda record: record.report_no),
    "cat": _category_test,
    "id": _id_test,
    "doi": _doi_test,
    "all": _all_test,
}
