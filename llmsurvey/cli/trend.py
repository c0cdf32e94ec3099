"""`llmsurvey trend`: how many papers of each month match a phrase."""

from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from llmsurvey.cli.call import Json, log
from llmsurvey.cli.output import print_csv, print_json, print_table
from llmsurvey.cli.store import survey_of
from llmsurvey.errors import BadUsage
from llmsurvey.month import Month, parse_day
from llmsurvey.phrase import Phrase, Rule
from llmsurvey.survey import Coverage, Point, Question, Series
from llmsurvey.trends.trend import Trend, trend

_COLUMNS = ("phrase", "rule", "month", "count", "cumulative", "total", "share", "complete", "arxiv")
_SHARES = {"total", "share"}


class Rules(StrEnum):
    """What `--rule` takes."""

    STEMMED = "stemmed"
    EXACT = "exact"
    BOTH = "both"


def show(
    context: typer.Context,
    phrases: Annotated[list[str], typer.Argument(metavar="PHRASE", help="Phrases, each in quotes.")],
    *,
    rule: Annotated[
        Rules, typer.Option(metavar="stemmed|exact|both", help="How a phrase is compared with a text.")
    ] = Rules.STEMMED,
    since: Annotated[
        str | None, typer.Option(metavar="YYYY-MM", help="First month; the cumulative count starts there.")
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="YYYY-MM", help="Last month.")] = None,
    category: Annotated[
        str | None, typer.Option(metavar="CAT", help="Stay within one primary category, such as cs.CL.")
    ] = None,
    without_withdrawn: Annotated[bool, typer.Option("--without-withdrawn", help="Leave out withdrawn papers.")] = False,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="Count as it would have been on this day.")] = None,
    share: Annotated[bool, typer.Option("--share", help="Show the share of all papers of the month.")] = False,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    plot: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw it: a .svg, .png or .pdf file.")] = None,
) -> None:
    """Count the papers of each month whose title or abstract matches a phrase, with how the count was made."""
    survey = survey_of(context, parse_day(as_of) if as_of else None)
    _check_category(category, survey.categories())
    asked = Question(
        phrase=Phrase(phrases[0]),
        since=Month.parse(since) if since else None,
        until=Month.parse(until) if until else None,
        category=category,
        with_withdrawn=not without_withdrawn,
    )
    rules = tuple(Rule) if rule is Rules.BOTH else (Rule(rule.value),)
    answer = trend(survey, [Phrase(phrase) for phrase in phrases], rules, asked)
    for each in answer.series:
        if each.within:
            log.warning('"%s" is counted within %s', each.question.phrase, each.within)
    if plot:
        from llmsurvey.figures.trend import draw_trend  # noqa: PLC0415 - matplotlib is needed for a picture only

        draw_trend(answer, plot)
    if json:
        print_json(as_record(answer))
    elif csv:
        print_csv(_COLUMNS, _rows(answer))
    elif not plot:
        left_out = (set() if share else _SHARES) | (set() if any(answer.arxivs) else {"arxiv"})
        columns = [name for name in _COLUMNS if name not in left_out]
        kept = [_COLUMNS.index(name) for name in columns]
        print_table(columns, [[row[at] for at in kept] for row in _rows(answer)])
        log.info("%s", _made_by(answer))


def as_record(answer: Trend) -> dict[str, object]:
    """Return the JSON that other programs rely on; keys may be added, none renamed."""
    return {
        "rule": answer.rule,
        "as_of": answer.as_of,
        "series": [_series_record(each, arxivs) for each, arxivs in _beside(answer)],
        "sources": answer.provenance.sources,
        "version": answer.provenance.version,
    }


def _beside(answer: Trend) -> list[tuple[Series, list[Point]]]:
    """Return each series with the months that arXiv itself counted."""
    return [
        (each, [point for point in arxivs.points if point.coverage is not Coverage.NONE] if arxivs else [])
        for each, arxivs in zip(answer.series, answer.arxivs, strict=True)
    ]


def _series_record(series: Series, arxivs: list[Point]) -> dict[str, object]:
    points = [
        {
            "month": point.month,
            "count": point.count,
            "cumulative": point.cumulative,
            "total": point.total,
            "share": point.share,
            "complete": point.complete,
            "coverage": point.coverage,
        }
        for point in series.points
    ]
    question = series.question
    record: dict[str, object] = {"phrase": question.phrase, "rule": question.rule, "category": question.category}
    said = [{"month": point.month, "count": point.count, "complete": point.complete} for point in arxivs]
    return {**record, "within": series.within, "points": points, "arxiv": said}


def _rows(answer: Trend) -> list[tuple[object, ...]]:
    return [row for each, arxivs in _beside(answer) for row in _rows_of(each, arxivs)]


def _rows_of(series: Series, arxivs: list[Point]) -> list[tuple[object, ...]]:
    """Return a row a month, those that arXiv alone has counted among them."""
    name = (series.question.phrase.text, series.question.rule.value)
    own, said = ({point.month: point for point in points} for points in (series.points, arxivs))
    rows: list[tuple[object, ...]] = []
    for month in sorted({*own, *said}):
        point = own.get(month)
        counted = (
            (point.count, point.cumulative, point.total, point.share, point.complete)
            if point
            else (None, None, None, None, False)
        )
        rows.append((*name, str(month), *counted, said[month].count if month in said else None))
    return rows


def _made_by(answer: Trend) -> str:
    if not answer.provenance.sources:
        return "nothing has been read yet: llmsurvey import FILE brings papers"
    incomplete = sum(not point.complete for each in answer.series for point in each.points)
    caution = (
        f"; {incomplete} of these months are not complete, so that their counts are not arXiv's" if incomplete else ""
    )
    return f"rule {answer.rule}, as of {answer.as_of}, from {'; '.join(answer.provenance.sources)}{caution}"


def _check_category(category: str | None, known: tuple[str, ...]) -> None:
    if category is None or not known or category in known:
        return
    alike = {each.lower(): each for each in known}
    near = [alike[each] for each in get_close_matches(category.lower(), alike, n=3)]
    raise BadUsage(
        f"no paper in the store has the primary category {category!r}",
        hint=f"did you mean {', '.join(near)}?" if near else "categories look like cs.CL or hep-th",
    )
