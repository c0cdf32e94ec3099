"""The forms in which the lineage leaves this program. Adding one is one file and one line here."""

from collections.abc import Callable
from dataclasses import dataclass

from llmsurvey.errors import BadUsage
from llmsurvey.lineage.dot import dot
from llmsurvey.lineage.graph import Lineage
from llmsurvey.lineage.graphml import graphml
from llmsurvey.lineage.mermaid import mermaid
from llmsurvey.lineage.node_link import node_link


@dataclass(frozen=True, slots=True)
class Format:
    """One form: the function that writes it, and the endings of its files."""

    write: Callable[[Lineage], str]
    endings: tuple[str, ...]


FORMATS = {
    "graphml": Format(graphml, (".graphml", ".xml")),
    "dot": Format(dot, (".dot", ".gv")),
    "mermaid": Format(mermaid, (".mmd", ".mermaid")),
    "json": Format(node_link, (".json",)),
}
"""Every form by the name it is asked for."""


def format_named(name: str) -> Format:
    """Return a form by its name; `BadUsage` where there is none."""
    found = FORMATS.get(name.casefold())
    if found is None:
        raise BadUsage(f"no format is called {name!r}", hint=f"known: {', '.join(FORMATS)}")
    return found


def format_of_file(file_name: str) -> Format:
    """Return the form that a file's ending stands for; `BadUsage` where it stands for none."""
    for each in FORMATS.values():
        if file_name.casefold().endswith(each.endings):
            return each
    raise BadUsage(f"the ending of {file_name!r} names no format", hint=f"add --format: {', '.join(FORMATS)}")
