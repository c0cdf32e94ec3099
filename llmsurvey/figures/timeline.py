"""The timeline: Figure 2 of the published survey, redrawn from the catalogue. Large models, grouped along time."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar, NamedTuple

from matplotlib.figure import Figure as Drawing

from llmsurvey.errors import BadUsage
from llmsurvey.figures.captions import CAPTIONS
from llmsurvey.figures.cited import cited
from llmsurvey.figures.figure import Figure, Table
from llmsurvey.figures.sheet import Paragraph
from llmsurvey.figures.stretches import in_words, published_stretches, stretch_of, written
from llmsurvey.figures.style import GREY, SMALL
from llmsurvey.figures.timeline_sheet import Cell, Group, drawn
from llmsurvey.figures.weight import by_weight
from llmsurvey.figures.wording import counted, listed, more
from llmsurvey.knowledge.catalogue import Knowledge
from llmsurvey.knowledge.deviations import SMALLEST
from llmsurvey.knowledge.informed import InformedSurvey
from llmsurvey.knowledge.model import Model
from llmsurvey.knowledge.quantity import written as number
from llmsurvey.knowledge.span import Span
from llmsurvey.month import Month

SHOWN, SHOWN_OF_MORE = 200, 100
"""Up to so many models are all drawn; of more, those that matter most, as many as a page holds."""
_OF_EACH, _LARGE = 4, 1 / 50
"""So many are drawn of each stretch that has this share of the models; so none that matters is empty."""
_NAMED = 8


class Entry(NamedTuple):
    """One model of the timeline."""

    bucket: str
    """Its stretch of time: `2019`, `2021-01/04`."""
    model: str
    organisation: str
    parameters: int | None
    active_parameters: int | None
    """Parameters used for each token, where fewer than all."""
    released: str | None
    """The date that decides on the bucket: of the paper, or else of the first event."""
    publicly_available: str
    """`yes` where the weights can be downloaded, else `no`."""
    drawn: str
    """`no` where the picture has no room for it."""
    zh: str | None
    sources: str


@dataclass(frozen=True)
class Timeline(Figure[Entry]):
    """Models above a size, in stretches of time that grow upwards."""

    name: ClassVar[str] = "timeline"
    caption: ClassVar[str] = CAPTIONS[name]

    min_params: float | None = None
    """Models with more parameters than this; None: 10 billion, as in the published figure."""
    since: Month | None = None
    until: Month | None = None
    open: bool = False
    """Only models whose weights can be downloaded."""
    published: bool = False
    """The models and stretches of the published figure, which breaks its own rule in places."""

    def __post_init__(self) -> None:
        if self.published and self.min_params is not None:
            raise BadUsage(
                "the published figure has its own models, whatever their size",
                hint="leave out --published or --min-params",
            )
        if self.since and self.until and self.until < self.since:
            raise BadUsage(f"{self.since} lies after {self.until}", hint="give the earlier month as --since")

    @property
    def file_name(self) -> str:
        """Name of the files, without ending."""
        return "_".join([self.name, *(["published"] if self.published else []), *(["open"] if self.open else [])])

    @property
    def rule_in_words(self) -> str:
        """Which models are shown."""
        which = "as published" if self.published else f"of more than {number(self._smallest)} parameters"
        return f"{'' if self.published else 'language '}models {which}{', open weights only' if self.open else ''}"

    @property
    def _smallest(self) -> float:
        return SMALLEST if self.min_params is None else self.min_params

    def table(self, survey: InformedSurvey) -> Table[Entry]:
        """Ask the catalogue for the models that are known on the survey's date."""
        knowledge = survey.knowledge
        stretches = published_stretches(knowledge.models)
        dated = [(stretch, model) for model in knowledge.models if (stretch := self._stretch(model, stretches, survey))]
        placed = [(stretch, model) for stretch, model in dated if self.published or model.is_language_model]
        others = sum(self._belongs(model) for _, model in dated) - sum(self._belongs(model) for _, model in placed)
        members = [(stretch, model) for stretch, model in placed if self._belongs(model)]
        kept = _kept(members, by_weight(knowledge, [model for _, model in members]))
        rows = [self._entry(stretch, model, knowledge, drawn=model.name in kept) for stretch, model in members]
        rows.sort(key=lambda row: (Span.parse(row.bucket), row.released or "", row.model))
        sources = (source for _, model in members for source in model.all_sources)
        notes = self._notes(len(rows), len(kept), by_weight(knowledge, [model for _, model in placed]))
        if others:
            notes.append(f"Left out: {counted(others, 'model')} of images, proteins and the like, without language.")
        return Table(Entry._fields, tuple(rows), cited(survey, sources, self.rule_in_words), tuple(notes))

    def _stretch(self, model: Model, stretches: Sequence[Span], survey: InformedSurvey) -> Span | None:
        """Return the stretch of a model; None where it is not known, not yet known, or outside the time asked for."""
        if self.published:
            bucket = model.published.bucket if model.published else None
            stretch = Span.parse(bucket) if bucket else None
            return stretch if stretch and stretch.last <= survey.as_of and self._asked(stretch) else None
        if model.timeline_date is None or not model.known_on(survey.as_of):
            return None
        span = Span.parse(model.timeline_date)
        if span.last > survey.as_of or not self._asked(span):
            return None
        return stretch_of(span.last, stretches)

    def _asked(self, span: Span) -> bool:
        """Tell whether a model of these days lies within the months asked for."""
        too_early = self.since is not None and span.last < self.since.first_day
        return not too_early and not (self.until is not None and span.first > self.until.last_day)

    def _belongs(self, model: Model) -> bool:
        if self.open and not self._available(model):
            return False
        return self.published or (model.parameters is not None and model.parameters > self._smallest)

    def _available(self, model: Model) -> bool:
        return bool(model.published and model.published.checkpoint) if self.published else model.open_weights

    def _entry(self, stretch: Span, model: Model, knowledge: Knowledge, *, drawn: bool) -> Entry:
        label = model.published.label if self.published and model.published else None
        return Entry(
            bucket=written(stretch),
            model=label or model.name,
            organisation=model.organisation,
            parameters=model.parameters,
            active_parameters=model.active_parameters,
            released=model.timeline_date,
            publicly_available="yes" if self._available(model) else "no",
            drawn="yes" if drawn else "no",
            zh=model.zh,
            sources="; ".join(knowledge.citation(source) for source in model.all_sources),
        )

    def _notes(self, members: int, shown: int, placed: Iterable[Model]) -> list[str]:
        notes = []
        if shown < members:
            notes.append(
                f"{shown} of {members:,} models are drawn: those of the published survey, those with most kin, the "
                f"largest, and some of each stretch; {more(members - shown)} in the CSV, and a number on the "
                "arrow tells how many of its stretch are left out."
            )
        sizeless = [model.name for model in placed if model.parameters is None and self._available(model) >= self.open]
        if sizeless and not self.published:
            notes.append(f"Not shown, as no citable source tells their size: {listed(sizeless, _NAMED)}.")
        return notes

    def title(self, table: Table[Entry]) -> str:
        """Return the heading."""
        if not table.rows:
            return "No model of this kind is known"
        size = "as published" if self.published else f"above {number(self._smallest)} parameters"
        return f"Timeline of {'open ' if self.open else ''}language models {size}"

    def draw(self, table: Table[Entry]) -> Drawing:
        """Stack the models of each stretch upon the axis of time."""
        below = [Paragraph(note, SMALL) for note in table.notes]
        below.append(Paragraph(self.provenance_line(table), SMALL, GREY))
        return drawn(self.title(table), _groups(table.rows), below)

    def alt_text(self, table: Table[Entry]) -> str:
        """Name the models of each stretch."""
        sentences = [f"{self.title(table)}: {counted(len(table.rows), 'model')}."]
        for bucket in dict.fromkeys(row.bucket for row in table.rows):
            rows = [row for row in table.rows if row.bucket == bucket and row.drawn == "yes"]
            names = (f"{row.model}{' (open)' if row.publicly_available == 'yes' else ''}" for row in rows)
            sentences += [f"{in_words(Span.parse(bucket))}: {', '.join(names)}."] if rows else []
        return " ".join([*sentences, *table.notes])


def _kept(members: Sequence[tuple[Span, Model]], ranked: Sequence[Model]) -> set[str]:
    """Return the names of the models that are drawn: of too many the first in rank, and some of each large stretch."""
    if len(ranked) <= SHOWN:
        return {model.name for model in ranked}
    homes = {model.name: stretch for stretch, model in members}
    sizes = Counter(homes.values())
    found: dict[Span, list[Model]] = {}
    for model in ranked:
        found.setdefault(homes[model.name], []).append(model)
    of_each = (few[:_OF_EACH] for stretch, few in found.items() if sizes[stretch] >= len(ranked) * _LARGE)
    names = [model.name for model in (*chain.from_iterable(of_each), *ranked)]
    return set(list(dict.fromkeys(names))[:SHOWN_OF_MORE])


def _groups(rows: Iterable[Entry]) -> list[Group]:
    """Gather the rows of each stretch that has something drawn; what is not drawn is counted."""
    groups: dict[str, list[Entry]] = {}
    for row in rows:
        groups.setdefault(row.bucket, []).append(row)
    return [
        Group(
            in_words(Span.parse(bucket)),
            tuple(
                Cell(
                    row.model,
                    row.organisation,
                    number(float(f"{row.parameters:.3g}")) if row.parameters else "",
                    is_open=row.publicly_available == "yes",
                )
                for row in found
                if row.drawn == "yes"
            ),
            sum(row.drawn == "no" for row in found),
        )
        for bucket, found in groups.items()
        if any(row.drawn == "yes" for row in found)
    ]
