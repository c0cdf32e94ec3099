"""How settings become one record: flag before environment before the two files before the default."""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from llmsurvey.config.files import SettingsFile, read_settings
from llmsurvey.config.kinds import Unfit
from llmsurvey.config.places import Places
from llmsurvey.config.settings import Settings, is_loopback
from llmsurvey.config.table import SETTINGS, Setting
from llmsurvey.errors import BadUsage

Layer = dict[str, tuple[object, str]]
"""Values of one origin, by name, each with that origin in words."""


def load(
    flags: Mapping[str, object] | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    places: Places | None = None,
) -> Settings:
    """Return the settings of this run.

    `flags` holds what the command line says, by the names of settings; a value of None says nothing.
    Raises one `BadUsage` that names everything wrong in flags, environment and files.
    """
    places = places or Places.here()
    environment = os.environ if environment is None else environment
    problems: list[str] = []
    remarks: list[str] = []
    layers = [
        _from_flags(flags or {}, problems),
        _from_environment(environment, problems),
        *_from_files(places, problems, remarks),
        _defaults(places),
    ]
    _refuse(problems)
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for layer in layers:
        for name, (value, origin) in layer.items():
            if name not in values:
                values[name], origins[name] = value, origin
    settings = Settings(**values, origins=MappingProxyType(origins), remarks=tuple(remarks))
    _check_pace(settings)
    return settings


def _from_flags(flags: Mapping[str, object], problems: list[str]) -> Layer:
    """Check what the command line says."""
    known = {setting.name: setting for setting in SETTINGS}
    given = {name: (known[name], value, "flag") for name, value in flags.items() if value is not None}
    return _read(given, problems)


def _from_environment(environment: Mapping[str, str], problems: list[str]) -> Layer:
    """Check what the environment says; an empty variable says nothing."""
    given: dict[str, tuple[Setting, object, str]] = {}
    for setting in SETTINGS:
        spelling = environment.get(setting.variable, "") if setting.variable else ""
        if setting.spell and spelling.strip():
            given[setting.name] = (setting, setting.spell(spelling), f"environment {setting.variable}")
    return _read(given, problems)


def _read(given: Mapping[str, tuple[Setting, object, str]], problems: list[str]) -> Layer:
    """Check raw values, each with the origin that stands in a complaint."""
    layer: Layer = {}
    for name, (setting, raw, origin) in given.items():
        try:
            layer[name] = (setting.read(raw), origin)
        except Unfit as error:
            problems.append(f"{origin}: {name} {error}")
    return layer


def _from_files(places: Places, problems: list[str], remarks: list[str]) -> list[Layer]:
    """Read the project's file, which must be readable where it is, and the user's, which need not."""
    project = read_settings(places.working_file)
    if project.unreadable:
        problems.append(f"{project.path}: cannot be read ({project.unreadable}); make it readable or move it away")
    files: list[SettingsFile] = [project]
    if places.user_file and places.user_file != places.working_file:
        user = read_settings(places.user_file)
        if user.unreadable:
            remarks.append(f"{user.path} cannot be read ({user.unreadable}): passed over")
        files.append(user)
    problems.extend(problem for file in files for problem in file.problems)
    return [{name: (value, str(file.path)) for name, value in file.values.items()} for file in files]


def _defaults(places: Places) -> Layer:
    """Return what holds where nobody says otherwise."""
    layer: Layer = {}
    for setting in SETTINGS:
        value = setting.default if setting.default is None else setting.read(setting.default)
        layer[setting.name] = (places.working_folder / value if isinstance(value, Path) else value, "default")
    layer["database_url"] = (places.database_url, "default")
    return layer


def _check_pace(settings: Settings) -> None:
    """Refuse a pace that no configured host may be asked at; a mixed pair is refused when the host is asked."""
    urls = (settings.arxiv_api_url, settings.arxiv_oai_url)
    if not any(is_loopback(url) for url in urls):
        settings.pace(urls[0])


def _refuse(problems: list[str]) -> None:
    """End here where anything is wrong."""
    if problems:
        what = "the settings hold a mistake" if len(problems) == 1 else f"the settings hold {len(problems)} mistakes"
        raise BadUsage(
            f"{what}:\n  " + "\n  ".join(problems), hint="correct this, then look at `llmsurvey config show`"
        )
