"""Answers of the two services made by the stand-in's own writers, without a socket."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from urllib.parse import urlencode

from tests.standin import Record
from tests.standin.corpus import Corpus
from tests.standin.exchange import Request, Service
from tests.standin.oai import Sizes
from tests.standin.site import Site

NOW = datetime(2026, 8, 14, 12, 0, tzinfo=UTC)


def answered(
    records: Iterable[Record], service: Service, parameters: Mapping[str, str], page_size: int = 1_300
) -> bytes:
    """Return the body that a request gets."""
    site = Site(Corpus(records), lambda: NOW, Sizes(page_size, page_size))
    path = "/api/query" if service is Service.API else "/oai"
    return site.answer(Request(service, 1, path, urlencode(parameters), NOW)).body
