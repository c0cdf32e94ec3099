"""Markdown: text from outside is made plain text, whatever it holds. Templates write it only through this."""

import re
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from llmsurvey.figures.style import readable

_TEMPLATES = Path(__file__).parent / "templates"
_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~$])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;"}
_LIST = re.compile(r"^(?:([-+])|(\d+)([.)])(?!\S))")
"""What opens a list, or continues a list's own dash to a rule across the page, at the beginning of a text."""
_LINK = re.compile(r"(?i)(https?|ftp|mailto)(:)|(\bwww)(\.)")


class Markdown(str):
    """Text that is Markdown on purpose and passes a template as it is."""

    __slots__ = ()


def plain(value: object) -> str:
    """Return a value as text that Markdown shows letter by letter, in one line, also inside a table.

    Nothing in it can open markup, HTML, a formula, a link, a list or a mention; `Markdown` passes unchanged.
    """
    if isinstance(value, Markdown):
        return value
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "–"}[value]
    if isinstance(value, int):
        return f"{value:,}"
    text = readable(str(value))
    text = _SPECIAL.sub(r"\\\1", text)
    text = "".join(_ENTITIES.get(letter, letter) for letter in text)
    text = _LIST.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", text)
    return _LINK.sub(lambda found: f"{found[1]}&#58;" if found[1] else f"{found[3]}&#46;", text)


def rendered(template: str, content: Mapping[str, object]) -> str:
    """Fill a template; every value in it goes through `plain`, and a name without a value is an error."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        finalize=plain,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - this is Markdown: `plain` escapes it, and HTML with it
    )
    return environment.get_template(f"{template}.md.j2").render(content)
