"""The Atom feeds of arXiv's export API, element for element in its order. Pure."""

import base64
import hashlib
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote_plus

from tests.standin.record import Record
from tests.standin.tex import decoded

ERRORS = "https://arxiv.org/api/errors"
_HEAD = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" '
    'xmlns="http://www.w3.org/2005/Atom">\n'
)
_SCHEME = "http://arxiv.org/schemas/atom"
_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_KEPT_RAW = 6
"""One summary in so many keeps its line breaks and leading blanks, as on the real service."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a query's answer."""

    adapted: str
    """The query after rewriting; stands in the title."""
    nested: str
    """The query as the parser read it, with its parentheses; stands in the self link."""
    id_list: str
    start: int
    max_results: int
    total: int
    entries: Sequence[tuple[Record, int]]
    """Papers with the version asked for."""


def escaped(text: str) -> str:
    """Escape a text for an element; characters that XML forbids go."""
    return _FORBIDDEN.sub("", text).translate(_ESCAPES)


def _attribute(text: str) -> str:
    return escaped(text).replace('"', "&quot;")


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def feed(page: Page, now: datetime) -> bytes:
    """Write the feed of a page; its `updated` is the time of the answer."""
    asked = f"search_query={page.adapted}&id_list={page.id_list}&start={page.start}&max_results={page.max_results}"
    mark = base64.b64encode(hashlib.sha1(asked.encode(), usedforsecurity=False).digest()).decode()[:-1]
    sent = (
        f"https://arxiv.org/api/query?search_query={_linked(page.nested)}&start={page.start}"
        f"&max_results={page.max_results}&id_list={_linked(page.id_list)}"
    )
    head = (
        f"{_HEAD}  <id>https://arxiv.org/api/{mark}</id>\n"
        f"  <title>arXiv Query: {escaped(asked)}</title>\n"
        f"  <updated>{_stamp(now)}</updated>\n"
        f'  <link href="{_attribute(sent)}" type="application/atom+xml"/>\n'
        + _totals(page.max_results, page.total, page.start)
    )
    return (head + "".join(entry(record, version) for record, version in page.entries) + "</feed>\n").encode()


def _linked(text: str) -> str:
    return quote_plus(text, safe="!$'()*,/:;?@")


def _totals(size: int, total: int, start: int) -> str:
    return (
        f"  <opensearch:itemsPerPage>{size}</opensearch:itemsPerPage>\n"
        f"  <opensearch:totalResults>{total}</opensearch:totalResults>\n"
        f"  <opensearch:startIndex>{start}</opensearch:startIndex>\n"
    )


def entry(record: Record, version: int) -> str:
    """Write one paper, as of one version, with the elements in the service's order."""
    name = f"{record.arxiv_id}v{version}"
    lines = [
        f"<id>http://arxiv.org/abs/{name}</id>",
        f"<title>{escaped(' '.join(decoded(record.title).split()))}</title>",
        f"<updated>{_stamp(record.versions[version - 1].created)}</updated>",
        f'<link href="https://arxiv.org/abs/{name}" rel="alternate" type="text/html"/>',
        f'<link href="https://arxiv.org/pdf/{name}" rel="related" type="application/pdf" title="pdf"/>',
        f"<summary>{escaped(summary(record))}</summary>",
        *(f'<category term="{category}" scheme="{_SCHEME}"/>' for category in record.categories),
        f"<published>{_stamp(record.submitted)}</published>",
    ]
    if record.comment:
        lines.append(f"<arxiv:comment>{escaped(record.comment)}</arxiv:comment>")
    lines.append(f'<arxiv:primary_category term="{record.categories[0]}"/>')
    if record.journal_ref:
        lines.append(f"<arxiv:journal_ref>{escaped(record.journal_ref)}</arxiv:journal_ref>")
    for author, affiliations in record.names():
        lines += ["<author>", f"  <name>{escaped(author)}</name>"]
        lines += [f"  <arxiv:affiliation>{escaped(place)}</arxiv:affiliation>" for place in affiliations]
        lines.append("</author>")
    if record.doi:
        doi = f"https://doi.org/{record.doi}"
        lines.append(f"<arxiv:doi>{escaped(record.doi)}</arxiv:doi>")
        lines.append(f'<link rel="related" href="{_attribute(doi)}" title="doi"/>')
    return "  <entry>\n" + "".join(f"    {line}\n" for line in lines) + "  </entry>\n"


def summary(record: Record, *, raw_tex: bool = False) -> str:
    """Return the abstract as the services give it: mostly on one line, sometimes as the author broke it."""
    text = record.abstract if raw_tex else decoded(record.abstract)
    kept = zlib.crc32(record.arxiv_id.encode()) % _KEPT_RAW == 0
    return text.rstrip() if kept else " ".join(text.split())


def error_feed(message: str, now: datetime, link: str = ERRORS) -> bytes:
    """Write the feed by which the API says what went wrong: one entry, and no `published` in it."""
    return (
        f"{_HEAD}  <id>https://arxiv.org/</id>\n"
        "  <title>arXiv Search Results</title>\n"
        f"  <updated>{_stamp(now)}</updated>\n"
        + _totals(1, 1, 0)
        + f"  <entry>\n    <id>{escaped(link)}</id>\n    <title>Error</title>\n    <updated>{_stamp(now)}</updated>\n"
        f'    <link href="{_attribute(link)}" rel="alternate" type="text/html"/>\n'
        f"    <summary>{escaped(message)}</summary>\n"
        "    <author>\n      <name>arXiv api core</name>\n    </author>\n  </entry>\n</feed>\n"
    ).encode()
