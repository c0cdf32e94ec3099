"""Figure 1: what is drawn, what is hidden, and that nothing overlaps."""

from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.lines import Line2D
from matplotlib.text import Text

from llmsurvey.figures.coverage import State
from llmsurvey.figures.figure import Table
from llmsurvey.figures.papers_over_time import Entry, PapersOverTime
from llmsurvey.figures.places import Box
from llmsurvey.figures.sheet import renderer_of
from llmsurvey.month import Month
from tests.figures.invented import LLM, LM, SURVEYS, empty, full, thin
from tests.memory_survey import MemorySurvey

FIGURE = PapersOverTime()


def kinds(table: Table[Entry]) -> set[str]:
    """Return the kinds of row in a table."""
    return {row.kind for row in table.rows}


def text_of(survey: MemorySurvey) -> str:
    """Return all that is written on the picture, in one line."""
    return " ".join(text.get_text() for text in FIGURE.picture(FIGURE.table(survey)).texts)


@pytest.mark.parametrize(("survey", "log"), [*((name, False) for name in SURVEYS), ("full", True), ("thin", True)])
def test_no_label_overlaps_label_curve_marker_or_border(survey: str, log: bool) -> None:
    """Measured in pixels on the finished drawing, for every survey, and on a logarithmic scale."""
    figure = replace(FIGURE, log=log)
    drawing = figure.picture(figure.table(SURVEYS[survey]()))
    boxes = label_boxes(drawing)
    assert not any(one.overlaps(two) for one, two in combinations(boxes, 2))
    for axes in drawing.axes:
        frame = axes.get_window_extent()
        inside = [box for box in boxes if box.overlaps(Box(frame.x0, frame.y0, frame.x1, frame.y1))]
        assert all(frame.x0 < b.x0 and frame.y0 < b.y0 and b.x1 < frame.x1 and b.y1 < frame.y1 for b in inside)
        assert covered(axes, inside) == []


def label_boxes(drawing: Drawing) -> list[Box]:
    """Measure every label of a milestone or curve."""
    ruler = renderer_of(drawing)
    extents = [
        text.get_window_extent(ruler)
        for text in drawing.texts
        if isinstance(text, Text) and str(text.get_gid()).startswith("label-")
    ]
    return [Box(extent.x0, extent.y0, extent.x1, extent.y1) for extent in extents]


def covered(axes: Axes, boxes: list[Box]) -> list[str]:
    """Name the lines and markers that run under a label."""
    under = []
    for line in axes.get_lines():
        pixels = axes.transData.transform(np.column_stack((line.get_xdata(), line.get_ydata())).astype(float))
        reach = line.get_markersize() / 2 if line.get_marker() not in {"None", ""} else 0
        joined = line.get_linestyle() != "None"
        if joined:
            steps = [np.linspace(a, b, 60) for a, b in pairwise(pixels)]
            pixels = np.concatenate(steps) if steps else pixels
        for box in boxes:
            wide = box.grown(reach)
            x, y = pixels[:, 0], pixels[:, 1]
            if ((x > wide.x0) & (x < wide.x1) & (y > wide.y0) & (y < wide.y1)).any():
                under.append(f"{line} under {box}")
    return under


def test_every_milestone_finds_room_on_a_usual_curve() -> None:
    """Nine models a panel, all of them labelled."""
    assert "No room" not in text_of(full())


def test_an_empty_store_shows_what_was_published_and_says_so() -> None:
    """Curve and milestones of the package, an honest title, no counted month."""
    table = FIGURE.table(empty())
    assert "counted" not in kinds(table)
    assert "no papers counted" in FIGURE.title(table)
    assert "no complete month counted yet. Published: 0.40 before, 8.58 after." in text_of(empty())


def test_in_a_blank_of_the_published_curve_a_milestone_stands_between_its_neighbours() -> None:
    """Straight between the known points; before the phrase's first month the curve is known to be 0."""
    rows = [row for row in FIGURE.table(empty()).rows if row.kind == "milestone" and row.phrase == LM.text]
    heights = {row.label: row.cumulative for row in rows}
    assert heights["GPT-1"] == 0
    assert heights["GPT-3"] == 5 * 49
    assert heights["LLaMA"] == pytest.approx(5 * (39**2 + 41**2) / 2)


def test_a_milestone_stands_on_the_counted_curve() -> None:
    """Where papers are counted, their curve carries the models."""
    table = FIGURE.table(full())
    counted = {row.month: row.cumulative for row in table.rows if (row.kind, row.phrase) == ("counted", LM.text)}
    marks = [row for row in table.rows if (row.kind, row.phrase) == ("milestone", LM.text)]
    assert all(row.cumulative == counted[row.month] for row in marks)


def test_as_of_a_date_nothing_later_is_shown() -> None:
    """Neither papers nor models nor published points nor means of after the date."""
    table = FIGURE.table(full(date(2022, 6, 15)))
    months = [Month.parse(row.month) for row in table.rows if row.month]
    assert max(months) == Month(2022, 6)
    assert max(row.month or "" for row in table.rows if row.kind == "published") == "2022-04"
    assert "ChatGPT" not in {row.label for row in table.rows}
    assert not kinds(table) & {"mean", "published mean"}


def test_incomplete_and_partly_known_months_are_told_apart_and_named() -> None:
    """Each has a look of its own, a row state and a sentence with its months."""
    table = FIGURE.table(full())
    assert {row.state for row in table.rows if row.kind == "counted"} == {state.value for state in State}
    notes = " ".join(table.notes)
    assert "the count can grow (“language model”: 2025-11 to 2025-12" in notes
    assert "arXiv as a whole only partly (“language model”: 2020-01 to 2020-12" in notes
    assert "nothing is read (“language model”: 2021-03 to 2021-05" in notes


def test_months_never_read_at_the_ends_are_not_drawn_as_a_standstill() -> None:
    """A store that ends in 2025 and is asked in 2028 shows a curve to 2025."""
    months = [row.month or "" for row in FIGURE.table(full(date(2028, 1, 1))).rows if row.kind == "counted"]
    assert max(months) == "2025-12"


def test_a_thin_sample_and_the_published_curve_are_both_readable() -> None:
    """A curve far below the published one goes on a logarithmic scale, which the axis says."""
    drawing = FIGURE.picture(FIGURE.table(thin()))
    assert ["log scale" in axes.get_ylabel().replace("\n", " ") for axes in drawing.axes] == [True, True]


def test_the_means_stand_beside_the_published_ones() -> None:
    """Both windows with days and papers, in the table and on the picture."""
    rows = [row for row in FIGURE.table(full()).rows if row.phrase == LLM.text]
    before, after = (row for row in rows if row.kind == "mean")
    assert (before.first_day, before.last_day) == ("2019-10-01", "2022-11-30")
    assert before.days == 1157 - 92
    assert (after.first_day, after.last_day) == ("2022-12-01", "2025-10-31")
    assert [row.papers_a_day for row in rows if row.kind == "published mean"] == [0.40, 8.58]
    assert "without 2021-03 to 2021-05, incomplete" in text_of(full())


def test_a_phrase_that_chatgpt_does_not_mark_has_no_means() -> None:
    """Another topic's figure does not speak of ChatGPT."""
    assert "ChatGPT" not in text_of(SURVEYS["one_month"]())


def test_a_milestone_before_the_first_known_point_stands_inside_the_frame() -> None:
    """The published curve begins a month after T5: the axis reaches back to the model."""
    drawing = FIGURE.picture(FIGURE.table(empty(date(2019, 12, 31))))
    for axes in drawing.axes:
        first, last = axes.get_xlim()
        xs = [x for line in axes.get_lines() for x in np.asarray(line.get_xdata(), dtype=float)]
        assert first < min(xs)
        assert max(xs) < last


def test_the_key_speaks_of_other_milestones_beside_the_event_only() -> None:
    """Before ChatGPT a milestone is no other one."""
    names = {
        text.get_text()
        for legend in FIGURE.picture(FIGURE.table(empty(date(2019, 12, 31)))).legends
        for text in legend.get_texts()
    }
    assert names == {"published survey", "milestone"}


def test_before_the_first_tracked_month_nothing_is_counted_yet() -> None:
    """The phrases are tracked all the same, so that the title does not deny it."""
    assert FIGURE.title(FIGURE.table(full(date(2018, 5, 31)))) == "No papers counted yet"


def test_the_published_curve_shows_where_the_counted_one_repeats_it() -> None:
    """The thin line lies on the thick one, so that neither hides the other."""
    for axes in FIGURE.picture(FIGURE.table(full())).axes:
        lines = [line for line in axes.get_lines() if line.get_linestyle() != "None"]
        thin = min(lines, key=lambda line: line.get_linewidth())
        assert all(thin.get_zorder() > line.get_zorder() for line in lines if line is not thin)


def test_a_leader_runs_behind_the_mark_it_leads_to() -> None:
    """The star of ChatGPT is not struck through."""
    drawing = FIGURE.picture(FIGURE.table(full()))
    leaders = [
        line for line in drawing.findobj(Line2D, include_self=False) if line.get_transform() == drawing.transFigure
    ]
    assert leaders
    for axes in drawing.axes:
        assert not axes.patch.get_visible()
        assert all(leader.get_zorder() < axes.get_zorder() for leader in leaders)
