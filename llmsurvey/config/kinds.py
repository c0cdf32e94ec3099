"""What a setting may hold: each kind checks a value as TOML gives it, and reads one from the environment's text.

A reader returns the value or raises `Unfit`, whose text goes on after the setting's name: "must be …, not …".
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from os import pathsep
from pathlib import Path
from typing import Generic, TypeVar
from urllib.parse import quote, urlsplit

from llmsurvey.config.settings import LEAST_COOLDOWN
from llmsurvey.errors import BadUsage, SurveyError
from llmsurvey.month import Month
from llmsurvey.phrase import Phrase
from llmsurvey.survey import TrackedPhrase

T = TypeVar("T")
_DATABASE = re.compile(r"(sqlite|postgresql)(\+[a-z0-9_]+)?://.*")
_OAI_SET = re.compile(r"[A-Za-z0-9-]+(:[A-Za-z0-9-]+){0,2}")
_LONGEST_WAIT = 24 * LEAST_COOLDOWN * 60
"""One day in seconds: a longer pause is a slip of the pen."""


class Unfit(Exception):  # noqa: N818 - named by what is wrong with the value
    """A value that its setting cannot hold."""

    def __init__(self, why: str, *, place: int = 1) -> None:
        super().__init__(why)
        self.place = place
        """Which entry of a list it is, counted from 1."""


def text(value: object) -> str:
    """Take text without control characters that says something."""
    if not isinstance(value, str):
        raise Unfit(f"must be text in quotes, not {_shown(value)}")
    if not value.strip():
        raise Unfit("must not be empty")
    if not all(sign.isprintable() for sign in value):
        raise Unfit(f"holds a control character: {value!r}")
    return value


def header(value: object) -> str:
    """Take text that may stand in an HTTP header: one line of printable ASCII."""
    line = text(value).strip()
    if not line.isascii():
        raise Unfit(f"must be plain ASCII, since it is sent in an HTTP header: {line!r}")
    return line


def seconds(value: object) -> float:
    """Take a number of seconds from 0 to one day."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unfit(f"must be a number of seconds, not {_shown(value)}")
    if not (math.isfinite(value) and 0 <= value <= _LONGEST_WAIT):
        raise Unfit(f"must lie between 0 and {_LONGEST_WAIT:.0f} seconds, not {_shown(value)}")
    return float(value)


def count(value: object) -> int:
    """Take a whole number of 1 or more."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise Unfit(f"must be a whole number of 1 or more, not {_shown(value)}")
    return value


def database_url(value: object) -> str:
    """Take the URL of a database that the store can open, or the plain path of an SQLite file."""
    url = text(value)
    if "://" not in url and not url.startswith("sqlite:"):
        return f"sqlite:///{quote(str(Path(url).expanduser().absolute()))}"
    if not _DATABASE.fullmatch(url):
        raise Unfit("must be a database URL: sqlite:///FILE or postgresql://USER@HOST/NAME")
    return url


def web_url(value: object) -> str:
    """Take the address of a service: http or https, a host, a path, nothing behind it."""
    url = text(value)
    try:
        parts = urlsplit(url)
        whole = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        whole = False
    if not whole or "@" in parts.netloc or parts.query or parts.fragment or " " in url:
        raise Unfit(f"must be an address such as https://host/path, not {_shown(url)}")
    return url


def folder(value: object) -> Path:
    """Take the path of a file or folder; `~` is the user's home."""
    try:
        return Path(text(value)).expanduser()
    except RuntimeError:
        raise Unfit(f"names a home folder that is not known: {_shown(value)}") from None


def oai_set(value: object) -> str:
    """Take the name of an OAI-PMH set in arXiv's form `group`, `group:archive` or `group:archive:CATEGORY`."""
    name = text(value)
    if not _OAI_SET.fullmatch(name):
        raise Unfit(f"must name sets such as cs or cs:cs:CL, not {_shown(name)}")
    return name


def tracked_phrase(value: object) -> TrackedPhrase:
    """Take a table with `text` and `since`."""
    if not isinstance(value, dict):
        raise Unfit(f"must be a table with text and since, not {_shown(value)}")
    unknown = sorted(value.keys() - {"text", "since"})
    if unknown:
        raise Unfit(
            f"has an unknown key {unknown[0]!r}; it holds text and since; other keys stand above the first [[phrase]]"
        )
    missing = [key for key in ("text", "since") if key not in value]
    if missing:
        raise Unfit(f"lacks {' and '.join(missing)}")
    words = text(value["text"])
    try:
        return TrackedPhrase(Phrase(" ".join(words.split())), Month.parse(_month_text(value["since"])))
    except SurveyError as error:
        raise Unfit(f"({_shown(words)}): {error.message}{f' ({error.hint})' if error.hint else ''}") from error


def _month_text(value: object) -> str:
    """Take text only: TOML's own dates have a day."""
    if not isinstance(value, str):
        raise BadUsage(f"since is {_shown(value)}", hint='write a month in quotes, such as "2018-06"')
    return value


@dataclass(frozen=True, slots=True)
class Several(Generic[T]):
    """A list of values of one kind, none of them twice."""

    kind: Callable[[object], T]
    key: Callable[[T], object]
    """What makes two values the same."""
    least: int = 0

    def __call__(self, value: object) -> tuple[T, ...]:
        """Take the list, or say which of its values is wrong."""
        if not isinstance(value, list):
            raise Unfit(f"must be a list, not {_shown(value)}")
        if len(value) < self.least:
            raise Unfit(f"must hold at least {self.least}")
        taken: dict[object, T] = {}
        for place, entry in enumerate(value, start=1):
            try:
                one = self.kind(entry)
            except Unfit as error:
                raise Unfit(f"no. {place} {error}", place=place) from error
            if self.key(one) in taken:
                raise Unfit(f"no. {place} stands there twice: {_shown(self.key(one))}", place=place)
            taken[self.key(one)] = one
        return tuple(taken.values())


def spelled_number(spelling: str) -> object:
    """Read a number from the environment; what is none stays text, which its kind then refuses."""
    for kind in (int, float):
        try:
            return kind(spelling)
        except ValueError:
            continue
    return spelling


def spelled_list(spelling: str) -> list[str]:
    """Read a list from the environment: values with commas between."""
    return [part.strip() for part in spelling.split(",") if part.strip()]


def spelled_paths(spelling: str) -> list[str]:
    """Read a list of paths from the environment, in the form of PATH."""
    return [part for part in spelling.split(pathsep) if part]


def _shown(value: object) -> str:
    """Write a value as short as it can be recognised."""
    spelling = repr(value) if isinstance(value, str | int | float) else f"a {type(value).__name__}"
    return spelling if len(spelling) <= 60 else f"{spelling[:57]}…"  # noqa: PLR2004 - a line's worth
