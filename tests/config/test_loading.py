"""Settings come from five places, each with its origin."""

import itertools
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.config import SETTINGS, Places, Settings, load
from llmsurvey.errors import BadUsage

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Make a working folder and user folders that are empty."""
    for name in ("work", "config", "data"):
        (tmp_path / name).mkdir()
    return Places(tmp_path / "work", tmp_path / "config", tmp_path / "data")


def loaded(places: Places, environment: Mapping[str, str] | None = None, **flags: object) -> Settings:
    """Load with an environment of its own."""
    return load(flags, environment=environment or {}, places=places)


def complaint(places: Places, environment: Mapping[str, str] | None = None, **flags: object) -> str:
    """Return what is said of wrong settings."""
    with pytest.raises(BadUsage) as raised:
        loaded(places, environment, **flags)
    return str(raised.value)


def test_without_any_file_everything_is_default(places: Places) -> None:
    """An empty folder gives the defaults, and says so of each."""
    settings = loaded(places)
    assert set(settings.origins) == {setting.name for setting in SETTINGS}
    assert set(settings.origins.values()) == {"default"}
    assert [(str(each.phrase.text), str(each.since)) for each in settings.phrases] == [
        ("language model", "2018-06"),
        ("large language model", "2019-10"),
    ]
    assert (settings.contact, settings.api_key, settings.arxiv_delay) == (None, None, 3)


ORIGINS = ("flag", "environment", "working", "user", "default")


@pytest.mark.parametrize("given_by", [set(some) for n in range(5) for some in itertools.combinations(ORIGINS[:4], n)])
def test_the_nearer_origin_wins(places: Places, given_by: set[str]) -> None:
    """Flag before environment before the working folder's file before the user's file before the default."""
    urls = {origin: f"sqlite:///{origin}.db" for origin in ORIGINS}
    if "working" in given_by:
        places.working_file.write_text(f'database_url = "{urls["working"]}"', encoding="utf-8")
    if "user" in given_by:
        assert places.user_file
        places.user_file.write_text(f'database_url = "{urls["user"]}"', encoding="utf-8")
    environment = {"LLMSURVEY_DATABASE_URL": urls["environment"]} if "environment" in given_by else {}
    flag = urls["flag"] if "flag" in given_by else None
    settings = loaded(places, environment, database_url=flag)
    winner = next((origin for origin in ORIGINS if origin in given_by), "default")
    named = {
        "flag": "flag",
        "environment": "environment LLMSURVEY_DATABASE_URL",
        "working": str(places.working_file),
        "user": str(places.user_file),
        "default": "default",
    }
    assert settings.origins["database_url"] == named[winner]
    assert winner == "default" or settings.database_url == urls[winner]


def test_the_committed_file_says_what_the_defaults_say(places: Places) -> None:
    """The repository's llmsurvey.toml changes no default, also with its commented lines switched on."""
    text = (ROOT / "llmsurvey.toml").read_text(encoding="utf-8")
    switched_on = "\n".join(line.removeprefix("# ") if " = " in line else line for line in text.splitlines())
    places.working_file.write_text(text, encoding="utf-8")
    assert (
        loaded(places).phrases == load({}, environment={}, places=Places(places.user_data or ROOT, None, None)).phrases
    )
    places.working_file.write_text(switched_on.replace("…", "key"), encoding="utf-8")
    settings = loaded(places)
    default = loaded(Places(places.working_folder / "none", None, None))
    same = ("arxiv_api_url", "arxiv_oai_url", "arxiv_delay", "arxiv_cooldown", "daily_requests", "oai_sets", "phrases")
    assert all(getattr(settings, name) == getattr(default, name) for name in same)
    assert settings.origins["overlays"] == str(places.working_file)


def test_a_checkout_keeps_its_database_in_db(places: Places) -> None:
    """A folder whose pyproject.toml names the program is a checkout; any other takes the user's data folder."""
    assert loaded(places).database_url == f"sqlite:///{places.user_data}/llmsurvey.db"
    project = places.working_folder / "pyproject.toml"
    project.write_text('[project]\nname = "something"', encoding="utf-8")
    assert loaded(places).database_url == f"sqlite:///{places.user_data}/llmsurvey.db"
    project.write_text('[project]\nname = "llmsurvey"', encoding="utf-8")
    assert loaded(places).database_url == f"sqlite:///{places.working_folder}/db/llmsurvey.db"


def test_all_mistakes_are_told_at_once(places: Places) -> None:
    """One complaint names file, line and key of every mistake, and those of the environment."""
    places.working_file.write_text(
        'contct = "me@example.org"\narxiv_delay = "slow"\n\n[[phrase]]\ntext = "x"\nsince = "2018-06"\n'
        '[[phrase]]\ntext = "language model"\nsince = "2018-13"\n',
        encoding="utf-8",
    )
    said = complaint(places, {"LLMSURVEY_DAILY_REQUESTS": "many", "LLMSURVEY_ARXIV_API_URL": "ftp://x"})
    assert "5 mistakes" in said
    for part in (
        f"{places.working_file}, line 1: unknown key 'contct'; did you mean 'contact'?",
        "line 2: arxiv_delay must be a number",
        "line 7: phrase no. 2 ('language model'): 2018-13 is not a month",
        "environment LLMSURVEY_DAILY_REQUESTS: daily_requests must be a whole number",
        "environment LLMSURVEY_ARXIV_API_URL: arxiv_api_url must be an address",
    ):
        assert part in said


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"contact = ", "not TOML: Invalid value"),
        (b"contact = \xff", "line 1: not UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not UTF-8"),
        (b"a = " + b"[" * 5000, "not TOML"),
        (b"daily_requests = " + b"9" * 5000, "not TOML"),
        (b"daily_requests = true", "whole number of 1 or more, not True"),
        (b"daily_requests = 0", "whole number of 1 or more, not 0"),
        (b"arxiv_delay = nan", "between 0 and"),
        (b"arxiv_delay = -3", "between 0 and"),
        (b"arxiv_delay = 1e300", "between 0 and"),
        (b'contact = "a\\nb"', "control character"),
        (b'contact = "\xc3\xbc"', "plain ASCII"),
        (b'contact = " "', "must not be empty"),
        (b"contact = 3", "must be text in quotes, not 3"),
        (b'arxiv_api_url = "http://[::1"', "must be an address"),
        (b'arxiv_api_url = "https://a:b@c/"', "must be an address"),
        (b'arxiv_api_url = "http://host:port/"', "must be an address"),
        (b'database_url = "mysql://papers"', "sqlite:///FILE"),
        (b'oai_sets = "cs"', "must be a list"),
        (b'oai_sets = ["cs", "cs"]', "no. 2 stands there twice"),
        (b'oai_sets = ["cs:cs.CL!"]', "must name sets such as"),
        (b"oai_sets = []", "at least 1"),
        (b"overlays = [1]", "no. 1 must be text"),
        (b'overlays = ["a\\u0000b"]', "control character"),
        (b"phrase = []", "at least 1"),
        (b'[phrase]\ntext = "x"\nsince = "2018-06"', "must be a list"),
        (b'[[phrase]]\ntext = "x"', "lacks since"),
        (b'[[phrase]]\ntext = "x"\nsince = 2018-06-01', "write a month in quotes"),
        (b'[[phrase]]\ntext = "x"\nsince = "2018-06"\ncontact = "x"', "stand above the first [[phrase]]"),
        (b'[[phrase]]\ntext = "A b"\nsince = "2018-06"\n[[phrase]]\ntext = "a  B"\nsince = "2019-06"', "twice: 'a b'"),
        (b"deep.down.below = 1", "unknown key 'deep'"),
    ],
)
def test_a_bad_file_is_refused_in_words(places: Places, content: bytes, expected: str) -> None:
    """Whatever a file holds, the complaint names the file and what is wrong."""
    places.working_file.write_bytes(content)
    said = complaint(places)
    assert str(places.working_file) in said
    assert expected in said


@given(content=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode(errors="surrogatepass")))
def test_no_file_breaks_the_program(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Any bytes are either settings or a `BadUsage`."""
    places = Places(tmp_path_factory.mktemp("any"), None, None)
    places.working_file.write_bytes(content)
    with suppress(BadUsage):
        assert isinstance(loaded(places), Settings)


def test_a_byte_order_mark_is_read_over(places: Places) -> None:
    """Some editors begin a file with a byte order mark; it means nothing."""
    places.working_file.write_bytes(b'\xef\xbb\xbfcontact = "me@example.org"')
    assert loaded(places).contact == "me@example.org"


@pytest.mark.parametrize(
    ("environment", "name", "value"),
    [
        ({"LLMSURVEY_ARXIV_DELAY": "4.5"}, "arxiv_delay", 4.5),
        ({"LLMSURVEY_DAILY_REQUESTS": "12"}, "daily_requests", 12),
        ({"LLMSURVEY_OAI_SETS": "cs, math:math:CO"}, "oai_sets", ("cs", "math:math:CO")),
        ({"LLMSURVEY_OVERLAYS": f"a.toml{os.pathsep}/b.toml"}, "overlays", (Path("a.toml"), Path("/b.toml"))),
        ({"LLMSURVEY_CONTACT": ""}, "contact", None),
    ],
)
def test_the_environment_sets_every_kind(places: Places, environment: dict[str, str], name: str, value: object) -> None:
    """Numbers, lists and paths are read from their spelling; an empty variable says nothing."""
    assert getattr(loaded(places, environment), name) == value


def test_a_relative_path_starts_at_the_file_that_names_it(places: Places) -> None:
    """The user's file names its overlays from its own folder."""
    assert places.user_file
    places.user_file.write_text('overlays = ["mine.toml"]', encoding="utf-8")
    assert loaded(places).overlays == (places.user_file.parent / "mine.toml",)


def test_a_user_file_that_cannot_be_read_is_passed_over(places: Places) -> None:
    """An unreadable user file leaves a remark; an unreadable file of the working folder is refused."""
    assert places.user_file
    places.user_file.mkdir()
    settings = loaded(places)
    assert str(places.user_file) in settings.remarks[0]
    places.working_file.mkdir()
    assert "make it readable" in complaint(places)


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"HOME": ""},
        {"HOME": "/dev/null"},
        {"HOME": "/proc"},
        {"HOME": "relative"},
        {"HOME": "/nonexistent", "XDG_CONFIG_HOME": "", "XDG_DATA_HOME": "relative"},
    ],
    ids=str,
)
def test_a_strange_home_is_no_obstacle(tmp_path: Path, environment: dict[str, str]) -> None:
    """Without HOME, or with one that is no folder or cannot be written, settings load, and lightly."""
    script = (
        "import sys; from llmsurvey.config import load; settings = load();"
        "heavy = {'sqlalchemy', 'matplotlib', 'requests', 'typer', 'rich'} & set(sys.modules); assert not heavy, heavy;"
        "assert settings.database_url.startswith('sqlite:////'), settings.database_url"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(
        command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT), **environment}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []
