"""Markdown: what comes from outside shows letter by letter."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markdown_it import MarkdownIt

from llmsurvey.figures.style import readable
from llmsurvey.report.markdown import Markdown, plain, rendered
from tests.figures.invented import UGLY

READER = MarkdownIt("gfm-like", {"linkify": False}).disable("linkify")
TITLES = st.text(alphabet=st.sampled_from("ab1 .-+)(|*_`~<>&[]!#\\$@:/\n\"'wh")) | st.text()


@given(TITLES)
def test_a_reader_sees_the_very_text(title: str) -> None:
    """Read as Markdown, the text is one paragraph of plain letters, the ones it had."""
    tokens = READER.parse(f"x {plain(title)}")
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    assert "".join(child.content for child in children) == f"x {readable(title)}".rstrip()


@given(TITLES)
@example("--")
@example("1) a")
@example("- [ ] a")
def test_a_list_item_holds_no_second_list(title: str) -> None:
    """A title that begins like a list, a heading or a quotation stays text."""
    kinds = [token.type for token in READER.parse(f"- {plain(title)}")]
    assert kinds.count("bullet_list_open") == 1
    assert not {"ordered_list_open", "heading_open", "blockquote_open", "fence", "hr", "html_block"} & set(kinds)


@given(TITLES)
def test_a_table_keeps_its_cells(title: str) -> None:
    """A cell stays one cell."""
    kinds = [token.type for token in READER.parse(f"| a | b |\n|---|---|\n| {plain(title)} | c |")]
    assert kinds.count("td_open") == 2


@pytest.mark.parametrize(
    ("value", "shown"),
    [(12345, "12,345"), (None, "–"), (True, "yes"), (Markdown("*a*"), "*a*"), ("*a*", r"\*a\*"), ("@you", "&#64;you")],
)
def test_values_are_written_as_readers_expect(value: object, shown: str) -> None:
    """Numbers with separators, nothing as a dash, Markdown on purpose as it is."""
    assert plain(value) == shown


def test_no_link_is_made_of_a_title() -> None:
    """Addresses in titles stay text also where a reader would link them by itself."""
    assert "http:" not in plain("see http://example.org and www.example.org")
    assert "www." not in plain("see http://example.org and www.example.org")


def test_a_forgotten_value_is_an_error() -> None:
    """A template that names what is not there does not write an empty line."""
    with pytest.raises(UndefinedError):
        rendered("index", {})


def test_controls_and_direction_marks_are_replaced() -> None:
    """No text can hide or turn what follows it."""
    assert not {"\x00", "\u202e", "\ud800"} & set(plain(UGLY))
