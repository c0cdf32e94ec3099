"""arXiv's OAI-PMH service in format `arXivRaw`: lists by set and datestamp, all versions with their dates. Pure.

This format and no other, because `created` of format `arXiv` is the current version's date, against its own schema.
Deleted records exist in the protocol only: arXiv withdraws a paper by a new version of source type I.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final

from lxml import etree

from llmsurvey.sources import resumption
from llmsurvey.sources.base import Page, Unread
from llmsurvey.sources.faults import BadXml, EchoDiffers, FalseZero, OutsideWindow, RepeatedPage, ShortPage
from llmsurvey.sources.feed_xml import root
from llmsurvey.sources.oai_errors import raise_errors
from llmsurvey.sources.oai_record import OAI, Record, read_record

EARLIEST: Final = date(2005, 9, 16)
"""The first datestamp there is; an earlier `from` is refused (Identify, earliestDatestamp)."""
PREFIX: Final = "arXivRaw"


@dataclass(frozen=True, slots=True)
class Listing:
    """A question to OAI-PMH: records of a set whose datestamps lie in a span of days, and where in that list to go on.

    A datestamp is the day of the record's last change, never a date of the paper.
    """

    set_name: str | None
    """`cs`, `cs:cs:CL`, `physics:hep-th` …; None: all of arXiv."""
    since: date
    until: date | None = None
    """Inclusive; None: up to now, which is how a harvest stays up to date."""
    token: str | None = None
    """What the page before named; None: the first page."""

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise ValueError(f"the list ends on {self.until}, before it has begun on {self.since}")

    def __str__(self) -> str:
        name = f"set {self.set_name}" if self.set_name else "all sets"
        return f"{name}, changed from {self.since} to {self.until or 'now'}"

    @property
    def afresh(self) -> "Listing":
        """The same list from the day where the token stands, without a token; for when arXiv refuses it.

        Records of that day may come again, which an upsert does not mind.
        """
        place = resumption.place(self.token) if self.token else None
        return replace(self, token=None, since=max(self.since, place.since) if place else self.since)


def parameters(listing: Listing) -> dict[str, str]:
    """Return the request's parameters."""
    if listing.token is not None:
        return {"verb": "ListRecords", "resumptionToken": listing.token}
    return {"verb": "ListRecords", **_arguments(listing)}


def _arguments(listing: Listing) -> dict[str, str]:
    arguments = {"metadataPrefix": PREFIX, "from": max(listing.since, EARLIEST).isoformat()}
    if listing.until is not None:
        arguments["until"] = max(listing.until, EARLIEST).isoformat()
    if listing.set_name is not None:
        arguments["set"] = listing.set_name
    return arguments


def parse(body: bytes, listing: Listing) -> Page[Listing]:
    """Return the page that answers a listing, after all checks that one page allows. An empty list is a page too.

    The service's error `noRecordsMatch` is that empty list; behind a cache it can outlive its truth until midnight UTC.
    Raises the faults of `root` and of the protocol (`oai_errors`), and `EchoDiffers`, `RepeatedPage`, `ShortPage`,
    `OutsideWindow`; `FalseZero` where a list that must go on has ended.
    """
    answer = root(body, f"{OAI}OAI-PMH")
    as_of = _response_date(answer)
    nothing = raise_errors(answer, listing.set_name)
    _check_echo(answer, listing)
    if nothing and listing.token is not None:
        raise FalseZero("the list ends with nothing, though the page before promised more")
    if nothing:
        return Page(papers=(), total=0, following=None, as_of=as_of)
    records = answer.find(f"{OAI}ListRecords")
    if records is None:
        raise BadXml("the answer holds neither records nor an error")
    read = [read_record(element) for element in records.iterfind(f"{OAI}record")]
    following = _following(records, listing)
    _check_length(read, listing, following)
    _check_days(read, listing)
    papers = {record.paper.arxiv_id: record.paper for record in read if record.paper}
    return Page(
        papers=tuple(papers.values()),
        unread=tuple(Unread(record.arxiv_id, record.fault) for record in read if record.fault),
        deleted=tuple(record.arxiv_id for record in read if record.deleted),
        total=None,
        following=following,
        as_of=as_of,
    )


def _response_date(answer: etree._Element) -> datetime:
    text = (answer.findtext(f"{OAI}responseDate") or "").strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadXml(f"the answer's responseDate is {text[:40]!r}") from error
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _check_echo(answer: etree._Element, listing: Listing) -> None:
    """Hold the repeated request against what was sent.

    `from` is left out: the server writes the day of its next page there. A request that arXiv did not understand is
    repeated without any argument, next to an error.
    """
    request = answer.find(f"{OAI}request")
    said = dict(request.attrib) if request is not None else {}
    if not said:
        return
    for name, sent in parameters(listing).items():
        got = str(said.get(name, sent))
        if name != "from" and got != sent and not (name == "resumptionToken" and resumption.same(got, sent)):
            raise EchoDiffers(f"arXiv answered with {name} {got[:200]!r} instead of {sent[:200]!r}")
    if listing.set_name is not None and listing.token is None and "set" not in said:
        _check_sets(answer, listing.set_name)


def _check_sets(answer: etree._Element, name: str) -> None:
    """Hold the sets that each header names against the one asked for, where the repeated request names none."""
    for header in answer.iterfind(f"{OAI}ListRecords/{OAI}record/{OAI}header"):
        sets = [(element.text or "").strip() for element in header.iterfind(f"{OAI}setSpec")]
        if sets and not any(f"{spec}:".startswith(f"{name}:") for spec in sets):
            raise EchoDiffers(f"arXiv answered without the set {name}")


def _following(records: etree._Element, listing: Listing) -> Listing | None:
    """Return what to ask next; `RepeatedPage` where that lies not behind what was asked."""
    token = (records.findtext(f"{OAI}resumptionToken") or "").strip()
    if not token:
        return None
    before = resumption.place(listing.token) if listing.token else resumption.Place(max(listing.since, EARLIEST), 0)
    after = resumption.place(token)
    if (after <= before) if before and after else token == listing.token:
        raise RepeatedPage("the list leads back to where it was")
    return replace(listing, token=token)


def _check_length(read: list[Record], listing: Listing, following: Listing | None) -> None:
    """Hold the records against the token behind them, which counts how many of its day were handed out."""
    if not read:
        raise ShortPage("the list has a page without a record")
    after = resumption.place(following.token) if following and following.token else None
    if after is None:
        return
    before = resumption.place(listing.token) if listing.token else resumption.Place(listing.since, 0)
    due, held = after.skip, sum(record.datestamp == after.since for record in read)
    if before and before.since == after.since:
        due, held = after.skip - before.skip, len(read)
    if held < due:
        raise ShortPage(f"the page holds {held:,} records of {after.since} where its token counts {due:,}")


def _check_days(read: list[Record], listing: Listing) -> None:
    last = listing.until or date.max
    for record in read:
        if not listing.since <= record.datestamp <= last:
            raise OutsideWindow(f"{record.arxiv_id}, changed on {record.datestamp}, lies outside of: {listing}")


@dataclass(frozen=True, slots=True)
class ArxivOai:
    """OAI-PMH as a source."""

    url: str
    name: str = "oai"

    def parameters(self, asked: Listing) -> Mapping[str, str]:
        """Return the parameters of the request."""
        return parameters(asked)

    def parse(self, body: bytes, asked: Listing) -> Page[Listing]:
        """Return the page that answers a listing."""
        return parse(body, asked)
