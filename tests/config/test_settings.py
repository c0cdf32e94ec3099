"""arXiv's own limits hold for every host but this machine."""

import pytest

from llmsurvey.config import Places, load
from llmsurvey.errors import BadUsage

FAST = {"LLMSURVEY_ARXIV_DELAY": "0.01", "LLMSURVEY_ARXIV_COOLDOWN": "0"}
HERE = {"LLMSURVEY_ARXIV_API_URL": "http://127.0.0.1:8000/api/query"}


@pytest.mark.parametrize("variable", FAST)
def test_a_fast_pace_is_refused_for_the_real_arxiv(tmp_path_factory: pytest.TempPathFactory, variable: str) -> None:
    """A delay below 3 or a cooldown below 60 seconds ends the program before anything is sent."""
    places = Places(tmp_path_factory.mktemp("w"), None, None)
    with pytest.raises(BadUsage, match=r"too short for export\.arxiv\.org"):
        load({}, environment={variable: FAST[variable]}, places=places)


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:80", "127.8.9.1"])
def test_a_loopback_host_may_be_asked_fast(tmp_path_factory: pytest.TempPathFactory, host: str) -> None:
    """This machine itself is asked at any pace."""
    places = Places(tmp_path_factory.mktemp("w"), None, None)
    url = f"http://{host}/api/query"
    settings = load({}, environment={**FAST, "LLMSURVEY_ARXIV_API_URL": url}, places=places)
    assert settings.pace(url).delay == 0.01


@pytest.mark.parametrize(
    "url", ["https://export.arxiv.org/api/query", "http://127.0.0.1.example.org/", "http://10.0.0.1/"]
)
def test_a_fast_pace_for_this_machine_holds_for_no_other(tmp_path_factory: pytest.TempPathFactory, url: str) -> None:
    """With one loopback address configured, any other host is still refused when it is to be asked."""
    settings = load({}, environment={**FAST, **HERE}, places=Places(tmp_path_factory.mktemp("w"), None, None))
    with pytest.raises(BadUsage, match="only a loopback host"):
        settings.pace(url)


def test_a_secret_does_not_stand_in_the_record_s_text(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The API key is left out where settings are written into a log."""
    places = Places(tmp_path_factory.mktemp("w"), None, None)
    assert "hush" not in repr(load({}, environment={"LLMSURVEY_API_KEY": "hush"}, places=places))
