"""The glance at a block: no phrase is overlooked, however it is written, and most lines are spared."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stringzilla import utf8_uncased_search

from llmsurvey.harvest.glance import Glance, _all
from llmsurvey.phrase import Phrase, Rule, matches
from tests.texts import texts

PHRASES = ("language model", "Language Models", "large language model", "gas", "naïve Bayes")
words = st.sampled_from(
    ["language", "LANGUAGE", "LaNgUaGe", "models", "gas", "Naive", "naïve", "Bayes", "x", "\u212aelvin", "lánguage"]
)
written = texts | st.lists(words, min_size=1, max_size=9).map(" ".join) | st.lists(words, max_size=4).map("-".join)


def _looked_at(glance: Glance, block: bytes) -> set[int]:
    """Return the numbers of the lines that are not spared: by their places, or as their texts are no ASCII."""
    ends, end = list[int](), 0
    lines = block.splitlines(keepends=True)
    for line in lines:
        end += len(line)
        ends.append(end)
    places = set(glance.places(block))
    return {
        number
        for number, (line, end) in enumerate(zip(lines, ends, strict=True))
        if not all(json.loads(line).get(key, "").isascii() for key in ("title", "abstract"))
        or any(end - len(line) <= place < end for place in places)
    }


@settings(max_examples=150)
@given(fields=st.lists(st.tuples(written, written), min_size=1, max_size=5), escaped=st.booleans())
def test_a_line_that_is_spared_holds_no_phrase(fields: list[tuple[str, str]], *, escaped: bool) -> None:
    """With letters as they are or as escapes, in small letters, capitals or both, with accents or without."""
    glance = Glance(PHRASES)
    lines = [json.dumps({"title": title, "abstract": abstract}, ensure_ascii=escaped) for title, abstract in fields]
    block = "".join(f"{line}\n" for line in lines).encode(errors="replace")
    looked_at = _looked_at(glance, block)
    for number, (title, abstract) in enumerate(fields):
        hit = any(matches(rule, Phrase(text), (title, abstract)) for text in PHRASES for rule in Rule)
        assert glance(title, abstract) == hit
        assert not hit or number in looked_at


def test_letters_may_be_written_as_escapes() -> None:
    """JSON may write any letter by its number."""
    lines = (
        rb"l\u0061nguage models",
        rb"toys",
        rb"Language\u0020models",
        rb"gra\u0070hs",
        rb"lan\u00e9guage models",
        rb"\u00f6 toys",
    )
    block = b"".join(b'{"title": "%s", "abstract": ""}\n' % each for each in lines)
    assert _looked_at(Glance(("language model",)), block) == {0, 2, 3, 4, 5}


@pytest.mark.parametrize("between", [" ", "-", "\n", "\\", '\t "', "_", "} {", " / ", "\b"])
def test_words_are_side_by_side_whatever_parts_them(between: str) -> None:
    """White space, punctuation, and all that JSON writes as an escape."""
    block = f"{json.dumps({'title': f'Large Languages{between}Modelling'})}\n".encode()
    assert _looked_at(Glance(("language model",)), block) == {0}


def test_words_that_are_not_side_by_side_are_spared() -> None:
    """A line is read for a phrase, not for one of its words."""
    block = b'{"title": "A language and its models"}\n{"title": "Language. Model"}\n{"title": "language amodel"}\n'
    assert _looked_at(Glance(("language model",)), block) == {1}


@pytest.mark.parametrize("needle", ["langua", "gp", "x", "transform", "0704", "sk", "fi", "ss"])
@given(data=st.data())
@settings(max_examples=60)
def test_the_search_of_the_library_finds_what_python_finds(needle: str, data: st.DataObject) -> None:
    """In every line of UTF-8, at every place, in small letters and capitals, with bytes of any kind around it."""
    piece = st.sampled_from([needle, needle.upper(), needle.title(), needle[:-1], needle[1:], " " * 40, "-~[`@{"])
    good_line = st.lists(piece | st.text(max_size=9), max_size=20).map("".join)
    any_line = st.binary(max_size=70) | good_line.map(lambda text: text.encode(errors="replace"))
    lines = data.draw(st.lists(any_line.map(lambda line: line.replace(b"\n", b"")), max_size=5))
    block, begin = b"\n".join(lines), 0
    found = set(_all(utf8_uncased_search, block, needle.encode()))
    for line in lines:
        if _is_utf8(line):
            here = {at - begin for at in found if begin <= at < begin + len(line)}
            assert here >= set(_all(bytes.find, line.lower(), needle.encode()))
        begin += len(line) + 1


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
