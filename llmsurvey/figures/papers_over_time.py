"""Papers over time: Figure 1 of the published survey, redrawn from the store. Cumulative papers, with milestones."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, NamedTuple

from matplotlib.figure import Figure as Drawing

from llmsurvey.figures.captions import CAPTIONS
from llmsurvey.figures.coverage import State, coverage_notes, known_points, shown_series, state_of
from llmsurvey.figures.figure import Table
from llmsurvey.figures.panel import LOOKS, Panel, draw_key, draw_panel, key_rows
from llmsurvey.figures.paper_figure import PaperFigure
from llmsurvey.figures.sheet import Paragraph, Sheet, letter
from llmsurvey.figures.style import GREY, SMALL
from llmsurvey.figures.wording import listed, window
from llmsurvey.month import Month
from llmsurvey.survey import Milestone, Point, PublishedPoint, Question, Survey, TrackedPhrase
from llmsurvey.trends.growth import CHATGPT, DailyMean, Event, PapersADay

_SHOWN_LABELS = 6


class Entry(NamedTuple):
    """One row of the table. `kind` says what it is; what a kind does not have is None."""

    phrase: str
    kind: str
    """`counted`, `published`, `milestone`, `mean` or `published mean`."""
    label: str | None
    """The model of a milestone; `before` or `after` of a mean."""
    month: str | None
    papers: int | None
    """Papers of the month, or of the window of a mean."""
    cumulative: float | None
    """Papers up to the end of the month; of a milestone its height on the curve, None where no curve reaches it."""
    state: str | None
    """How far a counted month is known."""
    first_day: str | None
    last_day: str | None
    days: int | None
    """Days that a mean rests on."""
    papers_a_day: float | None
    window: str | None
    """The window of a mean in words, with the months that are left out of it."""
    source: str | None


_EMPTY = Entry("", "", *(None,) * 11)


@dataclass(frozen=True)
class PapersOverTime(PaperFigure[Entry]):
    """Figure 1 of arXiv:2303.18223: (a) and (b) are the first two phrases that are tracked."""

    name: ClassVar[str] = "papers_over_time"
    caption: ClassVar[str] = CAPTIONS[name]
    event: Event = CHATGPT

    def table(self, survey: Survey) -> Table[Entry]:
        """Ask for the series, milestones, published curve and means of every phrase that is tracked."""
        rows: list[Entry] = []
        notes: list[str] = []
        months: list[tuple[str, State, Month]] = []
        for tracked in survey.tracked():
            series = shown_series(survey, Question(tracked.phrase, self.rule))
            points = known_points(series)
            months += [(tracked.phrase.text, state_of(point), point.month) for point in points]
            rows += self._rows(survey, tracked, points)
            rows += self._means(survey, tracked)
            if series.within and points:
                notes.append(f"“{tracked.phrase.text}” is counted within {series.within}.")
        sources = dict.fromkeys(row.source for row in rows if row.kind == "published" and row.source)
        notes = [*coverage_notes(months, LOOKS), *notes, *(f"Published curve: {source}." for source in sources)]
        return Table(Entry._fields, tuple(rows), survey.provenance(), tuple(notes))

    def _rows(self, survey: Survey, tracked: TrackedPhrase, points: tuple[Point, ...]) -> Iterator[Entry]:
        phrase = tracked.phrase.text
        today = Month.of(survey.as_of)
        published = [point for point in survey.published(phrase) if point.month.last_day <= survey.as_of]
        for point in points:
            yield _EMPTY._replace(
                phrase=phrase, kind="counted", month=str(point.month), papers=point.count,
                cumulative=point.cumulative, state=state_of(point).value,
            )  # fmt: skip
        for drawn in published:
            yield _EMPTY._replace(
                phrase=phrase,
                kind="published",
                month=str(drawn.month),
                cumulative=drawn.cumulative,
                source=drawn.source,
            )
        for milestone in survey.milestones(phrase):
            if milestone.month <= today:
                yield _EMPTY._replace(
                    phrase=phrase, kind="milestone", label=milestone.model, month=str(milestone.month),
                    cumulative=_height(milestone, points, published, tracked.since), source=milestone.source,
                )  # fmt: skip

    def _means(self, survey: Survey, tracked: TrackedPhrase) -> Iterator[Entry]:
        """Yield the means before and after the event of a phrase whose curve the event marks, once it is past."""
        phrase = tracked.phrase.text
        published = [stated for stated in survey.published_means() if stated.phrase == phrase]
        marked = any(_same(milestone.model, self.event.name) for milestone in survey.milestones(phrase))
        if survey.as_of < self.event.day or not (marked or published):
            return
        growth = PapersADay(self.event)(shown_series(survey, Question(tracked.phrase, self.rule)))
        for label, side in (("before", growth.before), ("after", growth.after)):
            if side:
                yield _mean_entry(phrase, label, side)
        for stated in published:
            yield _EMPTY._replace(
                phrase=phrase, kind="published mean", label=stated.label, papers_a_day=stated.papers_a_day,
                source=stated.source,
            )  # fmt: skip

    def title(self, table: Table[Entry]) -> str:
        """Return the heading; without a counted paper it names the published curve alone."""
        kinds = {row.kind for row in table.rows}
        if "counted" in kinds:
            return "arXiv papers with the phrase in title or abstract, cumulative"
        if "published" in kinds:
            return "Cumulative arXiv papers as published in 2023; no papers counted here yet"
        return "No papers counted yet"

    def draw(self, table: Table[Entry]) -> Drawing:
        """Draw a panel for each phrase, the means below them, and what the reader must know."""
        drawing, homeless = self._drawn(table, table.notes)
        if homeless:
            lost = f"No room for the labels of {listed(homeless, _SHOWN_LABELS)}; they are in the CSV."
            drawing, _ = self._drawn(table, (*table.notes, lost))
        return drawing

    def _drawn(self, table: Table[Entry], notes: tuple[str, ...]) -> tuple[Drawing, list[str]]:
        """Return the drawing and the labels that found no place in it."""
        panels = [self._panel(table, phrase) for phrase in _phrases(table)]
        sheet = Sheet(
            title=self.title(table),
            panels=[f"({letter(i)}) {panel.phrase}" for i, panel in enumerate(panels)],
            columns=2,
            panel_height=3.1,
            below=[
                *self._mean_lines(table),
                *(Paragraph(note, SMALL) for note in notes),
                Paragraph(self.provenance_line(table), SMALL, GREY),
            ],
            key_rows=key_rows(panels),
        )
        drawing, axes = sheet.laid_out()
        draw_key(drawing, panels, sheet.key_top)
        homeless: list[str] = []
        for i, (panel, place) in enumerate(zip(panels, axes, strict=True)):
            homeless += draw_panel(drawing, place, panel, letter(i))
        return drawing, homeless

    def _panel(self, table: Table[Entry], phrase: str) -> Panel:
        def of(kind: str) -> list[Entry]:
            return [row for row in table.rows if (row.phrase, row.kind) == (phrase, kind)]

        return Panel(
            phrase=phrase,
            event=self.event.name,
            counted=tuple(
                (Month.parse(row.month or ""), row.cumulative or 0, State(row.state or "")) for row in of("counted")
            ),
            published=tuple((Month.parse(row.month or ""), row.cumulative or 0) for row in of("published")),
            marks=tuple(
                (row.label or "", Month.parse(row.month or ""), row.cumulative)
                for row in of("milestone")
                if row.cumulative is not None
            ),
            log=self.log,
        )

    def _mean_lines(self, table: Table[Entry]) -> list[Paragraph]:
        """Write the means, a line a phrase, beside the published ones."""
        lines = [text for phrase in _phrases(table) if (text := _mean_line(table, phrase))]
        head = f"Mean papers a day before and after {self.event.name} ({self.event.day})"
        return [Paragraph(head, bold=True), *(Paragraph(line) for line in lines)] if lines else []

    def alt_text(self, table: Table[Entry]) -> str:
        """Name each panel with first and last value, milestones, published curve and means."""
        sentences = [f"{self.title(table)}."]
        for i, phrase in enumerate(_phrases(table)):
            panel = self._panel(table, phrase)
            parts = []
            if panel.counted:
                (first, start, _), (last, end, _) = panel.counted[0], panel.counted[-1]
                parts.append(f"from {start:,.0f} in {first} to {end:,.0f} in {last}")
            if panel.published:
                (first, start), (last, end) = panel.published[0], panel.published[-1]
                parts.append(f"published curve from {start:,.0f} in {first} to {end:,.0f} in {last}")
            if panel.marks:
                parts.append("marked: " + ", ".join(f"{model} {month}" for model, month, _ in panel.marks))
            sentences.append(f"Panel {letter(i)}, “{phrase}”: {'; '.join(parts) or 'nothing counted yet'}.")
            sentences += [text] if (text := _mean_line(table, phrase)) else []
        return " ".join([*sentences, *table.notes])


def _phrases(table: Table[Entry]) -> list[str]:
    return list(dict.fromkeys(row.phrase for row in table.rows))


def _same(model: str, event: str) -> bool:
    return model.casefold() == event.casefold()


def _mean_entry(phrase: str, label: str, side: DailyMean) -> Entry:
    return _EMPTY._replace(
        phrase=phrase, kind="mean", label=label, papers=side.papers, first_day=side.first.isoformat(),
        last_day=side.last.isoformat(), days=side.days, papers_a_day=side.papers_a_day, window=window(side),
    )  # fmt: skip


def _mean_line(table: Table[Entry], phrase: str) -> str:
    """Write one phrase's means with their windows, beside the published ones; empty where it has none."""
    rows = [row for row in table.rows if row.phrase == phrase]
    means = [row for row in rows if row.kind == "mean"]
    own = [
        f"{row.label}: {row.window}"
        if row.papers_a_day is None
        else f"{row.papers_a_day:,.2f} {row.label} ({row.window})"
        for row in means
    ]
    if not any(row.days for row in means):
        own = ["no complete month counted yet"]
    published = [f"{row.papers_a_day:.2f} {row.label}" for row in rows if row.kind == "published mean"]
    beside = f" Published: {', '.join(published)}." if published else ""
    return f"“{phrase}”: {'; '.join(own)}.{beside}" if means or published else ""


def _height(
    milestone: Milestone, points: tuple[Point, ...], published: list[PublishedPoint], since: Month
) -> float | None:
    """Return where a milestone stands: on the counted curve, else on the published one, straight over its blanks.

    Both count from the phrase's first month on, so that before it the published curve is known to be 0.
    """
    for point in points:
        if point.month == milestone.month:
            return point.cumulative
    known = [(since + -1, 0), *((point.month, point.cumulative) for point in published)]
    for (left, low), (right, high) in pairwise(known):
        if left <= milestone.month <= right:
            return low + (high - low) * (milestone.month - left) / max(right - left, 1)
    return None
