"""The report as files: reports/<as-of>/survey.md with its figures, and the index reports/README.md."""

import contextlib
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from llmsurvey.errors import CannotWrite
from llmsurvey.figures.catalogue import FIGURES
from llmsurvey.figures.files import cannot_write, write_whole
from llmsurvey.report.markdown import Markdown, rendered
from llmsurvey.report.sections import SECTIONS, Edition, figure_block
from llmsurvey.survey import Survey

REPORT, INDEX, FIGURE_FOLDER = "survey.md", "README.md", "figures"
_MAIN_FIGURE = "papers_over_time"
THANKS = "Thank you to arXiv for use of its open access interoperability."
"""The acknowledgement arXiv asks for (its API's terms of use)."""


@dataclass(frozen=True, slots=True)
class Written:
    """Where a report lies."""

    report: Path
    index: Path
    warnings: tuple[str, ...]
    """What the figures could not show as meant."""


def write_report(survey: Survey, folder: Path) -> Written:
    """Write the report of a survey into `folder`/<as-of>, which appears whole, and renew the index.

    A report of the same date is replaced. A `CannotWrite` leaves it as it was.
    """
    place = folder / survey.as_of.isoformat()
    if _in_the_way(place):
        raise CannotWrite(f"{place} is in the way: it holds no report", hint="Move it away or choose another --out.")
    draft, old = folder / f".{place.name}.draft", folder / f".{place.name}.old"
    try:
        _restored(place, old)
        _removed(draft)
        warnings = _written(survey, draft, _previous(folder, survey.as_of))
        if place.exists():
            place.rename(old)
        draft.rename(place)
        _removed(old)
    except OSError as fault:
        raise cannot_write(folder, fault) from fault
    finally:
        with contextlib.suppress(OSError):
            _restored(place, old)
            _removed(draft)
    return Written(place / REPORT, write_index(folder), warnings)


def write_index(folder: Path) -> Path:
    """Write the index of the reports that are there, the newest first."""
    dates = sorted(_reports(folder), reverse=True)
    content = {
        "dates": [day.isoformat() for day in dates],
        "picture": _picture(folder, dates[0]) if dates else Markdown(""),
        "report": REPORT,
        "thanks": THANKS,
    }
    (path,) = write_whole(folder, {INDEX: rendered("index", content).encode()})
    return path


def _written(survey: Survey, folder: Path, previous: date | None) -> tuple[str, ...]:
    """Write figures and text, and return what the figures warn of."""
    alt_texts: dict[str, str] = {}
    warnings: list[str] = []
    for name, figure in FIGURES.items():
        saved = figure().save(survey, folder / FIGURE_FOLDER)
        alt_texts[name] = (folder / FIGURE_FOLDER / f"{name}.txt").read_text(encoding="utf-8")
        warnings += saved.warnings
    edition = Edition(survey, previous, alt_texts)
    write_whole(folder, {REPORT: page(edition).encode()})
    return tuple(dict.fromkeys(warnings))


def page(edition: Edition) -> str:
    """Return the report as Markdown."""
    parts = []
    for name, (heading, ask) in SECTIONS.items():
        figure = figure_block(edition, name) if name in FIGURES else Markdown("")
        parts.append(
            (heading, Markdown(rendered(name, {**ask(edition), "figure": figure, "made": edition.made}).strip()))
        )
    provenance = edition.survey.provenance()
    return rendered("survey", {"parts": parts, "provenance": provenance, "thanks": THANKS, "empty": edition.empty})


def _reports(folder: Path) -> list[date]:
    """Return the dates of the reports that lie in a folder."""
    found = []
    for place in folder.iterdir() if folder.is_dir() else ():
        with contextlib.suppress(ValueError):
            day = date.fromisoformat(place.name)
            if place.name == day.isoformat() and (place / REPORT).is_file():
                found.append(day)
    return found


def _previous(folder: Path, as_of: date) -> date | None:
    return max((day for day in _reports(folder) if day < as_of), default=None)


def _picture(folder: Path, day: date) -> Markdown:
    """Return the main figure of a report for the index, where it is there."""
    place = f"{day.isoformat()}/{FIGURE_FOLDER}/{_MAIN_FIGURE}"
    if not (folder / f"{place}.png").is_file():
        return Markdown("")
    return Markdown(f"[![Papers over time as of {day.isoformat()}]({place}.png)]({day.isoformat()}/{REPORT})")


def _in_the_way(place: Path) -> bool:
    """Tell whether something that is no report of ours stands in its place."""
    if place.is_dir():
        return not (place / REPORT).is_file() and any(place.iterdir())
    return place.exists()


def _restored(place: Path, old: Path) -> None:
    """Bring back the older report where a run ended between moving it away and putting the new one in its place."""
    if old.exists() and not place.exists():
        old.rename(place)
    _removed(old)


def _removed(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
