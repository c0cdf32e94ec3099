"""Figures without the time that pictures take, for tests that are about what stands around them."""

from pathlib import Path
from typing import Any

from llmsurvey.figures.figure import Figure, Saved
from llmsurvey.figures.files import write_whole
from llmsurvey.knowledge.informed import InformedSurvey


def undrawn(figure: Figure[Any], survey: InformedSurvey, folder: Path) -> Saved:
    """Write the words of a figure, and empty pictures; it stands in for `Figure.save`."""
    table = figure.table(survey)
    words = {"txt": figure.alt_text(table).encode("utf-8", "replace")}
    contents = dict.fromkeys(("svg", "png", "pdf", "csv"), b"") | words
    return Saved(write_whole(folder, {f"{figure.file_name}.{kind}": made for kind, made in contents.items()}), ())
