"""What status and kind of an answer say."""

from datetime import UTC, datetime

import pytest

from llmsurvey.errors import Gap, Retry, SurveyError
from llmsurvey.sources import faults
from llmsurvey.sources.answer import Answer, checked, redirected

NOW = datetime(2026, 8, 14, 12, 0, tzinfo=UTC)
URL = "https://export.arxiv.org/api/query"
HTML = b"<html><head><title>x</title></head><body><h1>Bad&nbsp;Gateway</h1></body></html>"


def answer(status: int = 200, body: bytes = b"<feed/>", url: str = URL, **headers: str) -> Answer:
    """Make an answer; a header's name has _ for -."""
    return Answer(url, status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


@pytest.mark.parametrize(
    ("given", "fault", "consequence"),
    [
        (answer(429, b"Rate exceeded."), faults.RateLimited, Retry),
        (answer(200, b"Rate exceeded."), faults.RateLimited, Retry),
        (answer(502, HTML), faults.Unavailable, Retry),
        (answer(503, HTML, retry_after="0"), faults.Unavailable, Retry),
        (answer(504, b""), faults.Unavailable, Retry),
        (answer(500, HTML), faults.ServerError, Retry),
        (answer(599, HTML), faults.ServerError, Retry),
        (answer(400, b"<html><h1>Request Line is too large</h1></html>"), faults.PermanentRefusal, Gap),
        (answer(414, HTML), faults.PermanentRefusal, Gap),
        (answer(404, HTML), faults.WrongAddress, Retry),
        (answer(403, HTML), faults.WrongAddress, Retry),
        (answer(200, HTML), faults.CaptivePortal, Retry),
        (answer(200, b"\n  <!DOCTYPE html>\n<p>Log in"), faults.CaptivePortal, Retry),
        (answer(200, b'{"error": "no arXiv"}'), faults.CaptivePortal, Retry),
        (answer(200, b"\x89PNG\r\n"), faults.CaptivePortal, Retry),
        (answer(204, b""), faults.CaptivePortal, Retry),
        (answer(304, b""), faults.CaptivePortal, Retry),
        (answer(302, b""), faults.CaptivePortal, Retry),
        (answer(511, HTML), faults.CaptivePortal, Retry),
        (answer(407, HTML), faults.ProxyFailure, Retry),
    ],
)
def test_every_refusal_has_its_name(given: Answer, fault: type[SurveyError], consequence: type[SurveyError]) -> None:
    """A status is a fault with a name, a consequence, the host in its message and a next step."""
    with pytest.raises(fault) as raised:
        checked(given, NOW)
    assert type(raised.value) is fault
    assert isinstance(raised.value, consequence)
    assert "export.arxiv.org" in raised.value.message
    assert raised.value.hint


@pytest.mark.parametrize("body", [b"<feed/>", b"", b" \n", b"\xef\xbb\xbf<?xml version='1.0'?><feed/>"])
def test_what_may_be_xml_passes(body: bytes) -> None:
    """XML and nothing at all are for the reader of the source to judge."""
    assert checked(answer(200, body), NOW) == body


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("Fri, 14 Aug 2026 12:05:00 GMT", 300.0),
        ("Fri, 14 Aug 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("9" * 400, 999_999_999.0),
    ],
)
def test_retry_after_is_seconds_or_a_date(text: str, seconds: float | None) -> None:
    """Both forms of RFC 9110 are read; nonsense says nothing."""
    assert answer(503, retry_after=text).retry_after(NOW) == seconds


def test_an_error_is_quoted_in_a_line() -> None:
    """The summary of an error entry, or the heading of a page, stands in the message; markup does not."""
    feed = b"<feed><entry><title>Error</title><summary>start must be\n an integer</summary></entry></feed>"
    with pytest.raises(faults.PermanentRefusal, match="400 Bad Request: Error"):
        checked(answer(400, b"<feed><title>Error</title></feed>"), NOW)
    with pytest.raises(faults.PermanentRefusal, match="start must be an integer"):
        checked(answer(400, feed), NOW)
    with pytest.raises(faults.ServerError, match="Bad Gateway"):
        checked(answer(500, HTML), NOW)


@pytest.mark.parametrize(
    ("url", "location", "target"),
    [
        (
            "http://export.arxiv.org/api/query",
            "https://export.arxiv.org/api/query",
            "https://export.arxiv.org/api/query",
        ),
        (URL, "/elsewhere?search_query=x", "https://export.arxiv.org/elsewhere"),
        ("http://127.0.0.1:8000/oai2", "/oai", "http://127.0.0.1:8000/oai"),
    ],
)
def test_a_redirect_within_the_host_is_followed(url: str, location: str, target: str) -> None:
    """The same host, or the same by https, is where a redirect may lead."""
    assert redirected(answer(301, b"", url, location=location)) == target


@pytest.mark.parametrize(
    ("status", "location", "fault"),
    [
        (301, "https://oaipmh.arxiv.org/oai", faults.WrongHost),
        (308, "https://evil.example/", faults.WrongHost),
        (302, "http://login.hotel.example/?from=arxiv", faults.CaptivePortal),
        (302, "http://export.arxiv.org/api/query", faults.WrongHost),
        (301, "https://export.arxiv.org:8443/api/query", faults.WrongHost),
        (301, "https://export.arxiv.org.evil.example/api/query", faults.WrongHost),
    ],
)
def test_a_redirect_elsewhere_is_refused(status: int, location: str, fault: type[Exception]) -> None:
    """Another host, another port, or the way down to http is not taken."""
    with pytest.raises(fault):
        redirected(answer(status, b"", location=location))
