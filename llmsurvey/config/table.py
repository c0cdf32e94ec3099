"""The table of settings: adding one is one line here and one field in `Settings`."""

from collections.abc import Callable
from dataclasses import dataclass

from llmsurvey.config import kinds
from llmsurvey.config.kinds import Several


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set."""

    name: str
    """The field of `Settings`; upper-cased behind `LLMSURVEY_`, its variable in the environment."""
    read: Callable[[object], object]
    """Checks a value as TOML gives it."""
    default: object
    """As TOML would give it; None: none, or found at run time."""
    meaning: str
    spell: Callable[[str], object] | None = str
    """Reads the environment's text; None: the environment cannot set it."""
    key: str = ""
    """The key in the file where it is not the name."""
    secret: bool = False

    @property
    def file_key(self) -> str:
        """The key in `llmsurvey.toml`."""
        return self.key or self.name

    @property
    def variable(self) -> str | None:
        """The variable of the environment."""
        return f"LLMSURVEY_{self.name.upper()}" if self.spell else None


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "database_url",
        kinds.database_url,
        None,
        "SQLAlchemy URL (sqlite or postgresql); default: db/llmsurvey.db in a checkout, else the user's data folder",
    ),
    Setting("arxiv_api_url", kinds.web_url, "https://export.arxiv.org/api/query", "address of arXiv's search API"),
    Setting("arxiv_oai_url", kinds.web_url, "https://oaipmh.arxiv.org/oai", "address of arXiv's OAI-PMH interface"),
    Setting(
        "arxiv_delay",
        kinds.seconds,
        3,
        "seconds between two requests; below 3 only for loopback hosts",
        spell=kinds.spelled_number,
    ),
    Setting(
        "arxiv_cooldown",
        kinds.seconds,
        60,
        "seconds of silence after a refusal; below 60 only for loopback hosts, where all pauses shrink with it",
        spell=kinds.spelled_number,
    ),
    Setting("contact", kinds.header, None, "your e-mail or web address, sent to arXiv in the User-Agent"),
    Setting("api_key", kinds.header, None, "a key for arXiv's API, where you have one", secret=True),
    Setting("daily_requests", kinds.count, 5000, "most requests to arXiv in one day", spell=kinds.spelled_number),
    Setting(
        "oai_sets",
        Several(kinds.oai_set, key=str, least=1),
        ["cs", "stat"],
        "OAI-PMH sets to harvest",
        spell=kinds.spelled_list,
    ),
    Setting("reports", kinds.folder, "reports", "folder of the reports"),
    Setting(
        "overlays",
        Several(kinds.folder, key=str),
        [],
        "your own TOML files of curated knowledge, the last one wins",
        spell=kinds.spelled_paths,
    ),
    Setting(
        "phrases",
        Several(kinds.tracked_phrase, key=lambda tracked: tracked.phrase.text.casefold(), least=1),
        [
            {"text": "language model", "since": "2018-06"},
            {"text": "large language model", "since": "2019-10"},
        ],
        "the phrases that the survey follows, each from its first month on",
        spell=None,
        key="phrase",
    ),
)
