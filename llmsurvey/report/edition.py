"""The edition: one report in the making, and what all its parts ask of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from llmsurvey.figures.catalogue import FIGURES
from llmsurvey.figures.coverage import known_points, shown_series
from llmsurvey.figures.wording import provenance_line
from llmsurvey.knowledge.informed import InformedSurvey
from llmsurvey.phrase import Rule
from llmsurvey.report.markdown import Markdown, plain
from llmsurvey.survey import Question, Series

Content = Mapping[str, object]
"""What a template is filled with."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One report in the making."""

    survey: InformedSurvey
    previous: date | None
    """Date of the report before this one; None where this is the first."""
    alt_texts: Mapping[str, str]
    """Words for each figure of the catalogue."""

    def series(self) -> tuple[Series, ...]:
        """Return the series of every tracked phrase."""
        return tuple(shown_series(self.survey, Question(tracked.phrase)) for tracked in self.survey.tracked())

    @property
    def made(self) -> str:
        """Say how every number of this edition was made: rule, sources, date, version."""
        return provenance_line(self.survey.provenance(), Rule.STEMMED.value)

    @property
    def empty(self) -> bool:
        """Whether nothing is counted."""
        return not any(known_points(series) for series in self.series())


def figure_block(edition: Edition, name: str) -> Markdown:
    """Return a figure of the catalogue as Markdown: picture with alt text, caption, links to its other forms."""
    words = plain(edition.alt_texts[name])
    caption = plain(FIGURES[name].caption)
    forms = ", ".join(f"[{ending}](figures/{name}.{ending})" for ending in ("svg", "png", "pdf", "csv"))
    return Markdown(f"![{words}](figures/{name}.png)\n\n*{caption}* Also as {forms}.")
