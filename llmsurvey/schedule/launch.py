"""How an unattended run is started: program, folder, environment. Secrets are named, never written. No I/O."""

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from llmsurvey.config import SETTINGS
from llmsurvey.errors import Stop
from llmsurvey.logfile import UNATTENDED

_CARRIED = {
    "HOME": "settings and data",
    "XDG_CONFIG_HOME": "settings",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "log file",
    "XDG_CACHE_HOME": "cache",
    "PYTHONPATH": "the program",
    "HTTP_PROXY": "the way out",
    "HTTPS_PROXY": "the way out",
    "ALL_PROXY": "the way out",
    "NO_PROXY": "the way out",
    "SSL_CERT_FILE": "certificates",
    "SSL_CERT_DIR": "certificates",
    "REQUESTS_CA_BUNDLE": "certificates",
    "CURL_CA_BUNDLE": "certificates",
}
"""Variables besides the program's own, and what they lead to; cron knows hardly one. Proxies also in small letters."""
_PLAIN_PATH = "/usr/local/bin:/usr/bin:/bin"
_PROGRAMS_OWN = re.compile(r"LLMSURVEY_[A-Za-z0-9_]+")
_SECRET_NAME = re.compile(r"KEY|TOKEN|SECRET|PASSW", re.IGNORECASE)
_SECRET_PART = re.compile(r"[?&](?:password|passwd|pwd|token|key)=[^&]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Launch:
    """How a command of this program is started without anybody there."""

    program: tuple[str, ...]
    """Interpreter and what it runs, as full paths."""
    folder: Path
    """The working directory: its `llmsurvey.toml` holds."""
    environment: Mapping[str, str]
    withheld: tuple[str, ...] = ()
    """Variables that are set now and hold a secret: they are not part of `environment`."""

    @property
    def survey_id(self) -> str:
        """Eight signs that tell the surveys on one machine apart, by their folder."""
        return hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:8]

    def arguments(self, command: str) -> tuple[str, ...]:
        """Return the command line of a run that says nothing when all is well."""
        return (*self.program, command, "--quiet")

    def environment_for(self, plan: str) -> dict[str, str]:
        """Return the environment of a plan's run, which is told that nobody is there."""
        return {**self.environment, UNATTENDED: plan}


def carried(given: Mapping[str, str], *, program: tuple[str, ...], folder: Path) -> Launch:
    """Choose from an environment what a run needs; `Stop` where a value cannot stand in a line of text."""
    places = {"PATH": f"{PurePath(program[0]).parent}:{_PLAIN_PATH}"}
    withheld: list[str] = []
    for name, value in sorted(given.items()):
        if not value.strip() or not _is_needed(name):
            continue
        if is_secret(name, value):
            withheld.append(name)
        else:
            places[name] = value
    for what, text in (("the program's path", " ".join(program)), ("the working folder", str(folder)), *places.items()):
        if not text.isprintable():
            raise Stop(f"{what} holds signs that no plan can write: {text!r}", hint="rename it, or choose another")
    return Launch(program, folder, places, tuple(withheld))


def is_secret(name: str, value: str) -> bool:
    """Tell whether a variable must not be written into a file: a key, or an address with a password."""
    settings = {setting.variable: setting for setting in SETTINGS}
    if name in settings and settings[name].secret:
        return True
    if name not in settings and _SECRET_NAME.search(name):
        return True
    try:
        return bool(urlsplit(value).password) or bool(_SECRET_PART.search(value))
    except ValueError:
        return "@" in value


def _is_needed(name: str) -> bool:
    if _PROGRAMS_OWN.fullmatch(name):
        return name != UNATTENDED
    return name in _CARRIED or (name.endswith("_proxy") and name.upper() in _CARRIED)


def remark(name: str, user_file: Path | None) -> str:
    """Say of a withheld variable where its value belongs."""
    setting = next((setting for setting in SETTINGS if setting.variable == name), None)
    if setting is None:
        return f"{name} holds a secret and is not written here: a plan runs without it"
    place = user_file or "llmsurvey.toml"
    return (
        f'{name} holds a secret and is not written here: put {setting.file_key} = "…" into {place}, for your eyes only'
    )
