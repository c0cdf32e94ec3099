"""arXiv's OAI-PMH service: six verbs, sets, formats, tokens, and errors under HTTP 200. No sockets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from llmsurvey.paper import is_arxiv_id
from tests.standin import tokens
from tests.standin.corpus import Corpus
from tests.standin.exchange import OAI_XML, Answer, Request
from tests.standin.oai_records import FORMATS, header, quoted, record_element
from tests.standin.record import EARLIEST_DATESTAMP
from tests.standin.taxonomy import listed_sets, set_names

RECORDS_A_PAGE = 1_300
IDENTIFIERS_A_PAGE = 20_000
_ID_PREFIX = "oai:arXiv.org:"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SENTENCES = {
    "badVerb": "Value of the verb argument is not a legal OAI-PMH verb, the verb argument is missing, or the verb "
    "argument is repeated.",
    "badArgument": "The request includes illegal arguments, is missing required arguments, includes a repeated "
    "argument, or values for arguments have an illegal syntax.",
    "badResumptionToken": "The value of the resumptionToken argument is invalid or expired.",
    "cannotDisseminateFormat": "The metadata format identified by the value given for the metadataPrefix argument is "
    "not supported by the item or by the repository.",
    "idDoesNotExist": "The value of the identifier argument is unknown or illegal in this repository.",
    "noRecordsMatch": "The combination of the values of the from, until, set and metadataPrefix arguments results in "
    "an empty list.",
}
"""The errors of the protocol, in the words of its specification."""


class ProtocolError(Exception):
    """An error of the protocol, which arXiv answers under HTTP 200."""

    def __init__(self, code: str, reason: str = "", shown: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.code, self.reason, self.shown = code, reason, shown or {}


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many records and headers a list's page holds."""

    records: int = RECORDS_A_PAGE
    identifiers: int = IDENTIFIERS_A_PAGE


@dataclass(frozen=True, slots=True)
class Listing:
    """A list request after its arguments were checked."""

    verb: str
    prefix: str
    first: date
    last: date
    wanted_set: str
    skip: int
    shown: dict[str, str]
    """Arguments as the response repeats them."""
    resumed: bool


def answer(request: Request, corpus: Corpus, now: datetime, sizes: Sizes) -> Answer:
    """Answer a request; errors of the protocol come under status 200."""
    try:
        with corpus.lock:
            return _answered(request, corpus, now, sizes)
    except ProtocolError as error:
        return error_answer(error, now)


def error_answer(error: ProtocolError, now: datetime) -> Answer:
    """Answer with an error of the protocol: its sentence, and the server's reason where it gives one."""
    reason = f" Reason: {error.reason}" if error.reason else ""
    inner = f"    <error code='{error.code}'>{quoted(_SENTENCES[error.code] + reason)}</error>\n"
    return Answer(_document(inner, error.shown, now), content_type=OAI_XML, outcome=error.code)


def _answered(request: Request, corpus: Corpus, now: datetime, sizes: Sizes) -> Answer:
    if any(len(values) > 1 for values in request.parameters.values()):
        raise ProtocolError("badArgument", "Duplicate parameters not allowed")
    arguments = {name: values[0] for name, values in request.parameters.items()}
    match arguments.get("verb", ""):
        case "Identify":
            inner, shown = _identify(arguments), {"verb": "Identify"}
        case "ListMetadataFormats":
            inner, shown = _formats(arguments), arguments
        case "ListSets":
            inner, shown = _sets(arguments), arguments
        case "GetRecord":
            shown = {name: arguments.get(name, "") for name in ("verb", "identifier", "metadataPrefix")}
            inner = _get_record(arguments, corpus)
        case "ListRecords" | "ListIdentifiers":
            listing = _listing(arguments, now)
            inner, shown = _list(listing, corpus, now, sizes), listing.shown
        case _:
            raise ProtocolError("badVerb", "Invalid verb provided")
    return Answer(_document(inner, shown, now), content_type=OAI_XML)


def _document(inner: str, shown: Mapping[str, str], now: datetime) -> bytes:
    mark = "'" if "resumptionToken" in shown else '"'
    names = ("verb", "resumptionToken") if "resumptionToken" in shown else tuple(shown)
    attributes = "".join(f" {name}={mark}{quoted(shown[name])}{mark}" for name in names)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" \n'
        '         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"\n'
        '         xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ '
        'http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">\n'
        f"    <responseDate>{now:%Y-%m-%dT%H:%M:%SZ}</responseDate>\n"
        f"                <request{attributes}>http://oaipmh.arxiv.org/oai</request>\n\n\n{inner}</OAI-PMH>"
    ).encode()


def _only(arguments: Mapping[str, str], *allowed: str) -> None:
    if set(arguments) - {"verb", *allowed}:
        raise ProtocolError("badArgument", "No other parameters allowed")


def _identify(arguments: Mapping[str, str]) -> str:
    _only(arguments)
    space = "http://www.openarchives.org/OAI/1.1/eprints"
    help_pages = "https://info.arxiv.org/help"
    policies = (
        ("metadataPolicy", "Metadata harvesting permitted through OAI interface", "oa/metadataPolicy.html"),
        ("dataPolicy", "Full-content harvesting not permitted (except by special arrangement)", "oa/dataPolicy.html"),
        (
            "submissionPolicy",
            "Author self-submission preferred, submissions screened for appropriateness.",
            "submit/index.html",
        ),
    )
    facts = (
        ("repositoryName", "arXiv"),
        ("baseURL", "https://oaipmh.arxiv.org/oai"),
        ("protocolVersion", "2.0"),
        ("adminEmail", "help@arxiv.org"),
        ("earliestDatestamp", EARLIEST_DATESTAMP.isoformat()),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DD"),
    )
    return (
        "    <Identify>\n"
        + "".join(f"        <{name}>{text}</{name}>\n" for name, text in facts)
        + f'            <description>\n        <eprints xmlns="{space}" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="{space} http://www.openarchives.org/OAI/1.1/eprints.xsd">\n'
        "            <content>\n                <text>Author self-archived e-prints</text>\n            </content>\n"
        + "".join(
            f"<{tag}>\n<text>{text}</text>\n<URL>{help_pages}/{page}</URL>\n</{tag}>\n" for tag, text, page in policies
        )
        + "        </eprints>\n    </description>\n\n    </Identify>\n"
    )


def _formats(arguments: Mapping[str, str]) -> str:
    _only(arguments, "identifier")
    if "identifier" in arguments:
        _arxiv_id(arguments["identifier"])
    rows = "".join(
        f"<metadataFormat>\n    <metadataPrefix>{prefix}</metadataPrefix>\n    <schema>{schema}</schema>\n"
        f"    <metadataNamespace>{namespace}</metadataNamespace>\n</metadataFormat>\n"
        for prefix, (schema, namespace) in FORMATS.items()
    )
    return f"    <ListMetadataFormats>\n{rows}    </ListMetadataFormats>\n"


def _sets(arguments: Mapping[str, str]) -> str:
    if "resumptionToken" in arguments:
        raise ProtocolError("badArgument", "Invalid token")
    _only(arguments)
    rows = "".join(
        f"                <set>\n        <setSpec>{spec}</setSpec>\n"
        f"        <setName>{quoted(name)}</setName>\n    </set>\n\n"
        for spec, name in listed_sets()
    )
    return f"    <ListSets>\n{rows}    </ListSets>\n"


def _arxiv_id(identifier: str) -> str:
    name = identifier.removeprefix(_ID_PREFIX)
    if name == identifier or not is_arxiv_id(name):
        raise ProtocolError("badArgument")
    return name


def _prefix(arguments: Mapping[str, str], shown: Mapping[str, str]) -> str:
    prefix = arguments["metadataPrefix"]
    if prefix not in FORMATS:
        raise ProtocolError("cannotDisseminateFormat", "Did not recognize requested format", shown)
    return prefix


def _get_record(arguments: Mapping[str, str], corpus: Corpus) -> str:
    if set(arguments) != {"verb", "identifier", "metadataPrefix"}:
        reason = "Parameters provided did not match expected. Expected: identifier, metadataPrefix, verb"
        raise ProtocolError("badArgument", reason)
    record = corpus.get(_arxiv_id(arguments["identifier"]))
    shown = {name: arguments[name] for name in ("verb", "identifier")}
    prefix = _prefix(arguments, shown)
    if record is None:
        raise ProtocolError("idDoesNotExist", "Nothing found for this ID", arguments)
    return f"    <GetRecord>\n{record_element(record, prefix)}    </GetRecord>\n"


def _listing(arguments: dict[str, str], now: datetime) -> Listing:
    verb, shown, skip = arguments["verb"], {"verb": arguments["verb"]}, 0
    resumed = "resumptionToken" in arguments
    if resumed:
        if set(arguments) != {"verb", "resumptionToken"}:
            raise ProtocolError("badArgument", "No other paramters allowed with resumptionToken")
        shown["resumptionToken"] = arguments["resumptionToken"]
        try:
            arguments, skip = tokens.read(arguments["resumptionToken"])
        except tokens.BadToken as bad:
            raise ProtocolError("badResumptionToken", str(bad)) from bad
        if arguments["verb"] != verb:
            raise ProtocolError("badResumptionToken", "token from different verb", shown)
    if "metadataPrefix" not in arguments:
        raise ProtocolError("badArgument", "metadataPrefix required.")
    allowed = ("metadataPrefix", "from", "until", "set")
    if set(arguments) - {"verb", *allowed}:
        raise ProtocolError("badArgument", f"Unallowed parameter. Allowed parameters: {', '.join(allowed)}")
    prefix = _prefix(arguments, shown)
    shown |= {name: arguments[name] for name in allowed if arguments.get(name)}
    first, last = _days(arguments, now)
    return Listing(verb, prefix, first, last, _set(arguments.get("set", "")), skip, shown, resumed)


def _days(arguments: Mapping[str, str], now: datetime) -> tuple[date, date]:
    first = _day(arguments, "from") or EARLIEST_DATESTAMP
    last = _day(arguments, "until") or now.date()
    if first > last:
        raise ProtocolError("badArgument", "until date must be greater than or equal to from date")
    if first < EARLIEST_DATESTAMP:
        raise ProtocolError("badArgument", "start date too early")
    if last >= (now + timedelta(days=1)).date() and arguments.get("until"):
        raise ProtocolError("badArgument", "until date too late")
    return first, last


def _day(arguments: Mapping[str, str], name: str) -> date | None:
    text = arguments.get(name, "")
    if not text:
        return None
    try:
        return date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError as bad:
        raise ProtocolError("badArgument", f"{name} date format must be YYYY-MM-DD") from bad


def _set(wanted: str) -> str:
    if wanted.count(":") > 2:
        raise ProtocolError("badArgument", "Set has too many levels")
    if wanted and wanted not in set_names():
        raise ProtocolError("badArgument", "Set does not exist")
    return wanted


def _list(listing: Listing, corpus: Corpus, now: datetime, sizes: Sizes) -> str:
    headers_only = listing.verb == "ListIdentifiers"
    size = sizes.identifiers if headers_only else sizes.records
    numbers = corpus.changed_between(listing.first, listing.last, listing.wanted_set)
    page = [corpus.records[number] for number in numbers[listing.skip : listing.skip + size + 1]]
    if not page:
        raise ProtocolError("noRecordsMatch", shown=listing.shown)
    token = ""
    if len(page) > size:
        token = _token(listing, [record.datestamp for record in page], size, now)
        page = page[:size]
    elif listing.resumed:
        token = "                    <resumptionToken/>\n\n"
    write = header if headers_only else (lambda record: record_element(record, listing.prefix))
    return f"    <{listing.verb}>\n{''.join(write(record) for record in page)}{token}    </{listing.verb}>\n"


def _token(listing: Listing, stamps: list[date], size: int, now: datetime) -> str:
    """Write the token behind a full page; `stamps` holds the day of one record more than the page.

    Within one day the token is an offset; else the list starts anew at the last day, less what was shown of it. The
    server writes that new `from` into the answer's own request element too, which is a bug of it, kept here.
    """
    skip = listing.skip + size
    if stamps[-1] != stamps[0]:
        listing.shown["from"] = stamps[-1].isoformat()
        skip = stamps[:size].count(stamps[-1])
    text = tokens.written(listing.shown, skip)
    ends = tokens.expiry(now).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"                    <resumptionToken expirationDate='{ends}'>{text}</resumptionToken>\n\n"
