"""The public arXiv snapshot: one line of JSON in, one record out. Pure functions, no files.

The shape is that of `arxiv-metadata-oai-snapshot.json`: fourteen keys a record, versions with RFC 2822 dates. What
the dates mean: `versions` v1 is the submission; `update_date` is the date of the last edit of the record and never a
date of publication.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from llmsurvey.paper import folded, identifies
from llmsurvey.sources import author_line
from llmsurvey.sources.reject import Rejected
from llmsurvey.sources.snapshot_dates import day, day_and_month, update_day

LONGEST_TITLE = 5_000
LONGEST_ABSTRACT = 100_000
"""Characters; real ones stay far below, a megabyte is damage."""
_LONGEST_CATEGORIES = 1_000
_VERSION = re.compile(r"v[1-9][0-9]{0,3}")
"""Real papers have some hundred versions at most."""
IN_ORDER = [f"v{number}" for number in range(1, 200)]
_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.(?:[A-Z]{2}|[a-z]+(?:-[a-z]+)*))?")

UNKNOWN_CATEGORY = "unknown"
"""Primary category of a record that names none."""


CUT_SHORT = "no JSON: the file ends in the middle of this record"
"""Why the last line of a download that was cut short is rejected."""


class Version(msgspec.Struct, gc=False):
    """One version of a record: `v1`, and when it came."""

    version: str
    created: str


_NOTHING = msgspec.Raw(b"null")


class SnapshotRecord(msgspec.Struct, gc=False, kw_only=True, rename={"journal_ref": "journal-ref"}):
    """What is read of every line; the parsed authors stay as they are, for the papers that are kept.

    In the order of the dump, where the decoder looks for the next key first.
    """

    id: str
    authors: str | None = None
    title: str
    comments: str | None = None
    journal_ref: str | None = None
    doi: str | None = None
    categories: str | None = None
    license: str | None = None
    abstract: str
    versions: list[Version]
    update_date: str | None = None
    authors_parsed: msgspec.Raw = _NOTHING


Header = tuple[tuple[str, str, int], str]
"""What is known of a record without its text: month of version 1, primary category and number of versions, as the
census keeps them; and the latest date that it names."""


_decoder = msgspec.json.Decoder(SnapshotRecord)
decode_lines = _decoder.decode_lines
"""Read lines of UTF-8; `FAULTS` where one is no JSON object with the keys a record must have."""
_decode_triples = msgspec.json.Decoder(list[tuple[str, str, str]]).decode
_decode_authors = msgspec.json.Decoder(list[list[str]] | None).decode


FAULTS = (Rejected, msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What is raised of a line that cannot be taken."""


def decoded(line: bytes) -> SnapshotRecord:
    """Read one line; `FAULTS` where it is no UTF-8 or no JSON object with the keys a record must have."""
    if not line.isascii():
        line.decode()  # the decoder does not look at the values that it skips
    return _decoder.decode(line)


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
    if not identifies(arxiv_id):
        raise Rejected(f"{arxiv_id[:40]!r} is not an arXiv identifier")
    title, abstract = record.title, record.abstract
    if not 0 < len(title) <= LONGEST_TITLE or title.isspace():
        raise Rejected(f"a title of {len(title):,} characters")
    if not 0 < len(abstract) <= LONGEST_ABSTRACT or abstract.isspace():
        raise Rejected(f"an abstract of {len(abstract):,} characters")
    category, (first, last) = primary_category(record.categories), ends(record.versions)
    submitted, month = day_and_month(first.created)
    latest = max(submitted, update_day(record.update_date), day(last.created))
    if latest > tomorrow:
        raise Rejected(f"a date in the future: {latest}")
    return (month, category, int(last.version[1:])), latest


def primary_category(text: str | None) -> str:
    """Return the first arXiv category of a record."""
    if text and len(text) > _LONGEST_CATEGORIES:
        raise Rejected(f"categories of {len(text):,} characters")
    first = text.partition(" ")[0] if text else ""
    return first if _is_category(first) else categories_of(text)[0]


def categories_of(text: str | None) -> tuple[str, ...]:
    """Return the arXiv categories of a record, the primary one first; some dumps mix in MSC and ACM classes."""
    words = text.split(" ") if text else []
    if not all(map(_is_category, words)):
        words = [word for word in re.split(r"[\s,;]+", text or "") if _is_category(word)]
    return tuple(dict.fromkeys(words)) or (UNKNOWN_CATEGORY,)


@lru_cache(maxsize=1 << 12)
def _is_category(word: str) -> bool:
    return bool(_CATEGORY.fullmatch(word))


def ends(versions: Sequence[Version]) -> tuple[Version, Version]:
    """Return the first and the last version by number: dumps do not always list them in order."""
    if not versions:
        raise Rejected("an empty list of versions")
    first = versions[0]
    if len(versions) == 1 and first.version == "v1":
        return first, first
    if [each.version for each in versions] == IN_ORDER[: len(versions)]:
        return first, versions[-1]
    numbers = {}
    for version in versions:
        if not _VERSION.fullmatch(version.version):
            raise Rejected(f"{version.version[:20]!r} is not a version")
        numbers[int(version.version[1:])] = version
    if 1 not in numbers:
        raise Rejected("no version 1 among its versions, so that its month is not known")
    return numbers[1], numbers[max(numbers)]


def authors(record: SnapshotRecord) -> tuple[str, ...]:
    """Return the names in order: parsed where the dump has them (TeX accents are decoded there), else as printed."""
    raw = record.authors_parsed
    try:
        names = [
            "" if suffix else f"{given} {family}" if given else family for family, given, suffix in _decode_triples(raw)
        ]
    except msgspec.DecodeError:
        names = []
    # One look at all names together, where an empty one leaves two blanks: nearly always it is the last.
    together = " ".join(names)
    if together and folded(together) == together:
        return tuple(names)
    try:
        parsed = _decode_authors(raw)
    except msgspec.DecodeError:
        parsed = None
    return _names(parsed) if parsed else author_line.names(record.authors or "")


def _names(parsed: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return names as they are written: `["Example", "Ann", "Jr."]` is Ann Example Jr.; the rest are affiliations."""
    names = (folded(" ".join((*each[1:2], *each[:1], *each[2:3]))) for each in parsed)
    return tuple(name for name in names if name)
