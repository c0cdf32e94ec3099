"""`llmsurvey config`: the settings that are in force."""

import re

import typer

from llmsurvey.cli.call import Call, Json
from llmsurvey.cli.output import cell_text, print_json, print_table
from llmsurvey.config import SETTINGS, Setting, Settings
from llmsurvey.survey import TrackedPhrase

_PASSWORD = re.compile(r"(://[^/@:]*:).*@|((?:password|passwd|pwd)=)[^&]*", re.IGNORECASE)
_MASK = "********"


def show(context: typer.Context, *, json: Json = False) -> None:
    """Show each setting and where it comes from: flag, environment, a file, or the default. Secrets are masked."""
    settings = Call.of(context).settings()
    values = {setting.name: _showable(setting, settings) for setting in SETTINGS}
    if json:
        print_json({name: {"value": value, "origin": settings.origins[name]} for name, value in values.items()})
    else:
        print_table(
            ("setting", "value", "origin"),
            [(name, _in_words(value), settings.origins[name]) for name, value in values.items()],
        )


def _showable(setting: Setting, settings: Settings) -> object:
    """Return a value as it may be shown."""
    value = getattr(settings, setting.name)
    if setting.secret and value is not None:
        return _MASK
    if isinstance(value, str):
        return _PASSWORD.sub(lambda found: f"{found[1]}{_MASK}@" if found[1] else f"{found[2]}{_MASK}", value)
    return value


def _in_words(value: object) -> str:
    """Write a value for the table."""
    if isinstance(value, tuple):
        return ", ".join(_in_words(entry) for entry in value) or "-"
    if isinstance(value, TrackedPhrase):
        return f"{value.phrase.text} since {value.since}"
    return cell_text(value)
