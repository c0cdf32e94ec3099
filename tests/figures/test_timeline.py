"""Figure 2: whom it shows, as published and by its rule, and that no label lies over another."""

import csv
import os
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from msgspec import structs

from llmsurvey.errors import BadUsage
from llmsurvey.figures.timeline import SHOWN, SHOWN_OF_MORE, Timeline
from llmsurvey.figures.timeline_sheet import Cell, Group, drawn
from llmsurvey.month import Month
from tests.catalogues import CATALOGUES, knowing, model
from tests.figures.measured import boxes_of, off_the_page, overlapping, texts_of
from tests.memory_survey import MemorySurvey

SHARED = Path(os.environ.get("LLMSURVEY_SHARED", Path(__file__).parents[2] / ".." / "shared"))
PRINTED = MemorySurvey(date(2024, 12, 31))


@pytest.mark.skipif(not (SHARED / "facts").is_dir(), reason="the fact files are not here: set LLMSURVEY_SHARED")
def test_the_published_figure_is_reproduced_row_by_row() -> None:
    """The same models in the same stretches, with the same mark of a public checkpoint."""
    with (SHARED / "facts" / "fig2_timeline.csv").open(encoding="utf-8") as file:
        facts = {(row["bucket"], row["model"], row["publicly_available"]) for row in csv.DictReader(file)}
    rows = Timeline(published=True).table(PRINTED).rows
    assert len(rows) == len(facts) == 78
    assert {(row.bucket, row.model, row.publicly_available) for row in rows} == facts


def test_without_published_the_rule_holds() -> None:
    """More than ten billion, not ten; what has no citable size is named."""
    table = Timeline().table(PRINTED)
    assert min(row.parameters or 0 for row in table.rows) > 10**10
    assert not {"Mistral 7B", "MiniCPM", "YuLan-Mini", "WeLM", "GPT-4"} & {row.model for row in table.rows}
    told = " ".join(table.notes).partition("no citable source tells their size: ")[2]
    assert all(name in told for name in ("ChatGPT", "GPT-3.5", "GPT-4"))


def test_a_published_stretch_is_shown_when_it_is_over() -> None:
    """As of a day in 2023, nothing later."""
    rows = Timeline(published=True).table(MemorySurvey(date(2023, 6, 29))).rows
    assert rows[-1].bucket == "2022-11/12"
    assert len(rows) == 47


def test_as_of_a_day_nothing_later_is_shown() -> None:
    """Neither by the date of a model's first event nor by that of its paper."""
    rows = Timeline().table(MemorySurvey(date(2023, 10, 31))).rows
    assert max(row.released or "" for row in rows) <= "2023-10-31"
    assert "Falcon" not in {row.model for row in rows}


@pytest.mark.parametrize(
    ("figure", "models"),
    [
        (Timeline(since=Month(2024, 7)), {"Qwen2", "Gemma 2", "Qwen2.5", "DeepSeek-V3"}),
        (Timeline(until=Month(2020, 6)), {"T5", "GPT-3", "GShard"}),
        (Timeline(until=Month(2020, 6), open=True), {"T5"}),
        (Timeline(min_params=500e9, open=True), {"DeepSeek-V3"}),
        (Timeline(published=True, until=Month(2020, 1), open=True), {"T5", "mT5"}),
        (Timeline(since=Month(2030, 1)), set()),
    ],
)
def test_options_narrow_the_choice(figure: Timeline, models: set[str]) -> None:
    """By month, by size, by openness."""
    assert {row.model for row in figure.table(PRINTED).rows} == models


def test_ten_billion_exactly_is_not_above_ten_billion() -> None:
    """Of a mixture of experts all parameters count, not those used for a token."""
    mixture = structs.replace(model("Mixture", "2023-05", 47 * 10**9), active_parameters=13 * 10**8)
    known = knowing([model("Ten", "2023-05", 10**10), model("More", "2023-05", 10**10 + 1), mixture], [])
    rows = Timeline().table(MemorySurvey(date(2025, 11, 2), known=known)).rows
    assert {row.model for row in rows} == {"More", "Mixture"}


def test_where_nothing_is_shown_the_provenance_names_the_catalogue() -> None:
    """The picture was not made of papers."""
    figure = Timeline(min_params=1e15)
    table = figure.table(PRINTED)
    assert table.rows == ()
    assert "Source: the catalogue of models." in figure.provenance_line(table)
    assert off_the_page(figure.picture(table)) == []


def test_what_contradicts_itself_is_bad_usage() -> None:
    """A reversed time, and a size for the published figure."""
    with pytest.raises(BadUsage, match="lies after"):
        Timeline(since=Month(2024, 1), until=Month(2023, 1))
    with pytest.raises(BadUsage, match="its own models"):
        Timeline(published=True, min_params=1e9)


def test_as_published_no_text_lies_over_another() -> None:
    """The 78 models of the original, each named in full."""
    figure = Timeline(published=True)
    drawing = figure.picture(figure.table(PRINTED))
    assert overlapping(drawing) == []
    written = {text.get_text() for text in texts_of(drawing)}
    assert {row.model for row in figure.table(PRINTED).rows} <= written


def test_up_to_two_hundred_models_are_all_drawn() -> None:
    """Each with its name, whole or cut."""
    figure = Timeline()
    table = figure.table(MemorySurvey(date(2025, 11, 2), known=CATALOGUES["two_hundred"]()))
    names = [text for text in texts_of(figure.picture(table)) if NAME.fullmatch(str(text.get_gid()))]
    assert len(names) == len(table.rows) == SHOWN
    assert {row.drawn for row in table.rows} == {"yes"}


def test_of_too_many_the_picture_says_how_many_are_missing() -> None:
    """In a note and on the arrow at each stretch; the CSV has all."""
    figure = Timeline()
    table = figure.table(MemorySurvey(date(2025, 11, 2), known=CATALOGUES["six_hundred"]()))
    written = [text.get_text() for text in texts_of(figure.picture(table))]
    assert len(table.rows) == 600
    assert sum(row.drawn == "yes" for row in table.rows) == SHOWN_OF_MORE
    assert "100 of 600 models are drawn" in " ".join(written)
    hidden = Counter(row.bucket for row in table.rows if row.drawn == "no")
    assert {row.bucket for row in table.rows if row.drawn == "yes"} == {row.bucket for row in table.rows}
    assert Counter(f"+{count}" for count in hidden.values()) <= Counter(written)


def test_a_stretch_without_a_drawn_model_takes_no_room() -> None:
    """Its models are counted in the note."""
    figure = Timeline()
    known = knowing([model("Old", "1999", 2 * 10**10), *(model(f"New {i}", "2024-05", 10**11) for i in range(200))], [])
    table = figure.table(MemorySurvey(date(2025, 11, 2), known=known))
    written = {text.get_text() for text in texts_of(figure.picture(table))}
    assert "1999" in {row.bucket for row in table.rows}
    assert "1999" not in written
    assert "2024" in written


def test_what_is_no_language_model_is_left_out() -> None:
    """A model of images, as an imported catalogue tells, but not one of images and language; a note counts them."""
    image = structs.replace(model("Image", "2023-05", 10**11), domains=("vision",))
    both = structs.replace(model("Both", "2023-05", 10**11), domains=("vision", "language"))
    table = Timeline().table(MemorySurvey(date(2025, 11, 2), known=knowing([image, both], [])))
    assert [row.model for row in table.rows] == ["Both"]
    assert table.notes == ("Left out: 1 model of images, proteins and the like, without language.",)
    assert Timeline().rule_in_words == "language models of more than 10B parameters"


def test_the_models_of_a_stretch_stand_on_both_sides_of_the_arrow() -> None:
    """From top to bottom in the order of their dates, one more above than below."""
    groups = [
        Group(f"{2019 + i}", tuple(Cell(f"{i}-{j}", "Maker", "", is_open=True) for j in range(5)), 0) for i in range(5)
    ]
    middles = {text: (box.y0 + box.y1) / 2 for text, box in boxes_of(drawn("A title", groups, []))}
    for i in range(5):
        heights = [
            *(middles[f"{i}-{j}"] for j in range(3)),
            middles[f"{2019 + i}"],
            middles[f"{i}-3"],
            middles[f"{i}-4"],
        ]
        assert heights == sorted(heights, reverse=True)


NAME = re.compile(r"label-\d+-\d+")
