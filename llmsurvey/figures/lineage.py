"""The lineage of a family of models: Figure 3 of the published survey, redrawn from the catalogue."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from matplotlib.figure import Figure as Drawing

from llmsurvey.errors import BadUsage
from llmsurvey.figures.captions import CAPTIONS
from llmsurvey.figures.cited import cited
from llmsurvey.figures.figure import Figure, Table
from llmsurvey.figures.lineage_choice import chosen
from llmsurvey.figures.lineage_columns import Node
from llmsurvey.figures.lineage_marks import Line
from llmsurvey.figures.lineage_sheet import drawn
from llmsurvey.figures.sheet import Paragraph
from llmsurvey.figures.style import BLACK, GREY, SMALL
from llmsurvey.figures.wording import counted, listed, more
from llmsurvey.knowledge.catalogue import Knowledge
from llmsurvey.knowledge.edge import Edge
from llmsurvey.knowledge.informed import InformedSurvey
from llmsurvey.knowledge.model import Model
from llmsurvey.knowledge.quantity import written as number
from llmsurvey.lineage.family import Family, family
from llmsurvey.lineage.graph import Lineage

FIGURE_3 = "survey, Figure 3"
"""How the source of an edge begins that the published figure draws."""
_NAMED = 6
_MONTH = len("2020-05")


class Entry(NamedTuple):
    """One model, or one edge, of the picture."""

    kind: str
    """`model` or `edge`."""
    name: str
    """The model; of an edge the earlier one."""
    to: str | None
    """The later model of an edge."""
    date: str | None
    caption: str | None
    organisation: str | None
    parameters: int | None
    publicly_available: str | None
    series: str | None
    """The series a model belongs to, where that is drawn as a box."""
    relation: str | None
    relation_in_words: str | None
    evidence: str | None
    """`explicit` is drawn solid, `weak` dashed."""
    arrow: str | None
    colour: str | None
    label: str | None
    drawn: str
    """`no` where the picture has no room for it."""
    source: str


_EMPTY = Entry("", "", *(None,) * 13, drawn="yes", source="")


@dataclass(frozen=True)
class LineageFigure(Figure[Entry]):
    """A model and all that descends from it, from left to right; solid where explicit, dashed where inferred."""

    name: ClassVar[str] = "lineage"
    caption: ClassVar[str] = CAPTIONS[name]

    root: str | None = None
    """The model whose family is drawn; None: GPT-1, as in the published figure."""
    published: bool = False
    """The edges, dates and captions of the published figure only."""

    def __post_init__(self) -> None:
        if self.published and self.root is not None:
            raise BadUsage("the published figure has one family, that of GPT-1", hint="leave out --published or --root")

    @property
    def file_name(self) -> str:
        """Name of the files, without ending."""
        root = re.sub(r"\W+", "-", (self.root or "").casefold()).strip("-")[:60]
        return "_".join([self.name, *([root] if root else []), *(["published"] if self.published else [])])

    @property
    def rule_in_words(self) -> str:
        """Which models are shown."""
        if self.published:
            return "edges, dates and captions as published"
        return f"all that descends from {self.root or 'the first model'}, and what it serves"

    def table(self, survey: InformedSurvey) -> Table[Entry]:
        """Ask the catalogue for the family as it is known on the survey's date."""
        knowledge = survey.knowledge
        root = knowledge.find(self._root(knowledge)) if knowledge.models else None
        if root is None or (root.released and not root.known_on(survey.as_of)):
            return Table(Entry._fields, (), cited(survey, (), self.rule_in_words))
        kin = family(Lineage(knowledge), root.name, survey.as_of)
        edges = [edge for edge in kin.edges if not self.published or edge.source.startswith(FIGURE_3)]
        ends = {kin.root} | {end for edge in edges for end in (edge.parent, edge.child)}
        models = [model for model in kin.models if not self.published or model.name in ends]
        kept = chosen(kin.root, models, edges)
        order = list(knowledge.relations)
        edges.sort(key=lambda edge: order.index(edge.relation))
        rows = [
            *(self._node(model, knowledge, drawn=model.name in kept) for model in models),
            *(_tie(edge, knowledge, drawn=edge.parent in kept and edge.child in kept) for edge in edges),
        ]
        sources = [*(model.source for model in models), *(edge.source for edge in edges)]
        notes = _notes(kin, len(models), len(kept))
        return Table(Entry._fields, tuple(rows), cited(survey, sources, self.rule_in_words), tuple(notes))

    def _root(self, knowledge: Knowledge) -> str:
        """Return the root; of a catalogue that hides GPT-1 the model with the earliest date."""
        names = [model.name for model in knowledge.models]
        if self.root is not None:
            return self.root
        return _FIRST if _FIRST in names or not names else names[0]

    def _node(self, model: Model, knowledge: Knowledge, *, drawn: bool) -> Entry:
        printed = model.published
        size = f", {number(float(f'{model.parameters:.3g}'))}" if model.parameters else ""
        first, *others = model.organisation.split(", ")
        own = "" if self.published else f"{first}{' et al.' if others else ''}{size}"
        return _EMPTY._replace(
            kind="model",
            name=model.name,
            date=(printed.caption_month if printed else None) if self.published else model.released,
            caption=printed.caption if printed and printed.caption else own,
            organisation=model.organisation,
            parameters=model.parameters,
            publicly_available="yes" if model.open_weights else "no",
            series=model.group,
            drawn="yes" if drawn else "no",
            source=knowledge.citation(model.source),
        )

    def title(self, table: Table[Entry]) -> str:
        """Return the heading; it names the root."""
        models = [row.name for row in table.rows if row.kind == "model"]
        if not models:
            return "Nothing of this family is known on this day"
        return f"Lineage of {models[0]}{', as published' if self.published else ''}"

    def draw(self, table: Table[Entry]) -> Drawing:
        """Lay the family out from left to right and draw it."""
        rows = [row for row in table.rows if row.drawn == "yes"]
        hidden = Counter(row.name for row in table.rows if row.kind == "edge" and row.drawn == "no")
        nodes = [
            Node(
                row.name, (row.date or "")[:_MONTH], row.caption or "", row.series, hidden[row.name],
                is_open=row.publicly_available == "yes",
            )
            for row in rows
            if row.kind == "model"
        ]  # fmt: skip
        lines = [
            Line(
                row.name, row.to or "", self._said(row), row.label or "", self._colour(row),
                dashed=row.evidence == "weak", block=row.arrow == "block",
            )
            for row in rows
            if row.kind == "edge"
        ]  # fmt: skip
        below = [Paragraph(note, SMALL) for note in table.notes]
        return drawn(self.title(table), nodes, lines, [*below, Paragraph(self.provenance_line(table), SMALL, GREY)])

    def _said(self, row: Entry) -> str:
        """Return what is written of a relation: of the published figure only its labels, and what serves."""
        return "" if self.published and row.arrow != "block" else row.relation_in_words or ""

    def _colour(self, row: Entry) -> str:
        """Return the colour of an edge; without a word that tells its relation it is black."""
        return (row.colour or BLACK) if row.label or self._said(row) else BLACK

    def alt_text(self, table: Table[Entry]) -> str:
        """Name the models with their dates, and each edge with its kind and evidence."""
        models = [row for row in table.rows if row.kind == "model" and row.drawn == "yes"]
        edges = [row for row in table.rows if row.kind == "edge" and row.drawn == "yes"]
        ties = (f"{row.name} to {row.to} ({row.label or row.relation_in_words}, {row.evidence})" for row in edges)
        sentences = [
            f"{self.title(table)}: {counted(len(models), 'model')}.",
            f"{', '.join(f'{row.name} {row.date}' for row in models)}." if models else "",
            f"Edges: {', '.join(ties)}." if edges else "",
        ]
        return " ".join(sentence for sentence in [*sentences, *table.notes] if sentence)


_FIRST = "GPT-1"


def _tie(edge: Edge, knowledge: Knowledge, *, drawn: bool) -> Entry:
    relation = knowledge.relations[edge.relation]
    return _EMPTY._replace(
        kind="edge",
        name=edge.parent,
        to=edge.child,
        date=edge.date,
        relation=relation.name,
        relation_in_words=relation.en,
        evidence=edge.evidence.value,
        arrow=relation.arrow.value,
        colour=relation.colour,
        label=edge.label or None,
        drawn="yes" if drawn else "no",
        source=knowledge.citation(edge.source),
    )


def _notes(kin: Family, members: int, shown: int) -> list[str]:
    notes = []
    if shown < members:
        notes.append(
            f"{shown} of {members:,} models are drawn: those of the published survey and those with most ties; "
            f"{more(members - shown)} in the CSV, and a number behind a date tells how many are left out there."
        )
    if members == 1:
        notes.append(f"Nothing in the catalogue descends from {kin.root}.")
    if kin.forebears:
        notes.append(f"{kin.root} itself descends from {listed(kin.forebears, _NAMED)}.")
    return notes
