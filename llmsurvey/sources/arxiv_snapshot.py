"""The public arXiv snapshot: one line of JSON in, one record out. Pure functions, no files.

The shape is that of `arxiv-metadata-oai-snapshot.json`: fourteen keys a record, versions with RFC 2822 dates. What
the dates mean: `versions` v1 is the submission; `update_date` is the date of the last edit of the record and never a
date of publication.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

import msgspec

from llmsurvey.paper import Paper, folded, identifies, is_arxiv_id
from llmsurvey.sources import author_line
from llmsurvey.sources.withdrawal import is_withdrawn

LONGEST_TITLE = 5_000
LONGEST_ABSTRACT = 100_000
"""Characters; real ones stay far below, a megabyte is damage."""
_LONGEST_CATEGORIES = 1_000
OLDEST_YEAR = 1986
"""Some papers of arXiv's first archives carry dates from before arXiv (1991)."""

_NO_YEAR = re.compile(r"\s0\d{3}\s", re.ASCII)
"""A year such as 0000, which the standard library takes for one of two digits: 2000."""
_DATE = re.compile(r"\s*[A-Z][a-z]{2}, *\d{1,2} [A-Z][a-z]{2} \d{4}", re.ASCII)
_CLOCK = re.compile(r" ((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d) GMT", re.ASCII)
_CLOCK_LENGTH = len(" 00:00:00 GMT")
_VERSION = re.compile(r"v[1-9][0-9]{0,3}")
"""Real papers have some hundred versions at most."""
_IN_ORDER = [f"v{number}" for number in range(1, 200)]
_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.(?:[A-Z]{2}|[a-z]+(?:-[a-z]+)*))?")

_NAME_PARTS = 3
"""Family name, given names, suffix; further parts are affiliations."""

_LOOSE = re.compile(r"[ |][ |]")

UNKNOWN_CATEGORY = "unknown"
"""Primary category of a record that names none."""


CUT_SHORT = "no JSON: the file ends in the middle of this record"
"""Why the last line of a download that was cut short is rejected."""


class Rejected(Exception):  # noqa: N818 - a verdict on one record, not a fault of the program
    """A record that cannot be taken, and why."""


class _Version(msgspec.Struct, gc=False):
    version: str
    created: str


_NOTHING = msgspec.Raw(b"null")


class SnapshotRecord(msgspec.Struct, gc=False, rename={"journal_ref": "journal-ref"}):
    """What is read of every line; the parsed authors stay as they are, for the papers that are kept."""

    id: str
    title: str
    abstract: str
    versions: list[_Version]
    categories: str | None = None
    authors: str | None = None
    comments: str | None = None
    journal_ref: str | None = None
    doi: str | None = None
    license: str | None = None
    update_date: str | None = None
    authors_parsed: msgspec.Raw = _NOTHING


_NO_VERSION = _Version("", "")


Header = tuple[str, str, int, str, bool]
"""What the census needs of a record: month of version 1, primary category, number of versions, the latest date that
the record names, and whether its identifier is not written as arXiv writes it."""


decode = msgspec.json.Decoder(SnapshotRecord).decode
"""Read one line of UTF-8; `FAULTS` where it is no JSON object with the keys a record must have."""
_decode_authors = msgspec.json.Decoder(list[list[str]] | None).decode


FAULTS = (Rejected, msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What is raised of a line that cannot be taken."""


def decoded(line: bytes) -> SnapshotRecord:
    """Read one line; `FAULTS` where it is no UTF-8 or no JSON object with the keys a record must have."""
    if not line.isascii():
        line.decode()  # the decoder does not look at the values that it skips
    return decode(line)


def in_words(fault: Exception, line: bytes) -> str:
    """Say why a line cannot be taken."""
    if isinstance(fault, msgspec.ValidationError):
        return _unexpected(str(fault))
    if isinstance(fault, msgspec.DecodeError):
        if "truncated" in str(fault) and not line.endswith(b"\n"):  # only a file's last line has no end
            return CUT_SHORT
        half = "surrogate" in str(fault) or "hex escape" in str(fault)
        return f"half a character (a lone surrogate): {fault}" if half else f"no JSON: {fault}"
    if isinstance(fault, UnicodeDecodeError):
        return CUT_SHORT if fault.reason == "unexpected end of data" else "bytes that are not UTF-8"
    return "JSON nested too deeply" if isinstance(fault, RecursionError) else str(fault)


def _unexpected(fault: str) -> str:
    if "required field" in fault:
        return f"lacks the key {fault.split('`')[1]}"
    if fault.startswith("Expected `object`") and "`$" not in fault:
        return "no JSON object"
    if "`$.id`" in fault and ("got `int`" in fault or "got `float`" in fault):
        return "its id is a number, so that digits may be lost; identifiers are text"
    return f"unexpected value: {fault}"


def header(record: SnapshotRecord, tomorrow: str) -> Header:
    """Check a record and return what the census needs of it; `Rejected` names the first thing wrong with it.

    `tomorrow` (ISO) bounds the dates: a record from the future is damage.
    """
    arxiv_id = record.id
    odd_id = not ((_heads_ids(arxiv_id[:-2]) and arxiv_id[-2:] in _TWO_DIGITS) or is_arxiv_id(arxiv_id))
    if odd_id and not identifies(arxiv_id):
        raise Rejected(f"{arxiv_id[:40]!r} is not an arXiv identifier")
    title, abstract = record.title, record.abstract
    if not 0 < len(title) <= LONGEST_TITLE or title.isspace():
        raise Rejected(f"a title of {len(title):,} characters")
    if not 0 < len(abstract) <= LONGEST_ABSTRACT or abstract.isspace():
        raise Rejected(f"an abstract of {len(abstract):,} characters")
    if record.categories and len(record.categories) > _LONGEST_CATEGORIES:
        raise Rejected(f"categories of {len(record.categories):,} characters")
    versions = record.versions
    first, latest, number = versions[0] if versions else _NO_VERSION, _update_day(record.update_date), 1
    if len(versions) != 1 or first.version != "v1":
        first, last = _ends(versions)
        latest, number = max(latest, _day(last.created)), int(last.version[1:])
    submitted = _day(first.created)
    if submitted > latest:  # noqa: PLR1730 - max() takes three times as long
        latest = submitted
    if latest > tomorrow:
        raise Rejected(f"a date in the future: {latest}")
    return submitted[:7], categories_of(record.categories)[0], number, latest, odd_id


_TWO_DIGITS = frozenset(f"{number:02}" for number in range(100))


@lru_cache(maxsize=1 << 12)
def _heads_ids(head: str) -> bool:
    """Tell whether any two digits make an arXiv identifier of this; it stands before many, one after the other."""
    return is_arxiv_id(f"{head}00")


@lru_cache(maxsize=1 << 16)
def categories_of(text: str | None) -> tuple[str, ...]:
    """Return the arXiv categories of a record, the primary one first; some dumps mix in MSC and ACM classes."""
    found = dict.fromkeys(word for word in re.split(r"[\s,;]+", text or "") if _CATEGORY.fullmatch(word))
    return tuple(found) or (UNKNOWN_CATEGORY,)


def _ends(versions: Sequence[_Version]) -> tuple[_Version, _Version]:
    """Return the first and the last version by number: dumps do not always list them in order."""
    if not versions:
        raise Rejected("an empty list of versions")
    first = versions[0]
    if [each.version for each in versions] == _IN_ORDER[: len(versions)]:
        return first, versions[-1]
    numbers = {}
    for version in versions:
        if not _VERSION.fullmatch(version.version):
            raise Rejected(f"{version.version[:20]!r} is not a version")
        numbers[int(version.version[1:])] = version
    if 1 not in numbers:
        raise Rejected("no version 1 among its versions, so that its month is not known")
    return numbers[1], numbers[max(numbers)]


def _day(created: str) -> str:
    """Return the UTC day of `Mon, 2 Apr 2007 19:18:42 GMT` in ISO form; days repeat, so most come from a cache."""
    return (_is_clock(created[-_CLOCK_LENGTH:]) and _day_of(created[:-_CLOCK_LENGTH])) or _parsed(
        created
    ).date().isoformat()


@lru_cache(maxsize=24 * 60 * 60)
def _is_clock(text: str) -> bool:
    return _CLOCK.fullmatch(text) is not None


@lru_cache(maxsize=1 << 16)
def _day_of(text: str) -> str:
    """Return the ISO day of `Mon, 2 Apr 2007`; empty for what is not of this shape."""
    return _parsed(f"{text} 00:00:00 GMT").date().isoformat() if _DATE.fullmatch(text) else ""


def _moment(created: str) -> datetime:
    clock = _CLOCK.fullmatch(created, len(created) - _CLOCK_LENGTH)
    if clock and (day := _day_of(created[:-_CLOCK_LENGTH])):  # nearly always, at a tenth of the time
        return datetime.fromisoformat(f"{day}T{clock[1]}+00:00")
    return _parsed(created)


def _parsed(created: str) -> datetime:
    try:
        moment = parsedate_to_datetime(created)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise Rejected(f"an impossible date: {created[:40]}") from error
    if moment.year < OLDEST_YEAR or _NO_YEAR.search(created):
        raise Rejected(f"an impossible date: {created[:40]}")
    return moment


@lru_cache(maxsize=1 << 14)
def _update_day(text: str | None) -> str:
    if text is None:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise Rejected(f"an impossible date: {text[:40]}") from error


def paper(record: SnapshotRecord) -> Paper:
    """Return the whole paper of a record that was checked."""
    first, last = _ends(record.versions)
    submitted = _moment(first.created)
    comment, abstract = _kept(record.comments), folded(record.abstract)
    return Paper(
        arxiv_id=record.id,
        title=folded(record.title),
        abstract=abstract,
        authors=_authors(record.authors_parsed, record.authors),
        categories=categories_of(record.categories),
        submitted=submitted,
        updated=submitted if last is first else max(submitted, _moment(last.created)),
        versions=int(last.version[1:]),
        comment=comment,
        journal_ref=_kept(record.journal_ref),
        doi=_kept(record.doi),
        license=_kept(record.license),
        withdrawn=is_withdrawn(comment, abstract),
    )


def _kept(text: str | None) -> str | None:
    return (folded(text) or None) if text else None


def _names(parsed: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return names as they are written: `["Example", "Ann", "Jr."]` is Ann Example Jr."""
    names = [
        (f"{each[1]} {each[0]}" if each[1] else each[0])
        if len(each) == _NAME_PARTS and not each[2]
        else " ".join(part for part in (*each[1:2], *each[:1], *each[2:3]) if part)
        for each in parsed
    ]
    together = f"|{'|'.join(names)}|"
    if together.isprintable() and not _LOOSE.search(together):  # one look at all of them; nearly always it is the last
        return tuple(names)
    return tuple(name for name in map(folded, names) if name)


def _authors(raw: msgspec.Raw, as_printed: str | None) -> tuple[str, ...]:
    """Return the names in order: parsed where the dump has them (TeX accents are decoded there), else as printed."""
    try:
        parsed = _decode_authors(raw)
    except msgspec.DecodeError:
        parsed = None
    if parsed:
        return _names(parsed)
    return author_line.names(as_printed or "")
