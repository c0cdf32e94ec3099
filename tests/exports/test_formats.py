"""The table of formats."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from typing import Any, get_type_hints

import pytest

from llmsurvey import exports
from llmsurvey.errors import BadUsage
from llmsurvey.exports.formats import FORMATS, exported
from llmsurvey.paper import Paper
from tests.exports.papers import UGLY, a_paper


def is_export(function: Callable[..., Any]) -> bool:
    """Tell an export by its shape: from papers to pieces of text."""
    hints = get_type_hints(function)
    return hints.get("papers") == Iterable[Paper] and hints.get("return") == Iterator[str]


def public_exports() -> dict[str, Callable[..., Any]]:
    """Find every public export of the package, whether or not the table has it."""
    found: dict[str, Callable[..., Any]] = {}
    for info in pkgutil.iter_modules(exports.__path__):
        module = importlib.import_module(f"llmsurvey.exports.{info.name}")
        found |= {
            name: function
            for name, function in inspect.getmembers(module, inspect.isfunction)
            if function.__module__ == module.__name__ and not name.startswith("_") and is_export(function)
        }
    found.pop("exported")
    return found


def test_every_export_has_its_line_in_the_table() -> None:
    """A format that was written but not registered fails here."""
    assert public_exports() == dict(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_streams(name: str) -> None:
    """A generator goes in, pieces come out, and ugly papers are no exception."""
    assert len(list(exported((paper for paper in UGLY), name))) >= len(UGLY)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_text_that_a_file_can_hold(name: str) -> None:
    """Every piece can be written as UTF-8."""
    assert "".join(exported(UGLY, name)).encode()


def test_an_unknown_format_is_named_with_those_that_exist() -> None:
    """The error comes at once and lists the formats."""
    with pytest.raises(BadUsage, match="endnote") as refused:
        exported([a_paper()], "endnote")
    assert "bibtex" in refused.value.hint
