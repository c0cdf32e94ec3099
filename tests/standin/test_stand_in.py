"""Tests of the server around the services: its log, its end, its command."""

import gc
import gzip
import http.client
import re
import subprocess
import sys
import threading
import warnings
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.standin import Fault, StandIn
from tests.standin.__main__ import main
from tests.standin.asking import ask, search
from tests.standin.conftest import MakeRecord
from tests.standin.invented import snapshot


def test_every_request_is_on_the_log(arxiv_of_two_years: StandIn) -> None:
    """Path, parameters, headers, times, status and outcome can be asked for."""
    search(arxiv_of_two_years.api_url, "ti:toy", start="nope")
    ask(arxiv_of_two_years.oai_url, {"verb": "Nope"})
    first, second = arxiv_of_two_years.requests
    assert (first.path, first.parameters) == ("/api/query", {"search_query": "ti:toy", "start": "nope"})
    assert (first.service, first.status, first.outcome) == ("api", 400, "400 start_must_be_an_integer")
    assert (second.service, second.status, second.outcome) == ("oai", 200, "badVerb")
    assert first.ended is not None
    assert first.began <= first.ended <= second.began
    assert "host" in first.request.headers
    assert arxiv_of_two_years.most_at_once == 1


def test_a_connection_carries_many_requests(arxiv_of_two_years: StandIn) -> None:
    """HTTP/1.1 stays open, also after an error."""
    address = urlsplit(arxiv_of_two_years.api_url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=10)
    for target in ("?search_query=ti:toy", "?search_query=(", "?id_list=abc", "?search_query=ti:toy"):
        connection.request("GET", address.path + target)
        assert connection.getresponse().read().startswith(b"<?xml")
    connection.close()


def test_requests_at_one_time_are_noticed() -> None:
    """The log knows whether a client kept to one connection."""
    with StandIn(faults=[Fault(name="stall", seconds=0.2)]) as stand_in:
        threads = [threading.Thread(target=search, args=(stand_in.api_url, "ti:a")) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert stand_in.most_at_once == 3


def test_an_unknown_path_is_a_404(arxiv_of_two_years: StandIn) -> None:
    """Nothing else is served."""
    assert ask(f"{arxiv_of_two_years.url}/rss").status == 404


def test_closing_leaves_nothing_open() -> None:
    """Idle connections and stalled answers end at once, and no resource is left to the collector."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        before = threading.active_count()
        stand_in = StandIn(faults=[Fault(name="stall", seconds=60)]).start()
        address = urlsplit(stand_in.url)
        idle = http.client.HTTPConnection(address.hostname or "", address.port)
        idle.connect()
        waiting = http.client.HTTPConnection(address.hostname or "", address.port)
        waiting.request("GET", "/api/query?search_query=ti:a")
        while not stand_in.requests:
            pass
        stand_in.close()
        idle.close()
        waiting.close()
        assert threading.active_count() == before
        del stand_in
        gc.collect()


def test_a_stand_in_that_never_started_closes() -> None:
    """Closing frees the port in any state."""
    StandIn().close()


def test_a_revision_is_found_by_its_new_words(make_record: MakeRecord) -> None:
    """Searches see the latest version's text under version 1's date."""
    paper = make_record(title="Old Words")
    with StandIn([paper]) as stand_in:
        assert search(stand_in.api_url, "ti:old").total == 1
        stand_in.revise(paper.arxiv_id, paper.submitted.replace(year=2024), title="New Words")
        assert search(stand_in.api_url, "ti:old").total == 0
        reply = search(stand_in.api_url, "ti:new AND submittedDate:[202301010000 TO 202302010000]")
    assert reply.ids == [f"{paper.arxiv_id}v2"]
    assert reply.text("a:entry/a:published").startswith("2023-01-10")


def test_the_command_refuses_a_bad_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mistake in the plan ends the command with its reason, not with a traceback."""
    plan = tmp_path / "plan.toml"
    plan.write_text('[[fault]]\nname = "blanc"\n', encoding="utf-8")
    with pytest.raises(SystemExit, match="2"):
        main(["--invented", "1", "--faults", str(plan)])
    assert "no fault is called 'blanc'" in capsys.readouterr().err


def test_the_command_refuses_a_port_that_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    """It says which, and leaves whoever has it alone."""
    with StandIn() as other:
        port = urlsplit(other.api_url).port
        with pytest.raises(SystemExit, match="2"):
            main(["--invented", "1", "--port", str(port)])
        assert search(other.api_url, "ti:toy").total == 0
    assert f"port {port} cannot be had" in capsys.readouterr().err


@pytest.mark.parametrize("packed", [True, False])
def test_the_command_serves_a_snapshot(tmp_path: Path, packed: bool) -> None:
    """Both addresses stand on stderr; identifiers that were read as numbers are whole again."""
    lines = "".join(snapshot(30)).replace('"id": "1806.00010"', '"id": "1806.0001"')
    path = tmp_path / ("papers.jsonl.gz" if packed else "papers.jsonl")
    path.write_bytes(gzip.compress(lines.encode()) if packed else lines.encode())
    command = [sys.executable, "-m", "tests.standin", "--corpus", str(path), "--port", "0"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = "".join(process.stderr.readline() for _ in range(3))
        addresses = re.findall(r"http://127\.0\.0\.1:\d+\S+", said)
        try:
            assert search(addresses[0], "submittedDate:[2018 TO 2020]").total == 30
            assert len(ask(addresses[1], {"verb": "ListIdentifiers", "metadataPrefix": "arXiv"}).listed) == 30
        finally:
            process.terminate()
