"""A run finds the environment that was there, but no secret is written down."""

from pathlib import Path

import pytest

from llmsurvey.errors import Stop
from llmsurvey.schedule.launch import carried, is_secret, remark

PROGRAM = ("/venv/bin/python", "/src/cli.py")


def test_what_leads_to_settings_and_data_is_carried() -> None:
    """Home, the program's variables and the way through a proxy are kept; everything else is not."""
    given = {
        "HOME": "/home/me",
        "LLMSURVEY_CONTACT": "me@example.org",
        "https_proxy": "http://proxy:3128",
        "LLMSURVEY_REPORTS": " ",
        "LLMSURVEY_UNATTENDED": "weekly",
        "LLMSURVEY_X;rm": "x",
        "EDITOR": "vi",
    }
    launch = carried(given, program=PROGRAM, folder=Path("/survey"))
    assert dict(launch.environment) == {
        "PATH": "/venv/bin:/usr/local/bin:/usr/bin:/bin",
        "HOME": "/home/me",
        "LLMSURVEY_CONTACT": "me@example.org",
        "https_proxy": "http://proxy:3128",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LLMSURVEY_API_KEY", "hush"),
        ("LLMSURVEY_OTHER_TOKEN", "hush"),
        ("LLMSURVEY_DATABASE_URL", "postgresql://me:hush@host/x"),
        ("LLMSURVEY_DATABASE_URL", "postgresql://host/x?password=hush"),
        ("HTTPS_PROXY", "http://me:hush@proxy"),
        ("HTTPS_PROXY", "http://[hush@"),
    ],
)
def test_a_secret_is_named_but_not_written(name: str, value: str) -> None:
    """Keys and passwords are withheld, and where they belong is said."""
    assert is_secret(name, value)
    launch = carried({name: value}, program=PROGRAM, folder=Path("/survey"))
    assert launch.withheld == (name,)
    assert "hush" not in str(launch)
    assert name in remark(name, None)


def test_no_secret_is_no_secret() -> None:
    """Plain addresses are carried."""
    assert not is_secret("LLMSURVEY_DATABASE_URL", "sqlite:////data/key=1/x.db")
    assert not is_secret("LLMSURVEY_CONTACT", "me@example.org")


@pytest.mark.parametrize("folder", ["/a\nb", "/a\x00b", "/a\udcffb"])
def test_a_path_that_no_line_can_hold_is_refused(folder: str) -> None:
    """Line breaks and bytes that are no text are told before they break a crontab."""
    with pytest.raises(Stop, match="working folder"):
        carried({}, program=PROGRAM, folder=Path(folder))


def test_surveys_are_told_apart_by_their_folder() -> None:
    """Two folders have two ids, one folder always the same."""
    ids = [carried({}, program=PROGRAM, folder=Path(folder)).survey_id for folder in ("/a", "/b", "/a")]
    assert ids[0] == ids[2] != ids[1]
