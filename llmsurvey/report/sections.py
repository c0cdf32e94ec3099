"""The sections of a report: what each asks of the survey. How it reads stands in the template of the same name."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from llmsurvey.exports.tex import plain as unicode_of
from llmsurvey.figures.coverage import State, known_points, state_of
from llmsurvey.figures.wording import counted, mean, spans, window
from llmsurvey.month import SETTLING_DAYS, Month
from llmsurvey.phrase import Rule
from llmsurvey.report.edition import Content, Edition
from llmsurvey.report.models import lineage, parameters, timeline
from llmsurvey.survey import Change, Point, PublishedPoint
from llmsurvey.trends.growth import CHATGPT, PapersADay

RECENT_MONTHS = 24
SHOWN_CATEGORIES = 15
SHOWN_CHANGES = 50
"""Of each kind; the rest is counted."""


def headline(edition: Edition) -> Content:
    """Total, last complete month and last twelve complete months of each phrase."""
    rows = []
    for series in edition.series():
        points = known_points(series)
        complete = [point for point in points if point.complete]
        rows.append(
            {
                "phrase": series.question.phrase.text,
                "total": _bounded(points[-1].cumulative, points) if points else None,
                "window": f"{points[0].month} to {points[-1].month}" if points else "nothing read",
                "incomplete": spans(point.month for point in points if not point.complete) or "none",
                "latest": complete[-1] if complete else None,
                "share": _share(complete[-1]) if complete else None,
                "year": _year_over_year(complete),
                "within": series.within,
            }
        )
    return {"empty": edition.empty, "phrases": rows}


def papers_over_time(edition: Edition) -> Content:
    """Figure 1, its means before and after ChatGPT, and what is marked on it."""
    phrases = []
    for series in edition.series():
        name = series.question.phrase.text
        published = edition.survey.published(name)
        growth = PapersADay()(series)
        phrases.append(
            {
                "phrase": name,
                "before": (mean(growth.before), window(growth.before)),
                "after": (mean(growth.after), window(growth.after)),
                "means": [stated for stated in edition.survey.published_means() if stated.phrase == name],
                "published": [(point, _up_to(series.points, point.month)) for point in _year_ends(published)],
                "milestones": edition.survey.milestones(name),
                "sources": sorted({point.source for point in published}),
            }
        )
    return {"event": CHATGPT, "phrases": phrases}


def papers_a_month(edition: Edition) -> Content:
    """Recent months and whole years, complete ones told from incomplete ones."""
    months: dict[Month, list[object]] = {}
    years: dict[int, list[object]] = {}
    all_series = edition.series()
    for place, series in enumerate(all_series):
        by_year: dict[int, list[Point]] = defaultdict(list)
        for point in known_points(series):
            months.setdefault(point.month, [None] * len(all_series))[place] = _monthly(point)
            by_year[point.month.year].append(point)
        for year, points in by_year.items():
            years.setdefault(year, [None] * len(all_series))[place] = _yearly(points)
    return {
        "phrases": [series.question.phrase.text for series in all_series],
        "months": sorted(months.items(), reverse=True)[:RECENT_MONTHS],
        "years": [(str(year), cells) for year, cells in sorted(years.items(), reverse=True)],
        "recent": RECENT_MONTHS,
    }


def categories(edition: Edition) -> Content:
    """Count the matching papers by primary category, the largest first."""
    phrases = []
    for series in edition.series():
        points = known_points(series)
        if not points:
            continue
        window = replace(series.question, since=points[0].month, until=points[-1].month)
        rows = edition.survey.by_category(window)
        phrases.append(
            {
                "phrase": series.question.phrase.text,
                "rows": rows[:SHOWN_CATEGORIES],
                "more": len(rows) - SHOWN_CATEGORIES,
                "rest": sum(count for _, count in rows[SHOWN_CATEGORIES:]),
                "all": _bounded(sum(count for _, count in rows), points),
                "window": f"{points[0].month} to {points[-1].month}",
                "partial": not _is_firm(points),
            }
        )
    return {"phrases": [phrase for phrase in phrases if phrase["rows"]]}


def changes(edition: Edition) -> Content:
    """List what is new, revised and withdrawn since the report before."""
    if edition.previous is None:
        return {"previous": None, "kinds": []}
    kinds: dict[str, list[Change]] = defaultdict(list)
    for change in edition.survey.changes(edition.previous):
        kinds[change.kind].append(replace(change, title=unicode_of(change.title)))
    names = {"new": "New", "title": "Title revised", "abstract": "Abstract revised", "withdrawn": "Withdrawn"}
    found = [(names.get(kind, kind), kinds[kind]) for kind in (*names, *sorted(set(kinds) - set(names))) if kinds[kind]]
    return {
        "previous": edition.previous,
        "kinds": [(name, len(rows), rows[:SHOWN_CHANGES], len(rows) - SHOWN_CHANGES) for name, rows in found],
    }


def coverage(edition: Edition) -> Content:
    """List what was read, how far each phrase's months are known, and what is missing."""
    states = []
    for series in edition.series():
        found = {
            state: spans((point.month for point in series.points if state_of(point) is state), shown=12)
            for state in State
        }
        states.append((series.question.phrase.text, [(state.value, text) for state, text in found.items() if text]))
    return {"readings": edition.survey.readings(), "holes": edition.survey.holes(), "states": states}


def method(edition: Edition) -> Content:
    """How the numbers were made, in words and numbers."""
    return {
        "rule": Rule.STEMMED.value,
        "provenance": edition.survey.provenance(),
        "settling_days": SETTLING_DAYS,
        "event": CHATGPT,
        "tracked": edition.survey.tracked(),
    }


SECTIONS: Mapping[str, tuple[str, Callable[[Edition], Content]]] = {
    "headline": ("Headline numbers", headline),
    "papers_over_time": ("Papers over time (Figure 1)", papers_over_time),
    "papers_a_month": ("Papers a month", papers_a_month),
    "categories": ("Categories", categories),
    "timeline": ("Timeline of models (Figure 2)", timeline),
    "lineage": ("Lineage (Figure 3)", lineage),
    "parameters": ("Parameters, and the newest models", parameters),
    "changes": ("New, revised, withdrawn", changes),
    "coverage": ("Coverage and holes", coverage),
    "method": ("Method", method),
}
"""Name → heading and content, in the order of the report. A new part is a function, a template and a line here."""


def _up_to(points: Sequence[Point], month: Month) -> str | None:
    """Write the papers up to the end of a month; None where the month is not known."""
    until = [point for point in points if point.month <= month]
    known = until and until[-1].month == month and state_of(until[-1]) is not State.UNREAD
    return _bounded(until[-1].cumulative, until) if known else None


def _is_firm(points: Sequence[Point]) -> bool:
    return all(point.complete for point in points)


def _bounded(number: int, points: Sequence[Point]) -> str:
    """Write what was counted in some months; with a month that is not complete it is a lower bound, and says so."""
    return f"{number:,}" if _is_firm(points) else f"at least {number:,}"


def _share(point: Point) -> str | None:
    """Write a share with its denominator, and say where that is partial."""
    if point.share is None or point.total is None:
        return None
    partial = "" if state_of(point) is State.COMPLETE else ", a partial total"
    return f"{point.share:.2%} of {counted(point.total, 'paper')}{partial}"


def _year_over_year(complete: list[Point]) -> str | None:
    """Compare the last twelve months with the twelve before, where all 24 are complete."""
    last = complete[-24:]
    if len(last) < 24 or last[-1].month - last[0].month != 23:  # noqa: PLR2004 - two years of months
        return None
    before, after = sum(point.count for point in last[:12]), sum(point.count for point in last[12:])
    times = f", {after / before:.2f} times the {before:,} of the twelve before" if before else ""
    return f"{after:,} from {last[12].month} to {last[-1].month}{times}"


def _year_ends(points: Sequence[PublishedPoint]) -> list[PublishedPoint]:
    """Keep the last point of each year."""
    return list({point.month.year: point for point in points}.values())


def _monthly(point: Point) -> str:
    state = state_of(point)
    if state is State.UNREAD:
        return "not read"
    text = _bounded(point.count, [point])
    share = (
        "" if point.share is None else f" ({point.share:.2%}{'' if state is State.COMPLETE else ' of a partial total'})"
    )
    return text + share


def _yearly(points: list[Point]) -> str:
    """Sum a year; where months are missing or incomplete the sum is a lower bound and says so."""
    total = sum(point.count for point in points)
    firm = sum(point.complete for point in points)
    whole = len(points) == 12  # noqa: PLR2004 - months of a year
    span = "" if whole else f"{points[0].month} to {points[-1].month}"
    if firm == len(points):
        return f"{total:,} ({span})" if span else f"{total:,}"
    known = f"{firm} of {counted(len(points), 'month')} complete"
    return f"at least {total:,} ({known}, {span})" if span else f"at least {total:,} ({known})"
