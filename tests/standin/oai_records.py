"""OAI-PMH records in arXiv's four formats, element for element in its order. Pure."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from tests.standin.atom import escaped, summary
from tests.standin.record import Record, rfc_date
from tests.standin.taxonomy import sets_of, subjects_of
from tests.standin.tex import decoded

_XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation='
FORMATS = {
    "oai_dc": ("https://www.openarchives.org/OAI/2.0/oai_dc.xsd", "http://www.openarchives.org/OAI/2.0/oai_dc/"),
    "arXiv": ("https://oaipmh.arxiv.org/OAI/arXiv.xsd", "http://arxiv.org/OAI/arXiv/"),
    "arXivOld": ("https://oaipmh.arxiv.org/OAI/arXivOld.xsd", "http://arxiv.org/OAI/arXivOld/"),
    "arXivRaw": ("https://oaipmh.arxiv.org/OAI/arXivRaw.xsd", "http://arxiv.org/OAI/arXivRaw/"),
}
"""Schema and namespace of each metadata format."""


def quoted(text: str) -> str:
    """Escape a text as this server's templates do: quotes too, by number."""
    return escaped(text).replace('"', "&#34;").replace("'", "&#39;")


def _element(name: str, text: str | None) -> str:
    return f"            <{name}>{quoted(text)}</{name}>\n" if text else ""


def header(record: Record) -> str:
    """Write a record's header; a withdrawn paper's is like any other, deleted records do not exist."""
    specs = "".join(f"            <setSpec>{name}</setSpec>\n" for name in sets_of(record.categories))
    return (
        "                <header>\n"
        f"        <identifier>oai:arXiv.org:{record.arxiv_id}</identifier>\n"
        f"        <datestamp>{record.datestamp}</datestamp>\n{specs}    </header>\n\n"
    )


def record_element(record: Record, prefix: str) -> str:
    """Write one record in one format."""
    metadata = _WRITERS[prefix](record)
    return (
        f"                    <record>\n{header(record)}            <metadata>\n{metadata}\n"
        "            </metadata>\n        </record>\n\n"
    )


def _wrapped(prefix: str, inner: str) -> str:
    schema, namespace = FORMATS[prefix]
    opening = f'<{prefix} xmlns="{namespace}" {_XSI}"{namespace} {schema}">'
    return f"                        {opening}\n{inner}    </{prefix}>\n"


def _acm_bug(record: Record) -> str | None:
    """Return what stands where the ACM class should: the MSC class, or the word None. A bug of the real server."""
    return (record.msc_class or "None") if record.acm_class else None


def _raw(record: Record) -> str:
    versions = "".join(
        f'            <version version="v{number}">\n'
        f"                <date>{rfc_date(version.created)}</date>\n"
        f"                <size>{version.size_kilobytes}kb</size>\n"
        + (f"                    <source_type>{version.source_type}</source_type>\n" if version.source_type else "")
        + "            </version>\n"
        for number, version in enumerate(record.versions, start=1)
    )
    return _wrapped(
        "arXivRaw",
        f"        <id>{record.arxiv_id}</id>\n"
        f"        <submitter>{quoted(record.submitter or '')}</submitter>\n{versions}"
        f"        <title>{quoted(record.title)}</title>\n"
        f"        <authors>{quoted(record.authors)}</authors>\n"
        f"        <categories>{' '.join(record.categories)}</categories>\n"
        + _element("comments", record.comment)
        + _element("report-no", record.report_no)
        + _element("acm-class", _acm_bug(record))
        + _element("msc-class", record.msc_class)
        + _element("journal-ref", record.journal_ref)
        + _element("doi", record.doi)
        + _element("license", record.license)
        + _element("abstract", summary(record, raw_tex=True)),
    )


def _arxiv(record: Record) -> str:
    return _wrapped(
        "arXiv",
        f"        <id>{record.arxiv_id}</id>\n"
        f"        <created>{record.updated:%Y-%m-%d}</created>\n"
        f"            <updated>{record.updated + timedelta(days=1):%Y-%m-%d}</updated>\n"
        f"        <authors>\n{''.join(_keynames(record))}        </authors>\n"
        f"        <title>{quoted(' '.join(decoded(record.title).split()))}</title>\n"
        + _element("categories", " ".join(record.categories))
        + _element("comments", record.comment)
        + _element("report-no", record.report_no)
        + _element("msc-class", record.msc_class)
        + _element("acm-class", _acm_bug(record))
        + _element("journal-ref", record.journal_ref)
        + _element("doi", record.doi)
        + _element("license", record.license)
        + _element("abstract", summary(record)),
    )


def _keynames(record: Record) -> Iterator[str]:
    for parts in record.parsed_authors:
        names = zip(("keyname", "forenames", "suffix"), parts[:3], strict=False)
        inner = "".join(f"                        <{tag}>{quoted(text)}</{tag}>\n" for tag, text in names if text)
        yield f"                <author>\n{inner}                </author>\n"


def _old(record: Record) -> str:
    return _wrapped(
        "arXivOld",
        f"        <id>{record.arxiv_id}</id>\n"
        f"        <title>{quoted(record.title)}</title>\n"
        f"        <authors>{quoted(record.authors)}</authors>\n"
        f"        <categories>{' '.join(record.categories)}</categories>\n"
        + _element("comments", record.comment)
        + _element("report-no", record.report_no)
        + _element("msc-class", record.msc_class)
        + _element("acm-class", record.acm_class)
        + _element("journal-ref", record.journal_ref)
        + _element("doi", record.doi)
        + _element("abstract", summary(record, raw_tex=True))
        + _element("license", record.license),
    )


def _dublin_core(record: Record) -> str:
    schema, namespace = FORMATS["oai_dc"]
    first, last = f"{record.submitted:%Y-%m-%d}", f"{record.updated:%Y-%m-%d}"
    inner = [("title", " ".join(decoded(record.title).split()))]
    inner += [("creator", _creator(parts)) for parts in record.parsed_authors]
    inner += [("subject", name) for name in subjects_of(record.categories)]
    inner += [("subject", name) for name in (record.msc_class, record.acm_class) if name]
    inner += [("description", summary(record) + " "), ("description", record.comment or "")]
    inner += [("date", first), ("date", last if record.updated != record.submitted else ""), ("type", "text")]
    inner += [("identifier", f"{scheme}://arxiv.org/abs/{record.arxiv_id}") for scheme in ("https", "http")]
    inner += [("identifier", record.journal_ref or ""), ("identifier", f"doi:{record.doi}" if record.doi else "")]
    return (
        f'                        <oai_dc:dc xmlns:oai_dc="{namespace}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'{_XSI}"{namespace} {schema}">\n'
        + "".join(f"        <dc:{name}>{quoted(text)}</dc:{name}>\n" for name, text in inner if text)
        + "    </oai_dc:dc>\n"
    )


def _creator(parts: tuple[str, ...]) -> str:
    last, first, suffix = (*parts, "", "", "")[:3]
    return f"{last} {suffix}".strip() + (f", {first}" if first else "")


_WRITERS: dict[str, Callable[[Record], str]] = {
    "oai_dc": _dublin_core,
    "arXiv": _arxiv,
    "arXivOld": _old,
    "arXivRaw": _raw,
}
