"""Parameters over time: the sizes of the catalogue's models, open and closed told apart, the notable ones named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any, ClassVar, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.lines import Line2D

from llmsurvey.figures.axes import position, size_axis, time_axis
from llmsurvey.figures.captions import CAPTIONS
from llmsurvey.figures.cited import cited
from llmsurvey.figures.figure import Figure, Table
from llmsurvey.figures.points import CROWD, name_points
from llmsurvey.figures.sheet import Paragraph, Sheet
from llmsurvey.figures.style import BLACK, BLUE, GREY, NOT_OPEN, OPEN, PAGE_WIDTH, SMALL, YELLOW
from llmsurvey.figures.weight import by_weight
from llmsurvey.figures.wording import counted, listed
from llmsurvey.knowledge.informed import InformedSurvey
from llmsurvey.knowledge.model import Model
from llmsurvey.knowledge.quantity import written
from llmsurvey.knowledge.span import Span
from llmsurvey.month import Month

NAMED = 36
"""Models that are named on the picture, as far as there is room."""
_SHOWN = 8
_RECENT, _RECORDS = 3, 14
"""Of the newest models so many are named, and of those that were the largest of their time."""


class Entry(NamedTuple):
    """One model with a size and a date."""

    model: str
    organisation: str
    released: str
    parameters: int
    active_parameters: int | None
    publicly_available: str
    """`yes` where the weights can be downloaded, else `no`."""
    notable: str
    """`yes` where the picture names it."""
    drawn: str
    """`no` where it is older than all that the picture shows."""
    sources: str


@dataclass(frozen=True)
class Parameters(Figure[Entry]):
    """Every model whose size and date are known, on a logarithmic scale."""

    name: ClassVar[str] = "parameters"
    caption: ClassVar[str] = CAPTIONS[name]

    @property
    def rule_in_words(self) -> str:
        """Which models are shown."""
        return "language models with a known size, by the date of the first event"

    def table(self, survey: InformedSurvey) -> Table[Entry]:
        """Ask the catalogue for the models with size and date that are known on the survey's date."""
        knowledge = survey.knowledge
        known = [model for model in knowledge.models if model.is_language_model and model.known_on(survey.as_of)]
        sized = [model for model in known if model.parameters]
        first = min((_middle(model).replace(month=1, day=1) for model in sized if model.published), default=date.min)
        shown = [model for model in sized if _middle(model) >= first]
        notable = _notable(shown, by_weight(knowledge, shown))
        rows = tuple(
            Entry(
                model.name,
                model.organisation,
                model.released or "",
                model.parameters or 0,
                model.active_parameters,
                "yes" if model.open_weights else "no",
                "yes" if model.name in notable else "no",
                "yes" if _middle(model) >= first else "no",
                "; ".join(knowledge.citation(source) for source in model.all_sources),
            )
            for model in sized
        )
        sizeless = [model.name for model in by_weight(knowledge, known) if not model.parameters]
        notes = [f"Not shown, as no citable source tells their size: {listed(sizeless, _SHOWN)}."] if sizeless else []
        if len(shown) > len(notable):
            notes.append(
                f"{len(shown) - len(notable):,} of {counted(len(shown), 'model')} are not named; the CSV has all."
            )
        if len(rows) > len(shown):
            notes.append(
                f"Only in the CSV: {counted(len(rows) - len(shown), 'model')} from before {first.year}, older than any "
                "of the survey's."
            )
        sources = (source for model in sized for source in (model.source_of("parameters"), model.events[0].source))
        return Table(Entry._fields, rows, cited(survey, sources, self.rule_in_words), tuple(notes))

    def title(self, table: Table[Entry]) -> str:
        """Return the heading."""
        return "Parameters of language models over time" if table.rows else "No model with size and date is known"

    def draw(self, table: Table[Entry]) -> Drawing:
        """Draw a point a model, open ones as yellow circles, others as blue squares."""
        drawing, homeless = self._drawn(table, table.notes)
        if homeless:
            lost = f"No room for the names of {listed(homeless, _SHOWN)}; they are in the CSV."
            drawing, _ = self._drawn(table, (*table.notes, lost))
        return drawing

    def _drawn(self, table: Table[Entry], notes: Sequence[str]) -> tuple[Drawing, list[str]]:
        """Return the drawing and the names that found no place in it."""
        below = [Paragraph(note, SMALL) for note in notes]
        below.append(Paragraph(self.provenance_line(table), SMALL, GREY))
        rows = [row for row in table.rows if row.drawn == "yes"]
        panels = [""] if rows else []
        sheet = Sheet(self.title(table), panels, 1, 4.6, below, key_rows=1 if panels else 0)
        drawing, places = sheet.laid_out()
        for axes in places:
            days = [_day(row) for row in rows]
            time_axis(axes, Month.of(min(days)), Month.of(max(days)))
            size_axis(axes, "y", [row.parameters for row in rows], "parameters (log scale)")
            _key(drawing, sheet.key_top)
            return drawing, self._points(drawing, axes, rows)
        return drawing, []

    def _points(self, drawing: Drawing, axes: Axes, rows: Sequence[Entry]) -> list[str]:
        points = [(_place(_day(row)), float(row.parameters)) for row in rows]
        wanted = [i for i, row in enumerate(rows) if row.notable == "yes"]
        others = [point for i, point in enumerate(points) if i not in set(wanted)]
        for is_open, notable in product(("no", "yes"), repeat=2):
            chosen = [
                point
                for point, row in zip(points, rows, strict=True)
                if (row.publicly_available, row.notable) == (is_open, notable)
            ]
            look = _looks(is_open) | (_FAINT if len(others) > CROWD and notable == "no" else {})
            axes.plot(*zip(*chosen, strict=True), **look) if chosen else None
        return name_points(drawing, axes, [(rows[i].model, points[i]) for i in wanted], others, covering=True)

    def alt_text(self, table: Table[Entry]) -> str:
        """Name the smallest, the largest and the newest models."""
        if not table.rows:
            return f"{self.title(table)}."
        opened = sum(row.publicly_available == "yes" for row in table.rows)
        most = max(table.rows, key=lambda row: row.parameters)
        first, last = table.rows[0], table.rows[-1]
        sentences = [
            f"{self.title(table)}: {counted(len(table.rows), 'model')} from {first.released} to {last.released}.",
            f"The weights of {opened} can be downloaded.",
            f"The first is {_sized(first)}, the largest {_sized(most)}, the newest {_sized(last)}.",
        ]
        return " ".join([*sentences, *table.notes])


def _sized(row: Entry) -> str:
    return f"{row.model} with {written(row.parameters)} ({row.released})"


def _looks(is_open: str) -> dict[str, Any]:
    """Return how the points of open models, and of others, look."""
    opened = is_open == "yes"
    return {
        "linestyle": "",
        "marker": "o" if opened else "s",
        "markersize": 6.0 if opened else 5.0,
        "markerfacecolor": YELLOW if opened else BLUE,
        "markeredgecolor": BLACK if opened else BLUE,
        "markeredgewidth": 0.9,
        "zorder": 4,
        "clip_on": False,
    }


_FAINT: dict[str, Any] = {"markersize": 3.2, "markeredgewidth": 0.4, "zorder": 3}
"""How the many without a name look."""


def _key(drawing: Drawing, top: float) -> None:
    samples = [Line2D([], [], **_looks("yes")), Line2D([], [], **_looks("no"))]
    corner = (0.15 / PAGE_WIDTH, 1 - top / drawing.get_figheight())
    drawing.legend(
        samples, [OPEN, NOT_OPEN], loc="upper left", ncols=2,
        frameon=False, bbox_to_anchor=corner, borderaxespad=0, borderpad=0,
    )  # fmt: skip


def _middle(model: Model) -> date:
    return _between(model.released or "")


def _day(row: Entry) -> date:
    return _between(row.released)


def _between(released: str) -> date:
    """Return the day in the middle of what is known of a date."""
    span = Span.parse(released)
    return span.first + (span.last - span.first) / 2


def _place(day: date) -> float:
    """Return where a day stands on the time axis, whose units are months."""
    month = Month.of(day)
    return position(month) + (day - month.first_day).days / ((month.last_day - month.first_day).days + 1)


def _notable(models: Sequence[Model], ranked: Sequence[Model]) -> set[str]:
    """Return the models to name: the newest, those that were the largest of their time, open or not, the weightiest.

    `models` are in the order of their dates, `ranked` in that of their weight.
    """
    records = set()
    largest = {True: 0, False: 0}
    for model in models:
        if (model.parameters or 0) > largest[model.open_weights]:
            largest[model.open_weights] = model.parameters or 0
            records.add(model.name)
    newest = [model.name for model in models[-_RECENT:]]
    names = [model.name for model in ranked]
    first = [*newest, *[name for name in names if name in records][:_RECORDS], *names]
    return set(list(dict.fromkeys(first))[:NAMED])
