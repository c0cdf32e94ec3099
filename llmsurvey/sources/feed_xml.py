"""XML from the network, read without what makes it dangerous: no entities, no DTD, no network, UTF-8 only. Pure."""

import re

from lxml import etree

from llmsurvey.sources.faults import BadXml, BlankBody, ForbiddenXml, RateLimited, TruncatedXml

_DECLARATIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_RATE_EXCEEDED = b"rate exceeded"
"""How a 429 of arXiv begins, whatever the status says."""


def root(body: bytes, tag: str) -> etree._Element:
    """Return the root element, which must be `{namespace}name`; a fault by its name where the bytes are none."""
    text = body.strip()
    if not text:
        raise BlankBody("arXiv answered with an empty body")
    if text[:40].lower().startswith(_RATE_EXCEEDED):
        raise RateLimited("arXiv answered `Rate exceeded.`")
    if _DECLARATIONS.search(text):
        raise ForbiddenXml("the answer declares a document type or entities")
    element = _parsed(text, tag)
    if element.tag != tag:
        raise BadXml(f"the answer is <{_local(str(element.tag))}>, not <{_local(tag)}>")
    return element


def _parsed(text: bytes, tag: str) -> etree._Element:
    """Parse; a parser a text, since a failed one keeps its errors."""
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if not text.endswith(f"</{_local(tag)}>".encode()):
            raise TruncatedXml(f"the answer ends in the middle, after {len(text):,} bytes") from error
        raise BadXml(f"the answer is no well-formed XML: {error}") from error


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
