"""Papers a month: how many new papers have each phrase, month by month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Patch

from llmsurvey.figures.axes import paper_axis, position, time_axis
from llmsurvey.figures.captions import CAPTIONS
from llmsurvey.figures.coverage import State, coverage_notes, known_points, shown_series, state_of
from llmsurvey.figures.figure import Table
from llmsurvey.figures.paper_figure import PaperFigure
from llmsurvey.figures.sheet import Paragraph, Sheet, letter
from llmsurvey.figures.style import BLUE, GREY, PAGE_WIDTH, SKY, SMALL
from llmsurvey.month import Month
from llmsurvey.survey import Provenance, Question, Series, Survey

_BORDER = (0, (3, 1.2))
_HATCH = "////"
_NAMES = {
    State.COMPLETE: "complete month",
    State.PARTLY_KNOWN: "complete month, arXiv partly known",
    State.INCOMPLETE: "incomplete month",
    State.UNREAD: "month not read",
}


class Entry(NamedTuple):
    """One month of one phrase."""

    phrase: str
    month: str
    papers: int
    total: int | None
    """All papers known of the month; None where none is known."""
    share: float | None
    """Papers over total; over a partial total where `state` says so."""
    state: str


@dataclass(frozen=True)
class PapersAMonth(PaperFigure[Entry]):
    """A panel for each tracked phrase, one below the other, over the same months."""

    name: ClassVar[str] = "papers_a_month"
    caption: ClassVar[str] = CAPTIONS[name]

    def table(self, survey: Survey) -> Table[Entry]:
        """Ask for the series of every phrase that is tracked."""
        series = [shown_series(survey, Question(tracked.phrase, self.rule)) for tracked in survey.tracked()]
        return table_of({each.question.phrase.text: each for each in series}, survey.provenance())

    def title(self, table: Table[Entry]) -> str:
        """Return the heading."""
        return "arXiv papers a month with the phrase in title or abstract" if table.rows else "No papers counted yet"

    def draw(self, table: Table[Entry]) -> Drawing:
        """Draw filled bars for what is known and hollow ones for what is not."""
        phrases = list(dict.fromkeys(row.phrase for row in table.rows))
        states = [state for state in State if any(row.state == state for row in table.rows)]
        sheet = Sheet(
            title=self.title(table),
            panels=[f"({letter(i)}) {phrase}" for i, phrase in enumerate(phrases)],
            columns=1,
            panel_height=1.7,
            below=[
                *(Paragraph(note, SMALL) for note in table.notes),
                Paragraph(self.provenance_line(table), SMALL, GREY),
            ],
            key_rows=-(-len(states) // 2),
        )
        drawing, places = sheet.laid_out()
        _key(drawing, states, sheet.key_top)
        months = [Month.parse(row.month) for row in table.rows]
        for phrase, axes in zip(phrases, places, strict=True):
            time_axis(axes, min(months), max(months))
            self._panel(axes, [row for row in table.rows if row.phrase == phrase])
        return drawing

    def _panel(self, axes: Axes, rows: Sequence[Entry]) -> None:
        paper_axis(axes, max(row.papers for row in rows), "papers a month", log=self.log)
        start = position(Month.parse(rows[0].month)) - 0.5
        edges = [start + i for i in range(len(rows) + 1)]
        for state in State:
            heights = [row.papers if row.state == state else float("nan") for row in rows]
            if state is State.UNREAD or not any(row.state == state for row in rows):
                continue
            axes.stairs(heights, edges, **_look(state))

    def alt_text(self, table: Table[Entry]) -> str:
        """Name first, largest and last month of each phrase."""
        sentences = [f"{self.title(table)}."]
        for phrase in dict.fromkeys(row.phrase for row in table.rows):
            rows = [row for row in table.rows if row.phrase == phrase]
            most = max(rows, key=lambda row: row.papers)
            first, last = rows[0], rows[-1]
            sentences.append(
                f"“{phrase}”: {first.papers:,} in {first.month}, at most {most.papers:,} in {most.month}, "
                f"{last.papers:,} in {last.month} ({last.state})."
            )
        return " ".join([*sentences, *table.notes])


def table_of(series: Mapping[str, Series], provenance: Provenance) -> Table[Entry]:
    """Return what the picture of some series shows, each under its name."""
    rows: list[Entry] = []
    notes: list[str] = []
    months: list[tuple[str, State, Month]] = []
    for name, each in series.items():
        points = known_points(each)
        months += [(name, state_of(point), point.month) for point in points]
        rows += [
            Entry(name, str(point.month), point.count, point.total, point.share, state_of(point).value)
            for point in points
        ]
        if each.within and points:
            notes.append(f"“{name}” is counted within {each.within}.")
    return Table(Entry._fields, tuple(rows), provenance, (*coverage_notes(months, _LOOKS), *notes))


_LOOKS = {
    State.PARTLY_KNOWN: "Hatched: all matching papers are read, but arXiv as a whole only partly",
    State.INCOMPLETE: "Hollow and dashed: partial, not everything of these months is read, the count can grow",
    State.UNREAD: "Blank: nothing is read",
}


def _look(state: State) -> dict[str, Any]:
    """Return how the bars of a state are drawn."""
    if state is State.INCOMPLETE:
        return {"fill": False, "edgecolor": BLUE, "linestyle": _BORDER, "linewidth": 1.0}
    if state is State.PARTLY_KNOWN:
        return {"fill": True, "facecolor": SKY, "edgecolor": BLUE, "hatch": _HATCH, "linewidth": 0.6}
    return {"fill": True, "facecolor": BLUE, "edgecolor": BLUE, "linewidth": 0.6}


def _key(drawing: Drawing, states: Sequence[State], top: float) -> None:
    samples = [
        Patch(**(_look(state) if state is not State.UNREAD else {"fill": False, "linewidth": 0})) for state in states
    ]
    if samples:
        drawing.legend(
            samples, [_NAMES[state] for state in states], loc="upper left", ncols=2, frameon=False,
            bbox_to_anchor=(0.15 / PAGE_WIDTH, 1 - top / drawing.get_figheight()), borderaxespad=0, borderpad=0,
        )  # fmt: skip
