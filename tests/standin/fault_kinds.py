"""The faults themselves: each a small function from a scene to the answer that a struck request gets."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from tests.standin import api, oai
from tests.standin.exchange import HTML, PLAIN, Answer, Delivery, Request, Service
from tests.standin.site import Site, moved

_TOTAL = re.compile(rb"(?<=<opensearch:totalResults>)\d+")
_RESPONSE_DATE = re.compile(rb"(?<=<responseDate>)[^<]+")
_EXPIRY = re.compile(rb"(?<=expirationDate=')[^']+")
_TITLE = re.compile(rb"(?<=<title>arXiv Query: search_query=)[^<]*?(?=&amp;id_list=)")
_LAST_ENTRY = re.compile(rb"  <entry>(?:(?!  <entry>).)*</entry>\n(?=</feed>)", re.DOTALL)
_LAST_RECORD = re.compile(rb"<record>(?:(?!<record>).)*</record>\s*(?=<resumptionToken|</ListRecords>)", re.DOTALL)
_BOTH = frozenset({Service.API, Service.OAI})


class Timed(Protocol):
    """What a fault function needs to know of the plan's entry."""

    @property
    def seconds(self) -> float:
        """How long the fault takes."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A struck request, and all that a fault may make its answer of."""

    request: Request
    site: Site
    fault: Timed

    def honest(self) -> Answer:
        """Return the answer without the fault."""
        return self.site.answer(self.request)


def rate_limit(scene: Scene) -> Answer:
    """Answer 429 as plain text without Retry-After; the next request stalls."""
    scene.site.stall_seconds = scene.fault.seconds
    return Answer(b"Rate exceeded.", 429, PLAIN)


def unavailable(_: Scene) -> Answer:
    """Answer 503 with `Retry-After: 0`."""
    return api.first_byte_timeout()


def server_error(scene: Scene) -> Answer:
    """Answer 500 to a query that is all right: an error entry from the API, HTML from OAI-PMH."""
    if scene.request.service is Service.API:
        return api.internal_error(scene.site.clock())
    return Answer(b"<html><body><h1>Internal Server Error</h1></body></html>", 500, HTML)


def stall(scene: Scene) -> Answer:
    """Give the right answer, late."""
    return replace(scene.honest(), wait_seconds=scene.fault.seconds)


def blank(scene: Scene) -> Answer:
    """Answer 200 without a body."""
    return replace(scene.honest(), body=b"", status=200)


def error_entry(scene: Scene) -> Answer:
    """Give an error entry under status 200."""
    return replace(api.internal_error(scene.site.clock()), status=200)


def rate_text_under_200(_: Scene) -> Answer:
    """Give the text of a 429 under status 200."""
    return Answer(b"Rate exceeded.", 200, PLAIN)


def truncated_xml(scene: Scene) -> Answer:
    """End the body in its middle, with a length that fits it."""
    honest = scene.honest()
    return replace(honest, body=honest.body[: len(honest.body) * 2 // 3])


def cut_body(scene: Scene) -> Answer:
    """Close the connection after half of the promised bytes."""
    return replace(scene.honest(), delivery=Delivery.DROPPED)


def dropped_connection(_: Scene) -> Answer:
    """Close the connection without a byte."""
    return Answer(delivery=Delivery.DROPPED)


def false_zero(scene: Scene) -> Answer:
    """Find nothing, in a well-formed answer."""
    if scene.request.service is Service.OAI:
        return scene.site.no_records()
    honest = scene.honest()
    head = honest.body.partition(b"  <entry>")[0].removesuffix(b"</feed>\n")
    return replace(honest, body=_TOTAL.sub(b"0", head) + b"</feed>\n")


def repeated_page(scene: Scene) -> Answer:
    """Send the page before this one once more; the API puts it under the right start, OAI-PMH with its old token."""
    if scene.request.service is Service.API:
        size = int(scene.request.get("max_results", "10"))
        return api.answer(scene.request, scene.site.corpus, scene.site.clock(), skipped_by=-size)
    return scene.site.last_list or scene.honest()


def short_page(scene: Scene) -> Answer:
    """Leave out the last paper of the page, while the total (or the token) says otherwise."""
    honest = scene.honest()
    return replace(honest, body=_LAST_RECORD.sub(b"", _LAST_ENTRY.sub(b"", honest.body)))


def shrinking_total(scene: Scene) -> Answer:
    """Say a total that is smaller by one than the page before said."""
    honest = scene.honest()
    return replace(honest, body=_TOTAL.sub(lambda total: b"%d" % max(0, int(total[0]) - 1), honest.body))


def wrong_echo(scene: Scene) -> Answer:
    """Echo another query in the title than was sent."""
    honest = scene.honest()
    return replace(honest, body=_TITLE.sub(b"all:electron", honest.body))


def redirect(scene: Scene) -> Answer:
    """Answer 301 with an empty body, to an address of the stand-in that answers."""
    return moved(f"/moved{scene.request.path}", scene.request)


def slow_drip(scene: Scene) -> Answer:
    """Give the right answer, a few bytes at a time."""
    return replace(scene.honest(), delivery=Delivery.DRIPPED, seconds=scene.fault.seconds)


def huge_body(scene: Scene) -> Answer:
    """Begin like the right answer and never end."""
    honest = scene.honest()
    return replace(honest, body=honest.body[: len(honest.body) // 2] + b" " * 65_536, delivery=Delivery.ENDLESS)


def captive_portal(_: Scene) -> Answer:
    """Show the log-in page of a hotel under status 200."""
    page = b"<!DOCTYPE html>\n<html><head><title>Welcome</title></head><body><p>Please log in<br></body></html>\n"
    return Answer(page, content_type=HTML)


def xml_bomb(scene: Scene) -> Answer:
    """Send entities that unfold to a thousand million laughs."""
    laughs = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return _with_document_type(scene, laughs, "&l9;")


def external_entity(scene: Scene) -> Answer:
    """Send an entity that would read a file of the reader's machine."""
    return _with_document_type(scene, '<!ENTITY own SYSTEM "file:///etc/hostname">', "&own;")


def _with_document_type(scene: Scene, entities: str, use: str) -> Answer:
    """Put entities before the right answer's root, and a use of them into its first text."""
    honest = scene.honest()
    root = b"feed" if scene.request.service is Service.API else b"OAI-PMH"
    kind = b"<!DOCTYPE %s [%s]>\n" % (root, entities.encode())
    declaration, newline, rest = honest.body.partition(b"\n")
    used = re.sub(rb"(<id>|<title>|<setName>|<repositoryName>|<error[^>]*>)", rb"\g<1>" + use.encode(), rest, count=1)
    return replace(honest, body=declaration + newline + kind + used)


def bad_bytes(scene: Scene) -> Answer:
    """Put bytes into the body that are not UTF-8."""
    honest = scene.honest()
    return replace(honest, body=re.sub(rb"(?<=<title>)|(?<=<responseDate>)", b"\xff\xfe", honest.body))


def stale_response_date(scene: Scene) -> Answer:
    """Date the response three days back, as the network in front of arXiv keeps answers."""
    stale = scene.site.clock() - timedelta(days=3)
    honest = scene.honest()
    return replace(honest, body=_RESPONSE_DATE.sub(stale.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), honest.body))


def past_expiration(scene: Scene) -> Answer:
    """Advertise for a good token a life that ended yesterday."""
    past = scene.site.clock() - timedelta(days=1)
    honest = scene.honest()
    return replace(honest, body=_EXPIRY.sub(past.strftime("%Y-%m-%dT00:00:00Z").encode(), honest.body))


def expired_token(scene: Scene) -> Answer:
    """Refuse a good token as bad."""
    reason = "Token decoding failed or format is invalid."
    return oai.error_answer(oai.ProtocolError("badResumptionToken", reason), scene.site.clock())


def sticky_no_records(scene: Scene) -> Answer:
    """Find no records, and have the network repeat that for the same query until midnight."""
    answer = scene.site.no_records()
    scene.site.stick(scene.request, answer)
    return answer


def _always(_: Request) -> bool:
    return True


def _later_page(request: Request) -> bool:
    return request.get("start", "0") not in {"", "0"} or "resumptionToken" in request.parameters


def _resumed(request: Request) -> bool:
    return "resumptionToken" in request.parameters


def _list(request: Request) -> bool:
    return request.get("verb").startswith("List")


def _searched(request: Request) -> bool:
    return "search_query" in request.parameters


def _page(request: Request) -> bool:
    return request.service is Service.API or _list(request)


@dataclass(frozen=True, slots=True)
class Kind:
    """A fault: how it is made, and which requests it can strike."""

    make: Callable[[Scene], Answer]
    services: frozenset[Service] = _BOTH
    applies: Callable[[Request], bool] = _always


_API, _OAI = frozenset({Service.API}), frozenset({Service.OAI})
FAULTS: dict[str, Kind] = {
    "rate_limit": Kind(rate_limit),
    "unavailable": Kind(unavailable),
    "server_error": Kind(server_error),
    "stall": Kind(stall),
    "blank": Kind(blank),
    "error_entry": Kind(error_entry, _API),
    "rate_text_under_200": Kind(rate_text_under_200),
    "truncated_xml": Kind(truncated_xml),
    "cut_body": Kind(cut_body),
    "dropped_connection": Kind(dropped_connection),
    "false_zero": Kind(false_zero, applies=_page),
    "repeated_page": Kind(repeated_page, applies=_later_page),
    "short_page": Kind(short_page, applies=_page),
    "shrinking_total": Kind(shrinking_total, _API, _later_page),
    "wrong_echo": Kind(wrong_echo, _API, _searched),
    "redirect": Kind(redirect),
    "slow_drip": Kind(slow_drip),
    "huge_body": Kind(huge_body),
    "captive_portal": Kind(captive_portal),
    "xml_bomb": Kind(xml_bomb),
    "external_entity": Kind(external_entity),
    "bad_bytes": Kind(bad_bytes),
    "stale_response_date": Kind(stale_response_date, _OAI),
    "past_expiration": Kind(past_expiration, _OAI, _list),
    "expired_token": Kind(expired_token, _OAI, _resumed),
    "sticky_no_records": Kind(sticky_no_records, _OAI, _list),
}
"""Every fault by the name that a plan uses."""


def struck(name: str, scene: Scene) -> Answer:
    """Return the answer of a request that meets a fault, marked with the fault's name."""
    return replace(FAULTS[name].make(scene), outcome=name)
