"""The formats papers can be exported in: one line each. A new format is one new file here and one line in the table."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from llmsurvey.errors import BadUsage
from llmsurvey.exports.bibtex import Rivals, bibtex
from llmsurvey.exports.csl import csl
from llmsurvey.exports.ris import ris
from llmsurvey.exports.tables import csv, jsonl
from llmsurvey.paper import Paper

Export = Callable[[Iterable[Paper]], Iterator[str]]
"""From papers to text, piece by piece. Line ends are part of the text: write it with newline=""."""

FORMATS: Mapping[str, Export] = MappingProxyType(
    {
        "bibtex": bibtex,
        "ris": ris,
        "csl": csl,
        "csv": csv,
        "jsonl": jsonl,
    }
)


def exported(papers: Iterable[Paper], name: str, rivals: Rivals | None = None) -> Iterator[str]:
    """Export papers in the format of that name; an unknown name is a `BadUsage`, raised before a paper is read.

    `rivals` are asked where papers get keys of their own: in BibTeX.
    """
    if name not in FORMATS:
        raise BadUsage(f"{name!r} is not an export format", hint=f"choose one of {', '.join(FORMATS)}")
    return bibtex(papers, rivals=rivals) if name == "bibtex" and rivals else FORMATS[name](papers)
