"""The report as files: reports/<as-of>/survey.md and knowledge.md with their figures, and the index of all."""

import contextlib
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from llmsurvey.errors import CannotWrite
from llmsurvey.figures.catalogue import FIGURES
from llmsurvey.figures.files import cannot_write, write_whole
from llmsurvey.knowledge.informed import InformedSurvey
from llmsurvey.report.edition import Content, Edition, figure_block
from llmsurvey.report.knowledge import PARTS
from llmsurvey.report.markdown import Markdown, rendered
from llmsurvey.report.sections import SECTIONS

REPORT, KNOWLEDGE, INDEX, FIGURE_FOLDER = "survey.md", "knowledge.md", "README.md", "figures"
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


def write_report(survey: InformedSurvey, folder: Path) -> Written:
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
        "informed": [day.isoformat() for day in dates if (folder / day.isoformat() / KNOWLEDGE).is_file()],
        "knowledge": KNOWLEDGE,
        "thanks": THANKS,
    }
    (path,) = write_whole(folder, {INDEX: rendered("index", content).encode()})
    return path


def _written(survey: InformedSurvey, folder: Path, previous: date | None) -> tuple[str, ...]:
    """Write figures and text, and return what the figures warn of."""
    alt_texts: dict[str, str] = {}
    warnings: list[str] = []
    for name, figure in FIGURES.items():
        saved = figure().save(survey, folder / FIGURE_FOLDER)
        alt_texts[name] = (folder / FIGURE_FOLDER / f"{name}.txt").read_text(encoding="utf-8")
        warnings += saved.warnings
    edition = Edition(survey, previous, alt_texts)
    pages = {REPORT: page(edition), KNOWLEDGE: knowledge_page(edition)}
    write_whole(folder, {name: text.encode() for name, text in pages.items()})
    return tuple(dict.fromkeys(warnings))


def page(edition: Edition) -> str:
    """Return the report as Markdown."""
    content = {"thanks": THANKS, "empty": edition.empty, "knowledge": KNOWLEDGE}
    return rendered("survey", {**_parts(edition, SECTIONS), **content})


def knowledge_page(edition: Edition) -> str:
    """Return what the survey knows of the field as Markdown."""
    return rendered("knowledge", {**_parts(edition, PARTS), "report": REPORT})


def _parts(edition: Edition, asked: Mapping[str, tuple[str, Callable[[Edition], Content]]]) -> Content:
    """Fill the template of each part, with its figure where there is one of that name."""
    parts = []
    for name, (heading, ask) in asked.items():
        figure = figure_block(edition, name) if name in FIGURES else Markdown("")
        content = {**ask(edition), "figure": figure, "made": edition.made}
        parts.append((heading, Markdown(rendered(name, content).strip())))
    return {"parts": parts, "provenance": edition.survey.provenance()}


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
