"""The picture of a trend: a panel for each phrase and rule that was asked for."""

from pathlib import Path

from llmsurvey.errors import BadUsage
from llmsurvey.figures.figure import PICTURES
from llmsurvey.figures.files import write_whole
from llmsurvey.figures.papers_a_month import PapersAMonth, table_of
from llmsurvey.figures.style import styled
from llmsurvey.survey import Series
from llmsurvey.trends.trend import Trend


def draw_trend(answer: Trend, file: Path) -> None:
    """Draw the answer to `trend` into one .svg, .png or .pdf file."""
    ending = file.suffix.lower().removeprefix(".")
    if ending not in PICTURES:
        raise BadUsage(f"{file} is not the name of a picture", hint=f"end it in .{', .'.join(PICTURES)}")
    figure = PapersAMonth(rule=answer.rules[0])
    table = table_of({_name(each, answer): each for each in answer.series}, answer.provenance)
    with styled():
        picture = figure.printed(figure.draw(table), table, ending)
    write_whole(file.parent, {file.name: picture})


def _name(series: Series, answer: Trend) -> str:
    phrase = series.question.phrase.text
    return f"{phrase}, {series.question.rule} rule" if len(answer.rules) > 1 else phrase
