"""The settings of one run as a frozen record. No I/O."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from llmsurvey.errors import BadUsage
from llmsurvey.survey import TrackedPhrase

LEAST_DELAY = 3.0
"""Seconds between two requests that arXiv asks for, over all machines of one user (arXiv API terms of use)."""
LEAST_COOLDOWN = 60.0
"""Seconds of silence after arXiv has said "too many": its own refusal lasts about that long."""

NO_CONTACT = "no contact is set, so that arXiv cannot reach you: give your address as contact in llmsurvey.toml"


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast one host may be asked."""

    delay: float
    """Seconds between two requests."""
    cooldown: float
    """Seconds of silence after a refusal."""

    @property
    def patience(self) -> float:
        """The part of the usual pauses before another try that this pace wants, 0 to 1; less only for loopback."""
        return min(1.0, self.cooldown / LEAST_COOLDOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run works with. The table `SETTINGS` says what each value means and how it is checked."""

    database_url: str
    arxiv_api_url: str
    arxiv_oai_url: str
    arxiv_delay: float
    """Seconds; for a request ask `pace`, which holds arXiv's own limits up."""
    arxiv_cooldown: float
    """Seconds; for a request ask `pace`."""
    contact: str | None
    api_key: str | None = field(repr=False)
    """A secret: never shown, never logged."""
    daily_requests: int
    oai_sets: tuple[str, ...]
    reports: Path
    overlays: tuple[Path, ...]
    phrases: tuple[TrackedPhrase, ...]
    origins: Mapping[str, str]
    """Where each value came from, by its name: `flag`, `environment LLMSURVEY_X`, a file's path or `default`."""
    remarks: tuple[str, ...] = ()
    """What was passed over on the way, such as a user file that cannot be read."""

    def pace(self, url: str) -> Pace:
        """Return how fast the host of `url` may be asked; `BadUsage` where the settings are too fast for it."""
        if not is_loopback(url):
            for name, value, least in (
                ("arxiv_delay", self.arxiv_delay, LEAST_DELAY),
                ("arxiv_cooldown", self.arxiv_cooldown, LEAST_COOLDOWN),
            ):
                if value < least:
                    raise BadUsage(
                        f"{name} = {value:g} ({self.origins[name]}) is too short for {urlsplit(url).hostname}",
                        hint=f"{least:g} seconds or more; only a loopback host may be asked faster",
                    )
        return Pace(self.arxiv_delay, self.arxiv_cooldown)


def is_loopback(url: str) -> bool:
    """Tell whether a URL's host is this machine itself."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
