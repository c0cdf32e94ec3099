"""OAI-PMH resumption tokens as arXiv makes them: the query itself, quoted, with the number of records to skip. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, quote, unquote, urlencode


class BadToken(ValueError):  # noqa: N818 - named by what is wrong
    """The text is not a token of this server."""


def written(parameters: Mapping[str, str], skip: int) -> str:
    """Write a token; its values are quoted twice, as the server does it."""
    known = {name: value for name, value in parameters.items() if name != "resumptionToken"}
    return quote(urlencode({**known, "skip": skip}))


def read(token: str) -> tuple[dict[str, str], int]:
    """Return the query a token stands for and how many records to skip; nothing checks whether it is expired."""
    text = token
    while "&" not in text and unquote(text) != text:
        text = unquote(text)
    parameters = {name: values[0] for name, values in parse_qs(text).items()}
    skip = parameters.pop("skip", "")
    if not skip.isdecimal() or "verb" not in parameters:
        raise BadToken("Token decoding failed or format is invalid.")
    return parameters, int(skip)


def expiry(now: datetime) -> datetime:
    """Return the advertised end of a token's life: the next midnight in UTC."""
    return datetime(now.year, now.month, now.day, tzinfo=UTC) + timedelta(days=1)
