"""Scaling: predicted loss over size for fixed budgets, the best split of each, and known models among them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.lines import Line2D

from llmsurvey.figures.axes import loss_axis, size_axis
from llmsurvey.figures.captions import CAPTIONS
from llmsurvey.figures.cited import cited
from llmsurvey.figures.figure import Figure, Table
from llmsurvey.figures.points import CROWD, Point, name_points
from llmsurvey.figures.sheet import Paragraph, Sheet
from llmsurvey.figures.style import BLACK, BLUE, GREY, PAGE_WIDTH, SMALL, VERMILLION, YELLOW
from llmsurvey.figures.weight import by_weight
from llmsurvey.figures.wording import counted, listed
from llmsurvey.knowledge.comparison import BEYOND_LAWS, beyond_laws
from llmsurvey.knowledge.informed import InformedSurvey
from llmsurvey.knowledge.model import Model
from llmsurvey.knowledge.quantity import written
from llmsurvey.knowledge.scaling import FLOP_A_PARAMETER_AND_TOKEN, LOSS_UNIT, Law
from llmsurvey.knowledge.scaling_laws import chinchilla, kaplan

NAMED = 26
"""Models that are named."""
_BUDGETS = tuple(10.0**power for power in range(18, 27))
_FRONTIER = tuple(10.0 ** (17.5 + i / 4) for i in range(37))
"""FLOP at which the optima are computed."""
_AROUND = tuple(10.0 ** (i / 10) for i in range(-10, 11))
"""Sizes of an iso-FLOP curve, over that of its optimum."""
_ISO, _OPTIMUM, _MODEL = "iso-flop", "optimum", "model"
_SHOWN = 8
_THIN = "#AAAAAA"
_NOT_MEASURED = (
    "Losses of different tokenizers and data cannot be compared: a model's place says what the law expects of its size "
    "and data, not how good it is."
)
_A_RULE = (
    "Kaplan’s curve is the paper’s rule for a budget, parameters counted without embeddings, and drawn only within the "
    "range it was fitted on."
)


class Entry(NamedTuple):
    """One point of a curve, or one model."""

    kind: str
    """`iso-flop`, `optimum` or `model`."""
    law: str
    model: str | None
    flops: float
    """6ND."""
    parameters: float
    """Of a mixture of experts those used for each token."""
    tokens: float
    loss: float
    """As the law predicts it, nats a token."""
    within_fitted_range: str
    """`yes` where the law was fitted on such sizes and amounts of data, else `no`."""
    source: str


@dataclass(frozen=True)
class Scaling(Figure[Entry]):
    """The two laws of the survey: what a budget buys, and how models of the catalogue spent theirs."""

    name: ClassVar[str] = "scaling"
    caption: ClassVar[str] = CAPTIONS[name]

    @property
    def rule_in_words(self) -> str:
        """By which laws."""
        return "training costs 6ND FLOP; by arXiv:2203.15556 (Chinchilla) and, for splits, arXiv:2001.08361 (Kaplan)"

    def table(self, survey: InformedSurvey) -> Table[Entry]:
        """Compute the curves, and place the models whose parameters and tokens are known."""
        law, other = chinchilla(), kaplan()
        known = [m for m in survey.knowledge.models if m.is_language_model and m.known_on(survey.as_of)]
        models = [m for m in by_weight(survey.knowledge, known) if m.working_parameters and m.training_tokens]
        rows = [*_iso_flops(law), *_optima(law), *_optima(other), *(_model(law, m, survey) for m in models)]
        outside = [row.model or "" for row in rows if row.kind == _MODEL and row.within_fitted_range == "no"]
        notes = [_NOT_MEASURED, _A_RULE]
        if outside:
            notes.append(f"Outside the range the Chinchilla law was fitted on: {listed(outside, _SHOWN)}.")
        left_out = beyond_laws(known)
        if left_out:
            notes.append(BEYOND_LAWS.format(listed(left_out, _SHOWN)))
        sources = (m.source_of(field) for m in models for field in ("parameters", "training_tokens"))
        return Table(Entry._fields, tuple(rows), cited(survey, sources, self.rule_in_words), tuple(notes))

    def title(self, table: Table[Entry]) -> str:
        """Return the heading."""
        known = any(row.kind == _MODEL for row in table.rows)
        return f"Scaling laws{' and known models' if known else ''}"

    def draw(self, table: Table[Entry]) -> Drawing:
        """Draw loss over size above, tokens over size below."""
        drawing, homeless = self._drawn(table, table.notes)
        if homeless:
            lost = f"No room for the names of {listed(homeless, _SHOWN)}; they are in the CSV."
            drawing, _ = self._drawn(table, (*table.notes, lost))
        return drawing

    def _drawn(self, table: Table[Entry], notes: Sequence[str]) -> tuple[Drawing, list[str]]:
        below = [*(Paragraph(note, SMALL) for note in notes), Paragraph(self.provenance_line(table), SMALL, GREY)]
        heads = ["(a) Predicted loss over parameters", "(b) Training tokens over parameters"]
        sheet = Sheet(self.title(table), heads, 1, 3.7, below, key_rows=2)
        drawing, (upper, lower) = sheet.laid_out()
        _key(drawing, sheet.key_top)
        models = [row for row in table.rows if row.kind == _MODEL]
        sizes = [row.parameters for row in table.rows if row.kind != _ISO]
        for axes in (upper, lower):
            size_axis(axes, "x", sizes, "parameters N (log scale)" if axes is lower else "")
        loss_axis(upper, [row.loss for row in table.rows], f"loss, {LOSS_UNIT} (log scale)")
        size_axis(lower, "y", [row.tokens for row in table.rows if row.kind != _ISO], "training tokens D (log scale)")
        _panel(upper, table.rows, lambda row: (row.parameters, row.loss))
        _panel(lower, table.rows, lambda row: (row.parameters, row.tokens))
        budgets = _ends(upper, table.rows)
        name_points(
            drawing, upper, budgets, [(row.parameters, row.loss) for row in models], _curves(table.rows, "loss")
        )
        named, others = models[:NAMED], [(row.parameters, row.tokens) for row in models[NAMED:]]
        points = [(row.model or "", (row.parameters, row.tokens)) for row in named]
        lost = name_points(drawing, lower, points, others, _curves(table.rows, "tokens"), covering=True)
        return drawing, lost

    def alt_text(self, table: Table[Entry]) -> str:
        """Tell the optima of some budgets, and the tokens a parameter of the models."""
        optima = {row.flops: row for row in table.rows if row.kind == _OPTIMUM and row.law == chinchilla().name}
        told = [
            f"{written(row.flops)} FLOP: {written(row.parameters)} parameters, {written(row.tokens)} tokens, loss "
            f"{row.loss:.2f}"
            for flops, row in optima.items()
            if round(flops, -15) in {1e20, 1e22, 1e24}
        ]
        models = [row for row in table.rows if row.kind == _MODEL]
        spent = [f"{row.model} {row.tokens / row.parameters:.1f}" for row in models]
        sentences = [
            f"{self.title(table)}.",
            f"By the Chinchilla law the best split is, for {'; '.join(told)}.",
            f"Tokens a parameter of {counted(len(models), 'model')}: {', '.join(spent)}." if models else "",
        ]
        return " ".join(sentence for sentence in [*sentences, *table.notes] if sentence)


def _iso_flops(law: Law) -> Iterator[Entry]:
    for flops in _BUDGETS:
        best = law.optimum(flops).parameters
        for share in _AROUND:
            parameters = best * share
            yield _point(law, _ISO, flops, parameters, flops / (FLOP_A_PARAMETER_AND_TOKEN * parameters))


def _optima(law: Law) -> Iterator[Entry]:
    for flops in _FRONTIER:
        best = law.optimum(flops)
        point = _point(law, _OPTIMUM, flops, best.parameters, best.tokens)._replace(loss=best.loss)
        if best.exact or not best.warnings:
            yield point


def _model(law: Law, model: Model, survey: InformedSurvey) -> Entry:
    parameters, tokens = float(model.working_parameters or 0), float(model.training_tokens or 0)
    sources = dict.fromkeys(model.source_of(field) for field in ("parameters", "training_tokens"))
    row = _point(law, _MODEL, FLOP_A_PARAMETER_AND_TOKEN * parameters * tokens, parameters, tokens)
    return row._replace(model=model.name, source="; ".join(survey.knowledge.citation(source) for source in sources))


def _point(law: Law, kind: str, flops: float, parameters: float, tokens: float) -> Entry:
    within = "no" if law.warnings(parameters, tokens) else "yes"
    return Entry(kind, law.name, None, flops, parameters, tokens, law.loss(parameters, tokens), within, law.source)


def _panel(axes: Axes, rows: Sequence[Entry], place: Callable[[Entry], Point]) -> None:
    """Draw the curves of a panel, and the models on it."""
    for flops in _BUDGETS:
        curve = [place(row) for row in rows if row.kind == _ISO and row.flops == flops]
        axes.plot(*_xy(curve), color=_THIN, linewidth=0.8, zorder=1)
    best = [row for row in rows if (row.kind, row.law) == (_OPTIMUM, chinchilla().name)]
    inside = [place(row) for row in best if row.within_fitted_range == "yes"]
    axes.plot(*_xy([place(row) for row in best]), color=BLUE, linewidth=1.2, linestyle=(0, (4, 2)), zorder=2)
    axes.plot(*_xy(inside), color=BLUE, linewidth=2.4, zorder=2)
    other = [place(row) for row in rows if (row.kind, row.law) == (_OPTIMUM, kaplan().name)]
    axes.plot(*_xy(other), color=VERMILLION, linewidth=1.6, marker="^", markersize=4, markevery=2, zorder=3)
    models = [place(row) for row in rows if row.kind == _MODEL]
    axes.plot(*_xy(models[:NAMED]), **_DOT)
    axes.plot(*_xy(models[NAMED:]), **(_DOT | _FAINT if len(models) - NAMED > CROWD else _DOT))


def _curves(rows: Sequence[Entry], field: str) -> list[list[Point]]:
    """Return the frontiers, which no name may cover; over the thin curves of budgets it may."""
    return [
        [(row.parameters, getattr(row, field)) for row in rows if (row.kind, row.law) == (_OPTIMUM, law.name)]
        for law in (chinchilla(), kaplan())
    ]


def _ends(axes: Axes, rows: Sequence[Entry]) -> list[tuple[str, Point]]:
    """Return the name of each budget with the upper end of its curve inside the panel."""
    left, right = axes.get_xlim()
    low, high = axes.get_ylim()
    found = []
    for flops in _BUDGETS:
        curve = [(r.parameters, r.loss) for r in rows if r.kind == _ISO and r.flops == flops]
        seen = [(x, y) for x, y in curve if left < x < right and low < y < high]
        if seen:
            found.append((f"{flops:.0e} FLOP".replace("e+", "e"), max(seen, key=lambda point: point[1])))
    return found


def _xy(points: Sequence[Point]) -> tuple[list[float], list[float]]:
    return [x for x, _ in points], [y for _, y in points]


_DOT: dict[str, Any] = {
    "linestyle": "", "marker": "o", "markersize": 5.2, "markerfacecolor": YELLOW, "markeredgecolor": BLACK,
    "markeredgewidth": 0.9, "zorder": 5,
}  # fmt: skip


_FAINT: dict[str, Any] = {"markersize": 3.2, "markeredgewidth": 0.5, "zorder": 4}
"""How the many without a name look."""


def _key(drawing: Drawing, top: float) -> None:
    samples = {
        "best split by Chinchilla, in the range it was fitted on": Line2D([], [], color=BLUE, linewidth=2.4),
        "the same, beyond that range": Line2D([], [], color=BLUE, linewidth=1.2, linestyle=(0, (4, 2))),
        "best split by Kaplan, in the range it was fitted on": Line2D(
            [], [], color=VERMILLION, marker="^", markersize=4
        ),
        "one compute budget": Line2D([], [], color=_THIN, linewidth=0.8),
        "known model": Line2D([], [], **_DOT),
    }
    drawing.legend(
        list(samples.values()), list(samples), loc="upper left", ncols=3, frameon=False, borderaxespad=0, borderpad=0,
        bbox_to_anchor=(0.15 / PAGE_WIDTH, 1 - top / drawing.get_figheight()), labelspacing=0.35, columnspacing=1.4,
    )  # fmt: skip
