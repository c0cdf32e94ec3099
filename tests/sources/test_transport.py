"""Requests over loopback: what is sent, what is refused, and that two programs keep their distance."""

import gzip
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from llmsurvey.errors import BadUsage
from llmsurvey.sources import faults, transport
from llmsurvey.sources.host_clock import Machine
from llmsurvey.sources.transport import Limits, Transport, clock_name, user_agent
from tests.sources.conftest import MakeSettings, World
from tests.standin import Fault, StandIn
from tests.standin.invented import papers

ROOT = Path(__file__).parents[2]
QUERY = {"search_query": "all:x", "max_results": "1"}
SMALL = Limits(body=1 << 20)


@pytest.fixture
def arxiv() -> Iterator[StandIn]:
    """Serve five papers."""
    with StandIn(papers(5), today=date(2026, 8, 14)) as stand_in:
        yield stand_in


@contextmanager
def listening(reply: bytes | None) -> Iterator[str]:
    """Take one connection after another; answer each with the same bytes, or close it at once for None."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    if reply is not None and connection.recv(65_536):
                        connection.sendall(reply)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/api/query"
        server.shutdown(socket.SHUT_RDWR)
    thread.join()


def test_a_request_says_who_asks(arxiv: StandIn, make_settings: MakeSettings, tmp_path: Path) -> None:
    """The User-Agent names program, version and contact; the key goes along as a bearer's."""
    settings = make_settings(contact="someone@example.org", api_key="secret")
    with Transport(settings, tmp_path) as sender:
        assert b"<feed" in sender.fetch(arxiv.api_url, QUERY)
    headers = arxiv.requests[0].request.headers
    assert headers["user-agent"] == "llmsurvey/0.1.0 (+someone@example.org)"
    assert headers["authorization"] == "Bearer secret"
    assert arxiv.requests[0].parameters == QUERY


def test_a_contact_is_never_invented(
    arxiv: StandIn, make_settings: MakeSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a contact the User-Agent says so, and no password of a .netrc is sent."""
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password mine\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with Transport(make_settings(), tmp_path) as sender:
        sender.fetch(arxiv.api_url, QUERY)
    assert user_agent(None) in arxiv.requests[0].request.headers["user-agent"]
    assert "no contact given" in user_agent(None)
    assert "authorization" not in arxiv.requests[0].request.headers


def test_requests_share_one_connection_at_a_time(arxiv: StandIn, make_settings: MakeSettings, tmp_path: Path) -> None:
    """However many transports there are, one request is under way."""
    senders = [Transport(make_settings(), tmp_path) for _ in range(3)]
    threads = [threading.Thread(target=sender.fetch, args=(arxiv.api_url, QUERY)) for sender in senders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for sender in senders:
        sender.close()
    assert len(arxiv.requests) == 3
    assert arxiv.most_at_once == 1


_PROGRAM = """
import sys
from pathlib import Path
from llmsurvey.config import Places, load
from llmsurvey.sources.transport import Transport
folder, url = Path(sys.argv[1]), sys.argv[2]
flags = {"arxiv_api_url": url, "arxiv_oai_url": url, "arxiv_delay": 0.1, "arxiv_cooldown": 0}
settings = load(flags, environment={}, places=Places(folder, None, None))
with Transport(settings, folder) as sender:
    for _ in range(3):
        sender.fetch(url, {"search_query": "all:x", "max_results": "1"})
"""


def test_two_programs_keep_the_distance_of_one(arxiv: StandIn, tmp_path: Path) -> None:
    """Six requests of two processes arrive a tenth of a second apart, each from the one before."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", _PROGRAM, str(tmp_path), arxiv.api_url]
    programs = [subprocess.Popen(command, env=environment) for _ in range(2)]
    assert [program.wait(30) for program in programs] == [0, 0]
    began = sorted(seen.began for seen in arxiv.requests)
    assert len(began) == 6
    assert min(later - earlier for earlier, later in pairwise(began)) >= 0.1


@pytest.mark.parametrize(
    ("url", "flags"),
    [
        ("https://export.arxiv.org/api/query", {"arxiv_delay": 2.9, "arxiv_cooldown": 60}),
        ("http://192.0.2.1/api/query", {"arxiv_delay": 3, "arxiv_cooldown": 59}),
        ("http://localhost.example/oai", {}),
    ],
)
def test_only_loopback_is_asked_faster(
    url: str, flags: dict[str, float], make_settings: MakeSettings, tmp_path: Path
) -> None:
    """A pace below arXiv's wishes is refused before anything is sent."""
    with Transport(make_settings(**flags), tmp_path) as sender, pytest.raises(BadUsage, match="too short"):
        sender.fetch(url, QUERY)
    assert sender.sent == 0


def test_the_budget_ends_requests(arxiv: StandIn, make_settings: MakeSettings, tmp_path: Path) -> None:
    """When the day's requests are spent, nothing goes out any more."""
    with Transport(make_settings(daily_requests=2), tmp_path) as sender:
        sender.fetch(arxiv.api_url, QUERY)
        sender.fetch(arxiv.api_url, QUERY)
        with pytest.raises(faults.BudgetSpent):
            sender.fetch(arxiv.api_url, QUERY)
    assert len(arxiv.requests) == 2


def test_a_refusal_silences_every_program(make_settings: MakeSettings, tmp_path: Path, world: World) -> None:
    """After a 429 the next request waits the cooldown, whoever sends it, and a person is told how long."""
    told: list[tuple[str, float]] = []
    settings = make_settings(arxiv_cooldown=60.0)
    with (
        StandIn(papers(5), faults=[Fault(name="rate_limit", requests=(1,), seconds=0)]) as arxiv,
        Transport(settings, tmp_path, machine=world.machine) as one,
        Transport(settings, tmp_path, machine=world.machine, waiting=lambda *wait: told.append(wait)) as other,
    ):
        with pytest.raises(faults.RateLimited):
            one.fetch(arxiv.api_url, QUERY)
        other.fetch(arxiv.api_url, QUERY)
    assert world.waited == pytest.approx(60, abs=0.1)
    assert told[0][1] == pytest.approx(60, abs=0.1)


def test_redirects_are_remembered(arxiv: StandIn, make_settings: MakeSettings, tmp_path: Path) -> None:
    """The old address of OAI-PMH leads to the new one in two steps, once."""
    with Transport(make_settings(), tmp_path) as sender:
        for _ in range(2):
            assert b"Identify" in sender.fetch(f"{arxiv.url}/oai2", {"verb": "Identify"})
    assert [seen.path for seen in arxiv.requests] == ["/oai2", "/secure/oai2", "/oai", "/oai"]


REPLIES = {
    "a redirect to another host": (
        b"HTTP/1.1 301 Moved\r\nLocation: http://192.0.2.1/\r\nContent-Length: 0\r\n\r\n",
        faults.WrongHost,
    ),
    "a log-in page by redirect": (
        b"HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\nContent-Length: 0\r\n\r\n",
        faults.CaptivePortal,
    ),
    "a circle": (
        b"HTTP/1.1 301 Moved\r\nLocation: /api/query\r\nContent-Length: 0\r\n\r\n",
        faults.WrongAddress,
    ),
    "no HTTP": (b"SSH-2.0-OpenSSH_9.6\r\n", faults.Dropped),
    "no answer": (None, faults.Dropped),
    "less than promised": (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<feed>", faults.Dropped),
    "a chunk cut off": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n<feed>", faults.Dropped),
    "gzip that is none": (
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\n<feed/>",
        faults.BadXml,
    ),
    "an address that is not there": (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", faults.WrongAddress),
}


@pytest.mark.parametrize("name", REPLIES)
def test_what_comes_from_elsewhere_is_named(name: str, make_settings: MakeSettings, tmp_path: Path) -> None:
    """Whatever answers in arXiv's place, the fault has a name and says the next step."""
    reply, fault = REPLIES[name]
    with listening(reply) as url, Transport(make_settings(), tmp_path, limits=SMALL) as sender:
        with pytest.raises(fault) as raised:
            sender.fetch(url, QUERY)
        assert type(raised.value) is fault
        assert getattr(raised.value, "hint", "")


def test_a_bomb_in_gzip_is_cut(make_settings: MakeSettings, tmp_path: Path) -> None:
    """The size is bounded after unpacking."""
    packed = gzip.compress(b" " * (8 << 20))
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    with (
        listening(head + packed) as url,
        Transport(make_settings(), tmp_path, limits=SMALL) as sender,
        pytest.raises(faults.BodyTooLarge),
    ):
        sender.fetch(url, QUERY)


def test_a_host_that_is_not_there_is_named(make_settings: MakeSettings, tmp_path: Path) -> None:
    """A closed port takes no connection; a server without TLS cannot prove itself."""
    with listening(None) as url:
        pass
    with Transport(make_settings(), tmp_path, limits=SMALL) as sender:
        with pytest.raises(faults.NoConnection, match="refused"):
            sender.fetch(url, QUERY)
        with listening(b"no TLS here\r\n") as plain, pytest.raises(faults.TlsFailure):
            sender.fetch(plain.replace("http://", "https://"), QUERY)


def test_the_way_to_a_name_is_named(
    make_settings: MakeSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name without address, a proxy that is not there, and a file of certificates that is missing."""
    settings = make_settings(arxiv_delay=3.0, arxiv_cooldown=60.0)
    fast = Machine(sleep=lambda _: None)
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)

    def nowhere(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    with Transport(settings, tmp_path, machine=fast, limits=SMALL) as sender:
        with pytest.raises(faults.NameFailure, match=r"no-such\.invalid"):
            sender.fetch("https://no-such.invalid/api/query", QUERY)
        monkeypatch.setenv("HTTPS_PROXY", "http://proxy.invalid:3128")
        with pytest.raises(faults.ProxyFailure):
            sender.fetch("https://other.invalid/api/query", QUERY)
        monkeypatch.delenv("HTTPS_PROXY")
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none.pem"))
        with pytest.raises(faults.TlsFailure):
            sender.fetch("https://third.invalid/api/query", QUERY)


def test_a_proxy_is_for_the_world_outside(
    arxiv: StandIn, make_settings: MakeSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A loopback host is asked without the proxy of the environment."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with Transport(make_settings(), tmp_path) as sender:
        assert sender.fetch(arxiv.api_url, QUERY)


def test_all_of_arxiv_is_one_host() -> None:
    """API and OAI-PMH share a clock, as arXiv's terms count them together; loopback hosts have one a port."""
    assert clock_name("https://export.arxiv.org/api/query") == clock_name("https://oaipmh.arxiv.org/oai") == "arxiv.org"
    assert clock_name("https://arxiv.org.example/oai") == "arxiv.org.example"
    assert clock_name("http://127.0.0.1:8000/oai") == "127.0.0.1:8000"


def test_the_key_goes_out_by_tls_only(make_settings: MakeSettings, tmp_path: Path) -> None:
    """Over plain http to another machine the key stays here; it is in no text of the settings."""
    settings = make_settings(api_key="secret")
    with Transport(settings, tmp_path) as sender:
        assert sender._secret("http://export.arxiv.org/api/query") == {}
        assert sender._secret("https://export.arxiv.org/api/query") == {"Authorization": "Bearer secret"}
    assert "secret" not in repr(settings)


def test_every_name_of_the_libraries_is_a_fault() -> None:
    """The table of names holds faults of this program only, each with a next step."""
    for _, fault, text in transport._NAMES:
        assert fault(text.format(host="h")).hint
