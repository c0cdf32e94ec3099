"""A client without any cleverness, for the stand-in's own tests: one request, one connection, no redirect followed."""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit
from xml.etree.ElementTree import Element, fromstring

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "os": "http://a9.com/-/spec/opensearch/1.1/",
    "ax": "http://arxiv.org/schemas/atom",
    "o": "http://www.openarchives.org/OAI/2.0/",
    "raw": "http://arxiv.org/OAI/arXivRaw/",
    "x": "http://arxiv.org/OAI/arXiv/",
    "dc": "http://purl.org/dc/elements/1.1/",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def root(self) -> Element:
        """The document element of an XML body."""
        return rooted(self.body)

    def text(self, path: str) -> str:
        """Return the text of the first element of a path; empty where there is none."""
        return self.root.findtext(path, "", NAMES)

    def texts(self, path: str) -> list[str]:
        """Return the texts of all elements of a path."""
        return [element.text or "" for element in self.root.findall(path, NAMES)]

    @property
    def total(self) -> int:
        """The number of hits an API feed states."""
        return int(self.text("os:totalResults"))

    @property
    def ids(self) -> list[str]:
        """The identifiers of an API feed's entries, with version."""
        return [text.removeprefix("http://arxiv.org/abs/") for text in self.texts("a:entry/a:id")]

    @property
    def error(self) -> str:
        """The code of an OAI-PMH error; empty where there is none."""
        found = self.root.find("o:error", NAMES)
        return "" if found is None else found.attrib["code"]

    @property
    def listed(self) -> list[str]:
        """The identifiers of an OAI-PMH list."""
        return [text.removeprefix("oai:arXiv.org:") for text in self.texts(".//o:header/o:identifier")]


def rooted(body: bytes) -> Element:
    """Return the document element of a body that is known to be harmless."""
    return fromstring(body)  # noqa: S314 - the stand-in's own body, or a recorded one


def ask(url: str, parameters: Mapping[str, object] | str = "", *, post: bool = False, timeout: float = 10) -> Reply:
    """Send one request; a mapping is encoded, a text is sent as it is."""
    address = urlsplit(url)
    query = parameters if isinstance(parameters, str) else urlencode(parameters)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=timeout)
    try:
        if post:
            connection.request("POST", address.path, query, {"Content-Type": "application/x-www-form-urlencoded"})
        else:
            target = "?".join(part for part in (address.path, address.query or query) if part)
            connection.request("GET", target)
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, headers, response.read())
    finally:
        connection.close()


def search(url: str, query: str, **parameters: object) -> Reply:
    """Send a search query to the API."""
    return ask(url, {"search_query": query, **parameters})
