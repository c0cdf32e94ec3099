"""Epoch AI's table "All AI models": rows into entries.

Columns as the publisher explains them at epoch.ai/data/ai-models-documentation. A number's confidence is the
catalogue's word for a whole row.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from llmsurvey.knowledge.layer import Asset, Remark
from llmsurvey.knowledge.model import Access
from llmsurvey.sources.catalogue_table import Row
from llmsurvey.sources.cells import UnreadableError, arxiv_id, day, number, parts, web_address

NAME = "Model"
REQUIRED = ("Organization", "Publication date", "Parameters", "Model accessibility", "Base model", "Domain")

_ACCESS = {
    "Open weights (unrestricted)": Access.OPEN_WEIGHTS,
    "Open weights (restricted use)": Access.OPEN_WEIGHTS,
    "Open weights (non-commercial)": Access.OPEN_WEIGHTS,
    "API access": Access.API,
    "Hosted access (no API)": Access.CLOSED,
    "Unreleased": Access.NEVER_RELEASED,
}
_V = TypeVar("_V")


def assets(rows: Sequence[Row], latest: date) -> tuple[list[Asset], list[Remark], list[Remark]]:
    """Make entries of rows; return also the values that were rejected."""
    names = frozenset(row.name for row in rows)
    rejected: list[Remark] = []
    return [_asset(row, names, latest, rejected) for row in rows], rejected, []


def _asset(row: Row, names: frozenset[str], latest: date, rejected: list[Remark]) -> Asset:
    def taken(column: str, read: Callable[[str], _V]) -> _V | None:
        try:
            return read(row.cell(column))
        except UnreadableError as fault:
            rejected.append(Remark(row.line, row.name, f"{column}: {fault}"))
            return None

    accessibility = row.cell("Model accessibility")
    if accessibility and accessibility not in _ACCESS:
        rejected.append(Remark(row.line, row.name, f"Model accessibility: {accessibility[:60]!r} is not known"))
    return Asset(
        line=row.line,
        name=row.name,
        organisation=", ".join(parts(row.cell("Organization"), ())) or None,
        date=taken("Publication date", lambda text: day(text, latest)),
        arxiv=arxiv_id(row.cell("Link")),
        url=web_address(row.cell("Link")),
        parameters=taken("Parameters", number),
        training_tokens=taken("Training dataset size (datapoints)", number) if _counts_tokens(row) else None,
        access=_ACCESS.get(accessibility),
        domains=tuple(each.casefold() for each in parts(row.cell("Domain"), ())),
        confidence=row.cell("Confidence") or None,
        bases=parts(row.cell("Base model"), names),
    )


def _counts_tokens(row: Row) -> bool:
    """Tell whether a row's data points are the tokens of one pass of pre-training: its notes say tokens, not words.

    A model with a base was trained on these on top of the base's own.
    """
    notes = row.cell("Dataset size notes").casefold()
    once = row.cell("Epochs") in {"", "1", "1.0"}
    return (
        once
        and not row.cell("Base model")
        and "token" in notes
        and "word" not in notes
        and "Language" in row.cell("Domain")
    )
