"""One record of arXiv's raw format: its header, its versions, its paper. Pure.

`acm-class` is not read: the server prints the MSC class there, or the word None.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from lxml import etree

from llmsurvey.paper import Paper, folded, identifies
from llmsurvey.sources.arxiv_snapshot import categories_of
from llmsurvey.sources.author_line import names
from llmsurvey.sources.faults import BadXml
from llmsurvey.sources.snapshot_dates import OLDEST_YEAR
from llmsurvey.sources.tex_accents import decoded
from llmsurvey.sources.withdrawal import is_withdrawn

OAI = "{http://www.openarchives.org/OAI/2.0/}"
_RAW = "{http://arxiv.org/OAI/arXivRaw/}"
_PREFIX = "oai:arXiv.org:"
_WITHDRAWN = "I"
"""Source type of a version that withdraws the paper; other letters may stand beside it."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a list says of one paper."""

    arxiv_id: str
    datestamp: date
    """Day of the record's last change."""
    paper: Paper | None = None
    deleted: bool = False
    fault: str = ""
    """Why there is no paper, where there should be one."""


def read_record(record: etree._Element) -> Record:
    """Read a record; one that cannot be taken says why, a header without datestamp is `BadXml`."""
    header = record.find(f"{OAI}header")
    if header is None:
        raise BadXml("a record has no header")
    arxiv_id = (header.findtext(f"{OAI}identifier") or "").strip().removeprefix(_PREFIX)
    stamp = (header.findtext(f"{OAI}datestamp") or "").strip()
    try:
        datestamp = datetime.fromisoformat(stamp).date()
    except ValueError as error:
        raise BadXml(f"the datestamp of {arxiv_id[:40]} is {stamp[:40]!r}") from error
    if header.get("status") == "deleted":
        return Record(arxiv_id, datestamp, deleted=True)
    raw = record.find(f"{OAI}metadata/{_RAW}arXivRaw")
    if raw is None:
        return Record(arxiv_id, datestamp, fault="no metadata in format arXivRaw")
    try:
        return Record(arxiv_id, datestamp, _paper(raw, arxiv_id))
    except ValueError as error:
        return Record(arxiv_id, datestamp, fault=str(error))


def _paper(raw: etree._Element, arxiv_id: str) -> Paper:
    """Read the paper; ValueError says what is wrong with it."""
    texts = {str(element.tag).removeprefix(_RAW): folded(element.text or "") for element in raw}
    if not identifies(arxiv_id) or texts.get("id") != arxiv_id:
        raise ValueError(f"{texts.get('id', '')[:40]!r} under the identifier {arxiv_id[:40]!r}")
    versions = _versions(raw)
    title, abstract = decoded(texts.get("title", "")), decoded(texts.get("abstract", ""))
    if not title:
        raise ValueError("no title")
    last = max(versions)
    (submitted, _), (updated, source_type) = versions[1], versions[last]
    comment = decoded(texts.get("comments", "")) or None
    return Paper(
        arxiv_id=arxiv_id,
        title=title,
        abstract=abstract,
        authors=names(texts.get("authors", "")),
        categories=categories_of(texts.get("categories")),
        submitted=submitted,
        updated=max(submitted, updated),
        versions=last,
        comment=comment,
        journal_ref=decoded(texts.get("journal-ref", "")) or None,
        doi=texts.get("doi") or None,
        license=texts.get("license") or None,
        withdrawn=_WITHDRAWN in source_type or is_withdrawn(comment, abstract),
    )


def _versions(raw: etree._Element) -> dict[int, tuple[datetime, str]]:
    """Return time and source type of every version by its number, in whatever order they are listed."""
    versions = {}
    for element in raw.iterfind(f"{_RAW}version"):
        name = element.get("version", "")
        if not (name[:1] == "v" and name[1:].isascii() and name[1:].isdecimal() and int(name[1:]) > 0):
            raise ValueError(f"{name[:20]!r} is not a version")
        moment = _moment(element.findtext(f"{_RAW}date") or "")
        versions[int(name[1:])] = (moment, element.findtext(f"{_RAW}source_type") or "")
    if 1 not in versions:
        raise ValueError("no version 1 among its versions, so that its month is not known")
    return versions


def _moment(text: str) -> datetime:
    """Read `Wed, 06 Dec 2017 03:30:32 GMT`, the day padded or not."""
    try:
        moment = parsedate_to_datetime(text.strip())
    except (TypeError, ValueError, IndexError, OverflowError) as error:
        raise ValueError(f"{text[:40]!r} is no date") from error
    if moment.year < OLDEST_YEAR:
        raise ValueError(f"{text[:40]!r} is an impossible date")
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
