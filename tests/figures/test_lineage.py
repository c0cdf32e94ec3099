"""Figure 3 and other families: every edge as published, evidence as line, and nothing over anything."""

import csv
import os
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from matplotlib.patches import FancyBboxPatch, PathPatch, Rectangle

from llmsurvey.errors import BadUsage
from llmsurvey.figures.figure import Table
from llmsurvey.figures.lineage import Entry, LineageFigure
from llmsurvey.figures.lineage_columns import Node
from llmsurvey.figures.lineage_marks import Line
from llmsurvey.figures.lineage_plan import planned
from llmsurvey.knowledge.catalogue import load
from llmsurvey.knowledge.edge import Edge
from tests.catalogues import CATALOGUES, edge, model
from tests.figures.measured import boxes_of, overlapping, texts_of
from tests.memory_survey import MemorySurvey

SHARED = Path(os.environ.get("LLMSURVEY_SHARED", Path(__file__).parents[2] / ".." / "shared"))
SURVEY = MemorySurvey(date(2025, 11, 2))
SERIES = ("code-davinci-002", "text-davinci-002", "text-davinci-003", "gpt-3.5-turbo")


def edges(table: Table[Entry]) -> set[tuple[str, str | None, str, str]]:
    """Return the edges of a table with the look of their line and their label."""
    looks = {"explicit": "solid", "weak": "dashed"}
    return {
        (row.name, row.to, "block arrow" if row.arrow == "block" else looks[row.evidence or ""], row.label or "")
        for row in table.rows
        if row.kind == "edge"
    }


@pytest.mark.skipif(not (SHARED / "facts").is_dir(), reason="the fact files are not here: set LLMSURVEY_SHARED")
def test_the_published_figure_is_reproduced_edge_by_edge() -> None:
    """Ends, solid, dashed or block arrow, and labels; the series of four stands for each of its models."""
    members = {f"{{{'; '.join(SERIES)}}}": SERIES}
    with (SHARED / "facts" / "fig3_gpt_evolution.csv").open(encoding="utf-8") as file:
        facts = {
            (parent, child, row["line"], row["label"])
            for row in csv.DictReader(file)
            for parent in members.get(row["from"], (row["from"],))
            for child in members.get(row["to"], (row["to"],))
        }
    assert edges(LineageFigure(published=True).table(SURVEY)) == facts


def test_as_published_dates_and_captions_are_those_of_the_original() -> None:
    """Also where a date differs from the citable one."""
    rows = {row.name: row for row in LineageFigure(published=True).table(SURVEY).rows if row.kind == "model"}
    assert (rows["text-davinci-003"].date, rows["text-davinci-003"].caption) == ("2022-09", "human alignment")
    living = {row.name: row for row in LineageFigure().table(SURVEY).rows if row.kind == "model"}
    assert living["text-davinci-003"].date == "2022-11-30"
    assert (rows["ChatGPT"].date, rows["ChatGPT"].caption, rows["GPT-3.5"].caption) == (None, "", "")
    figure = LineageFigure(published=True)
    written = [text.get_text() for text in texts_of(figure.picture(figure.table(SURVEY)))]
    assert "text-davinci-003" in written
    assert not {"Sc", "Su", "Co", "scaled up", "successor"} & set(written)


def test_evidence_decides_on_the_line() -> None:
    """As many dashed strokes as inferred edges, those into a frame being two strokes in all; legend beside."""
    figure = LineageFigure("LLaMA")
    table = figure.table(SURVEY)
    strokes = [patch for patch in figure.picture(table).findobj(PathPatch) if isinstance(patch, PathPatch)]
    dashed = sum(patch.get_linestyle() != "solid" and patch.get_linestyle() != "-" for patch in strokes)
    assert dashed == sum(row.evidence == "weak" for row in table.rows) + 1
    written = {text.get_text() for text in texts_of(figure.picture(table))}
    assert {"fine-tuned", "successor", "explicitly attested", "inferred"} <= written


def test_the_main_line_of_the_gpt_family_is_straight_and_told_in_words() -> None:
    """As in the original: from GPT-1 to ChatGPT at one height; months below names; words instead of tags."""
    figure = LineageFigure()
    drawing = figure.picture(figure.table(SURVEY))
    heights = {text: box.y0 for text, box in boxes_of(drawing) if text.startswith(("GPT-", "Codex", "ChatGPT"))}
    line = [heights[name] for name in ("GPT-1", "GPT-2", "GPT-3", "Codex", "GPT-3.5", "GPT-4", "ChatGPT")]
    assert max(line) - min(line) < 1
    written = [text.get_text() for text in texts_of(drawing)]
    assert {"scaled up", "+code", "+RLHF", "+instruction", "+chat", "2018-06"} <= set(written)
    assert written.count("scaled up") == 2
    assert "Sc" not in written


def test_what_the_arrow_of_a_frame_tells_is_not_drawn_again() -> None:
    """The series serves ChatGPT, so that the descent of ChatGPT from the series is one arrow, not two."""
    figure = LineageFigure()
    table = figure.table(SURVEY)
    assert ("GPT-3.5", "ChatGPT") in {(row.name, row.to) for row in table.rows if row.kind == "edge"}
    assert not [text for text in texts_of(figure.picture(table)) if str(text.get_gid()).startswith("tag-")]


def test_models_of_the_published_figure_are_drawn_before_others() -> None:
    """Also where others would push them over the edge of the page."""
    known = load()
    rungs = [model(f"Rung {i}", "2020-07", 10**9) for i in range(6)]
    names = ["GPT-3", *(each.name for each in rungs), "Codex"]
    more = [edge(parent, child, "built-on") for parent, child in pairwise(names)]
    crowd = [model(f"Child {i}", "2020-07", 10**9) for i in range(40)]
    more += [edge("GPT-3", each.name, "built-on") for each in crowd]
    known = replace(known, models=(*known.models, *rungs, *crowd), edges=(*known.edges, *more))
    table = LineageFigure().table(MemorySurvey(date(2025, 11, 2), known=known))
    shown = {row.name for row in table.rows if row.kind == "model" and row.drawn == "yes"}
    assert {"GPT-1", "Codex", "GPT-4", "ChatGPT", "InstructGPT", *SERIES} <= shown
    assert len(shown) < len(names) + len(crowd)
    assert "those of the published survey" in table.notes[0]


def test_the_gpt_3_5_series_is_a_frame_that_serves_chatgpt() -> None:
    """Four models side by side in one frame; ChatGPT stands right of GPT-4, above the frame."""
    rows = [row for row in LineageFigure(published=True).table(SURVEY).rows if row.drawn == "yes"]
    nodes = [Node(r.name, r.date or "", r.caption or "", r.series, 0, is_open=False) for r in rows if r.kind == "model"]
    lines = [
        Line(r.name, r.to or "", "", r.label or "", "", dashed=False, block=r.arrow == "block")
        for r in rows
        if r.kind == "edge"
    ]
    plan = planned(nodes, lines)
    assert set(plan.homes) == set(SERIES)
    frame, chat = plan.frames["GPT-3.5"], plan.boxes["ChatGPT"]
    lefts = [plan.boxes[name].x0 for name in SERIES]
    assert lefts == sorted(lefts)
    assert all(frame.y0 < plan.boxes[name].y0 and plan.foot(name) < frame.y1 for name in SERIES)
    assert plan.foot("ChatGPT") < frame.y0
    assert chat.x0 > plan.boxes["GPT-4"].x1
    assert ("GPT-4", "ChatGPT") in plan.paths


@pytest.mark.parametrize("root", ["GPT-1", "LLaMA", "T5", "BLOOM", "PaLM", "Codex", "gpt-3.5-turbo", "GPT-3.5"])
def test_any_family_is_drawn_without_text_over_text(root: str) -> None:
    """From eleven models to one, and the note tells what the root descends from."""
    figure = LineageFigure(root)
    table = figure.table(SURVEY)
    assert overlapping(figure.picture(table)) == []
    assert ("itself descends from" in " ".join(table.notes)) == any(edge.child == root for edge in _descent())


def _descent() -> list[Edge]:
    knowledge = load()
    return [edge for edge in knowledge.edges if knowledge.relations[edge.relation].descent]


@pytest.mark.parametrize("catalogue", ["six_hundred", "star", "chain"])
def test_a_huge_family_stays_readable_and_counts_what_it_leaves_out(catalogue: str) -> None:
    """No box over a box, and a note with both numbers."""
    figure = LineageFigure()
    table = figure.table(MemorySurvey(date(2025, 11, 2), known=CATALOGUES[catalogue]()))
    drawing = figure.picture(table)
    boxes = [
        patch.get_window_extent()
        for patch in drawing.findobj(lambda artist: isinstance(artist, Rectangle | FancyBboxPatch))
        if patch.get_zorder() == 3
    ]
    models = [row for row in table.rows if row.kind == "model"]
    shown = sum(row.drawn == "yes" for row in models)
    assert len(boxes) == shown
    assert not any(one.overlaps(two) for one, two in combinations(boxes, 2))
    if shown < len(models):
        assert f"{shown} of {len(models)} models are drawn" in table.notes[0]
    assert all(row.name in {model.name for model in models} for row in table.rows)


def test_before_its_first_model_a_family_is_empty() -> None:
    """As of a day on which nothing of it is known."""
    table = LineageFigure().table(MemorySurvey(date(2015, 1, 1)))
    assert table.rows == ()
    assert "Nothing of this family" in LineageFigure().title(table)


def test_an_unknown_root_and_a_root_of_the_published_figure_are_bad_usage() -> None:
    """With near misses; the published figure has one family only."""
    with pytest.raises(BadUsage, match="GPT-33") as fault:
        LineageFigure("GPT-33").table(SURVEY)
    assert "GPT-3" in str(fault.value.hint)
    with pytest.raises(BadUsage, match="one family"):
        LineageFigure("LLaMA", published=True)


def test_families_have_files_of_their_own() -> None:
    """The name of the root stands in them, made harmless."""
    assert LineageFigure("../GPT 3.5").file_name == "lineage_gpt-3-5"
    assert LineageFigure(published=True).file_name == "lineage_published"
