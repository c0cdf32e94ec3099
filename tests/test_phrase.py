"""A phrase matches by two rules, and the full-text index agrees with both."""

from itertools import islice

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from llmsurvey.errors import BadUsage
from llmsurvey.phrase import LONGEST, Phrase, Rule, matches
from llmsurvey.tokens import plain, tokens
from tests.full_text import FullText
from tests.real_papers import real_papers, wants_real_papers
from tests.texts import CORNERS, texts

INDEX = FullText()
MODEL = Phrase("language model")

phrases = st.sampled_from(
    [
        "language model",
        "large language models",
        "gas",
        "bus",
        "models",
        "capability",
        "C++",
        "GPT-3.5",
        "p-value",
        "naïve",
        "\u0131",
        "s",
        "of the",
        "a၁ed",
        "语言 模型",
        "\u004belvin",
        "über-model",
        "-model-",
        "state-of-the-art",
    ]
).map(Phrase)
pieces = st.sampled_from(
    [
        "language",
        "Language",
        "LANGUAGES",
        "languáge",
        "languáge",
        "languaging",
        "large",
        "model",
        "models",
        "Modeling",
        "modelling",
        "modél",
        "modeĺ",
        "\\emph{model}",
        "model's",
        "mode",
        "remodel",
        "gas",
        "gass",
        "gases",
        "ga",
        "bus",
        "buses",
        "bu",
        "busses",
        "capabilities",
        "capable",
        "C++",
        "c++s",
        "GPT",
        "3.5",
        "p",
        "value",
        "naïve",
        "naïve",
        "\u0131",
        "i",
        "s",
        "\u017f",
        "of",
        "the",
        "a၁ed",
        "语言",
        "模型",
        "\u212aelvin",
        "Über",
        "art",
        "state",
    ]
)
gaps = st.sampled_from(
    [
        " ",
        " ",
        " ",
        "-",
        "  ",
        "\n",
        "\t ",
        "\xa0",
        "\u2010",
        "\u2011",
        "--",
        " - ",
        "\u2013",
        ", ",
        ". ",
        "_",
        "~",
        "}{",
        "/",
        "",
    ]
) | st.sampled_from(CORNERS)
documents = st.lists(st.tuples(pieces, gaps), max_size=12).map(lambda parts: "".join(map("".join, parts)))
"""Documents of a small vocabulary, in which phrases stand whole, bent, cut and run together."""


@pytest.mark.parametrize(
    ("text", "stemmed", "exact"),
    [
        ("A language model", True, True),
        ("Language Models", True, True),
        ("LANGUAGE-MODEL", True, True),
        ("language\n   model", True, True),
        ("language\u2010models", True, True),
        ("(language model)", True, True),
        ("\\emph{language model}", True, True),
        ("vision-language models", True, True),
        ("the language model's size", True, True),
        ("大 language model 语言", True, True),
        ("language modeling", True, False),
        ("language-modelling", True, False),
        ("langu\u00e1ge model", True, False),
        ("language mode\u0301l", True, False),
        ("languages model", True, False),
        ("language, model", True, False),
        ("language--model", True, False),
        ("language \\emph{model}", False, False),
        ("language_model", True, False),
        ("language \u2013 model", True, False),
        ("language remodel", False, False),
        ("metalanguage model", False, False),
        ("语language model", False, False),
        ("language modelx", False, False),
        ("language model\u0301ed", True, False),
        ("model language", False, False),
        ("language large model", False, False),
        ("languagemodel", False, False),
        ("language", False, False),
        ("", False, False),
    ],
)
def test_the_two_rules_tell_texts_apart(text: str, *, stemmed: bool, exact: bool) -> None:
    """Each rule finds its phrase where its words say so, and nowhere else."""
    assert MODEL.stemmed_in(text) is stemmed
    assert MODEL.written_in(text) is exact


@pytest.mark.parametrize(
    ("phrase", "text", "exact"),
    [
        ("gas", "the gas", True),
        ("gas", "the gass", True),
        ("gas", "the ga", False),
        ("C++", "in C++.", True),
        ("C++", "many C++s", True),
        ("C++", "in C", False),
        ("GPT-3.5", "gpt 3.5 and", True),
        ("GPT-3.5", "GPT-3.55", False),
        ("GPT-3.5", "GPT-3x5", False),
        ("p-value", "p values", True),
        ("-model-", "a model", True),
        ("a.b", "axb", False),
        ("\u0131", "i", False),
        ("\u212aelvin", "kelvin", True),
        ("na\u00efve", "naive", False),
        ("na\u00efve", "NA\u00cfVE", True),
    ],
)
def test_the_exact_rule_takes_the_words_literally(phrase: str, text: str, *, exact: bool) -> None:
    """Punctuation within a phrase is meant, an "s" is added but never taken away, only case is folded."""
    assert Phrase(phrase).written_in(text) is exact


@pytest.mark.parametrize("text", ["", " ", "\n", "*", '"', '""', "-", "+-/", "…", "\u0301", "\u2010", "( )"])
def test_a_phrase_without_a_word_is_refused(text: str) -> None:
    """What holds no letter or digit cannot be counted."""
    with pytest.raises(BadUsage, match="no word to look for"):
        Phrase(text)


@pytest.mark.parametrize("text", ["a\0b", "\0", "model \ud800", "\udcff"])
def test_a_phrase_that_is_no_text_is_refused(text: str) -> None:
    """NUL and halves of characters, which no database takes, are named as the fault."""
    with pytest.raises(BadUsage, match="character that no text has"):
        Phrase(text)


def test_a_phrase_has_a_longest_length() -> None:
    """The bound counts characters once white space is folded."""
    assert len(Phrase(f"  {'x' * LONGEST}\n").text) == LONGEST
    with pytest.raises(BadUsage, match=f"{LONGEST + 1} characters"):
        Phrase("x" * (LONGEST + 1))


@pytest.mark.parametrize(
    "text",
    [
        "NEAR(a b)",
        "a OR b",
        "NOT model",
        "mod*",
        '"model"',
        "'; DROP TABLE paper; --",
        "title : model",
        "a AND",
        "^a",
        "{a",
        "x",
        "7",
        "语",
        "модель",
        "x(.*)+$",
        "[a",
        "a{9}",
        "\\d",
        "?x",
        "a|b",
        "C++",
        "$x_{1}$",
    ],
)
@pytest.mark.parametrize("rule", Rule)
def test_operators_have_no_meaning_in_a_phrase(text: str, rule: Rule) -> None:
    """Whatever a query language would make of it, a phrase stands for its words, and matches itself."""
    assert matches(rule, Phrase(text), [f"on {text} here"])
    assert not matches(rule, Phrase(text), ["something else"])
    assert INDEX.hold(f"on {text} here").finds(Phrase(text).tokens)


@pytest.mark.parametrize("rule", Rule)
def test_a_phrase_split_between_title_and_abstract_does_not_match(rule: Rule) -> None:
    """Words stand side by side within one field only, but any field will do."""
    assert not matches(rule, MODEL, ["On language", "model size"])
    assert not INDEX.hold("On language", "model size").finds(MODEL.tokens)
    assert matches(rule, MODEL, ["On", "language model"])
    assert matches(rule, MODEL, ["language model", ""])
    assert not matches(rule, MODEL, [])


@given(phrases, documents, documents)
@example(Phrase("a\u1041ed"), "a\u1041ing", "")
def test_the_stemmed_rule_agrees_with_the_index(phrase: Phrase, title: str, abstract: str) -> None:
    """The full-text index finds a document exactly where the stemmed rule matches it."""
    found = INDEX.hold(title, abstract).finds(phrase.tokens)
    assert found is (phrase.stemmed_in(title) or phrase.stemmed_in(abstract))
    assert found is matches(Rule.STEMMED, phrase, [title, abstract])


@given(phrases, documents)
@example(Phrase("gas"), "gass")
@example(Phrase("\u0131"), "i")
@example(Phrase("model"), "model\u0301ing mod\u00e9l")
def test_what_is_written_is_found_by_the_index_as_the_phrase_or_its_plural(phrase: Phrase, text: str) -> None:
    """The index gives all candidates for the exact rule, as stems or as tokens."""
    if phrase.written_in(text):
        plural = (*phrase.tokens[:-1], phrase.tokens[-1] + "s")
        assert INDEX.hold(text).finds(phrase.tokens, plural)
        found = [FULL.stemmed_in(text) for FULL in (phrase, Phrase(" ".join(plural)))]
        assert any(found)
        assert matches(Rule.EXACT, phrase, [text])


@given(phrases, st.lists(documents | texts, max_size=3), st.sampled_from(Rule))
def test_the_needle_never_loses_a_match(phrase: Phrase, fields: list[str], rule: Rule) -> None:
    """The shortcut of `matches` gives the answer of the rule itself."""
    test = phrase.stemmed_in if rule is Rule.STEMMED else phrase.written_in
    assert matches(rule, phrase, fields) is any(test(field) for field in fields)


@given(texts)
def test_the_needle_stands_in_every_text_with_the_phrase(text: str) -> None:
    """Each word of a text, taken as a phrase, has a needle that the plain text holds, and matches the text."""
    for token in tokens(text):
        phrase = Phrase(token[:LONGEST])
        assert phrase.needle in plain(token)
        assert matches(Rule.STEMMED, phrase, [text])


@given(texts, texts)
def test_words_match_between_any_other_words(before: str, after: str) -> None:
    """A phrase matches by both rules wherever it stands between blanks."""
    text = f"{before} language model {after}"
    assert matches(Rule.STEMMED, MODEL, [text])
    # An accent on a blank belongs to no word, yet makes the border doubtful.
    assert matches(Rule.EXACT, MODEL, [text]) or after[:1] in CORNERS


@given(phrases, st.sampled_from(Rule), documents)
def test_case_and_white_space_do_not_matter(phrase: Phrase, rule: Rule, text: str) -> None:
    """A text matches as its upper case does, with every run of white space made one blank."""
    if text.isascii():
        assert matches(rule, phrase, [text]) is matches(rule, phrase, [" ".join(text.upper().split())])


@given(phrases, phrases, documents)
def test_a_phrase_covers_another_if_it_matches_wherever_that_does(wide: Phrase, narrow: Phrase, text: str) -> None:
    """No text with the narrower phrase is without the wider one, and the narrower one itself proves the converse."""
    if wide.covers(narrow):
        assert not narrow.stemmed_in(text) or wide.stemmed_in(text)
    assert wide.covers(narrow) is wide.stemmed_in(narrow.text)


def test_language_model_covers_large_language_model() -> None:
    """The broader of the two tracked phrases covers the other one, not the reverse."""
    large = Phrase("Large Language Models")
    assert MODEL.covers(large)
    assert MODEL.covers(MODEL)
    assert not large.covers(MODEL)


def test_phrases_are_equal_by_their_text() -> None:
    """White space does not tell phrases apart; they can be keys and print as they are."""
    assert {Phrase(" language\nmodel "): 1}[MODEL] == 1
    assert Phrase("model") != MODEL
    assert str(MODEL) == "language model"
    assert repr(MODEL) == "Phrase('language model')"
    assert MODEL != "language model"


def test_a_megabyte_of_text_is_searched_in_one_pass() -> None:
    """Near misses in great number, and one gap of a megabyte, do not slow the rules down beyond measure."""
    near = "language " * 100_000
    assert not matches(Rule.EXACT, MODEL, [near])
    assert not matches(Rule.STEMMED, MODEL, [near])
    assert matches(Rule.EXACT, MODEL, ["language" + " " * 1_000_000 + "model"])


@wants_real_papers
def test_the_index_agrees_on_real_abstracts() -> None:
    """On abstracts with the word "language" the stemmed rule says what the index says, and covers the exact one."""
    some = [paper.abstract for paper in islice(real_papers("arxiv-lm-2018-2025"), 1000)]
    for text in some:
        assert MODEL.stemmed_in(text) is INDEX.hold(text).finds(MODEL.tokens)
        assert MODEL.stemmed_in(text) or not MODEL.written_in(text)
