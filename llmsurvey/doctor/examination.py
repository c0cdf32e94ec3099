"""The table of checks: adding one is one function in one small file, and one line here."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from llmsurvey.config import Settings, load
from llmsurvey.doctor.environment import misspelt_variables
from llmsurvey.doctor.facts import facts
from llmsurvey.doctor.finding import Finding, Status
from llmsurvey.doctor.folders import database_folder, reports_folder
from llmsurvey.doctor.fonts import fonts
from llmsurvey.doctor.store import store
from llmsurvey.doctor.upkeep import last_run, planned_run
from llmsurvey.doctor.versions import libraries, python, sqlite
from llmsurvey.errors import SurveyError

CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (python, libraries, sqlite, misspelt_variables, fonts)
"""Checks of the machine."""

CHECKS_OF_SETTINGS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
    database_folder,
    reports_folder,
    store,
    facts,
    last_run,
    planned_run,
)
"""Checks of what the settings name; left out where the settings cannot be read."""


def examine(flags: Mapping[str, object] | None = None) -> list[Finding]:
    """Run all checks; a check that itself fails is a finding too."""
    findings = [finding for check in CHECKS for finding in _guarded(check.__name__, check)]
    try:
        settings = load(flags)
    except SurveyError as error:
        return [*findings, Finding("configuration", Status.FAIL, error.message, error.hint)]
    findings += _configuration(settings)
    for check in CHECKS_OF_SETTINGS:
        findings += _guarded(check.__name__, partial(check, settings))
    return findings


def _configuration(settings: Settings) -> list[Finding]:
    """Say where the settings come from, and what was passed over."""
    set_by_hand = sum(origin != "default" for origin in settings.origins.values())
    found = f"{set_by_hand} of {len(settings.origins)} settings are set, the others are defaults"
    findings = [Finding("configuration", Status.OK, found)]
    findings += [Finding("configuration", Status.WARN, remark, "make it readable") for remark in settings.remarks]
    if settings.contact is None:
        findings.append(
            Finding(
                "contact",
                Status.WARN,
                "no contact is set: arXiv cannot reach you when a harvest troubles it",
                'write contact = "you@example.org" into llmsurvey.toml',
            )
        )
    return findings


def _guarded(name: str, check: Callable[[], Iterator[Finding]]) -> list[Finding]:
    """Run one check to its end, whatever happens in it."""
    try:
        return list(check())
    except Exception as error:  # noqa: BLE001 - one broken check must not hide the others
        return [Finding(name, Status.FAIL, f"the check itself failed: {type(error).__name__}: {error}")]
