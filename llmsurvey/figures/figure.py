"""The figure: a question to the survey, a table, a drawing, and five files that say how they were made."""

import csv
import io
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from matplotlib.figure import Figure as Drawing
from matplotlib.text import Text

from llmsurvey.figures.files import write_whole
from llmsurvey.figures.style import PRINT_DPI, UNKNOWN, font_hint, missing_letters, readable, styled
from llmsurvey.figures.wording import provenance_line
from llmsurvey.knowledge.informed import InformedSurvey
from llmsurvey.survey import Provenance

Cell = str | int | float | None
Row = TypeVar("Row", bound=tuple[Cell, ...])
PICTURES = ("svg", "png", "pdf")
"""The kinds of picture a figure is printed as, by the ending of the file."""
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """What a figure is drawn from, and nothing else is: the content of its CSV."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    provenance: Provenance
    notes: tuple[str, ...] = ()
    """Sentences that a reader of the picture needs; they stand on it."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The files of one figure."""

    paths: tuple[Path, ...]
    warnings: tuple[str, ...]
    """What the reader may not see as meant, such as letters without a font."""


@dataclass(frozen=True)
class Figure(ABC, Generic[Row]):
    """Base of all figures. A figure says what it asks and how it draws; files and provenance are made here."""

    name: ClassVar[str]
    """Name of the module and, where no option is chosen, of the files."""
    caption: ClassVar[str]
    """What is to be seen, in one or two sentences."""

    @abstractmethod
    def table(self, survey: InformedSurvey) -> Table[Row]:
        """Ask the survey, and return all that the picture shows."""

    @abstractmethod
    def title(self, table: Table[Row]) -> str:
        """Return the heading, true to what the table holds."""

    @abstractmethod
    def draw(self, table: Table[Row]) -> Drawing:
        """Turn the table into a picture. Called by `picture`, which sets the style."""

    @abstractmethod
    def alt_text(self, table: Table[Row]) -> str:
        """Say in words what the picture shows."""

    @property
    def file_name(self) -> str:
        """Name of the files, without ending."""
        return self.name

    @property
    @abstractmethod
    def rule_in_words(self) -> str:
        """By which rule things are counted or chosen; stands on the picture and in each row of its CSV."""

    def picture(self, table: Table[Row]) -> Drawing:
        """Draw a table in the house style, whatever the user's matplotlib settings are."""
        with styled():
            return self._written(table)[0]

    def _written(self, table: Table[Row]) -> tuple[Drawing, frozenset[str]]:
        """Draw a table; letters that no font has are replaced, each row of them by one sign, and returned."""
        drawing = self.draw(table)
        texts = [text for text in drawing.findobj(Text) if isinstance(text, Text)]
        missing = missing_letters(text.get_text() for text in texts)
        for text in texts if missing else ():
            text.set_text(re.sub(f"[{re.escape(''.join(missing))}]+", UNKNOWN, text.get_text()))
        return drawing, missing

    def provenance_line(self, table: Table[Row]) -> str:
        """Return what stands at the foot of the picture: rule, sources, date, version."""
        return provenance_line(table.provenance, self.rule_in_words)

    def save(self, survey: InformedSurvey, folder: Path) -> Saved:
        """Write NAME.svg, .png, .pdf, .csv and .txt (the alt text); all of them or none.

        The same survey gives the same bytes. A `CannotWrite` leaves the older files as they were.
        """
        table = self.table(survey)
        with styled():
            drawing, missing = self._written(table)
            pictures = {ending: self.printed(drawing, table, ending) for ending in PICTURES}
        warning = font_hint(missing)
        texts = {"csv": comma_separated(table, self.rule_in_words), "txt": f"{readable(self.alt_text(table))}\n"}
        contents = pictures | {ending: text.encode() for ending, text in texts.items()}
        paths = write_whole(folder, {f"{self.file_name}.{ending}": made for ending, made in contents.items()})
        return Saved(paths, (warning,) if warning else ())

    def printed(self, drawing: Drawing, table: Table[Row], ending: str) -> bytes:
        """Return a picture as the bytes of a file; `ending` is one of `PICTURES`. Called in the house style."""
        sheet = io.BytesIO()
        drawing.savefig(sheet, format=ending, dpi=PRINT_DPI, metadata=dict(self._metadata(table, ending)))
        return sheet.getvalue()

    def _metadata(self, table: Table[Row], ending: str) -> Mapping[str, str | None]:
        """Name title and provenance in the words of each format, and no time of making."""
        program = f"llmsurvey {table.provenance.version}"
        made = readable(provenance_line(table.provenance, self.rule_in_words, shown=len(table.provenance.sources)))
        title = readable(self.title(table))
        if ending == "svg":
            return {"Title": title, "Description": made, "Creator": program, "Date": None}
        if ending == "pdf":
            return {"Title": title, "Subject": made, "Creator": program, "Producer": program, "CreationDate": None}
        return {"Title": title, "Description": made, "Software": program}


def comma_separated(table: Table[Row], rule: str) -> str:
    """Write a table as RFC 4180 text; each row says by which rule, as of when and with which program it was made.

    A cell that a spreadsheet would run as a formula is kept from it by a quote.
    """
    made = (rule, table.provenance.data_as_of.isoformat(), f"llmsurvey {table.provenance.version}")
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow((*table.columns, "rule", "data_as_of", "program"))
    writer.writerows([_cell(cell) for cell in (*row, *made)] for row in table.rows)
    return sheet.getvalue()


def _cell(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = readable(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
