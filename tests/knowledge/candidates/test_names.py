"""Names are read as they stand in prose, and common words are not names."""

import pytest

from llmsurvey.knowledge.candidates.names import is_distinct, is_name, names_at


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Foo3, a model", ("Foo3",)),
        ("Foo-VL Technical Report", ("Foo-VL",)),
        ("dots.foo1 is", ("dots.foo1",)),
        ("Foo v2 Small: a model", ("Foo v2 Small",)),
        ("Foo-4-Mini and Foo-4-Large, two models", ("Foo-4-Mini", "Foo-4-Large")),
        ("Foo-7B, 13B and 70B, three models", ("Foo-7B", "Foo-13B", "Foo-70B")),
        ("Foo and its quantized variant Foo-Q, a pair", ("Foo", "Foo-Q")),
        ("Fine Old Objects (FOO), a model", ("FOO",)),
        ("Foo (a model) is", ("Foo",)),
        ("Foo's first model", None),
        ("Large Language Models are", None),
        ("Vision-Language Models", None),
        ("7B-parameter models", None),
        ("Scaling Context, not parameters", None),
        ("When Reasoning Ends", None),
        ("a model", None),
        ("", None),
    ],
)
def test_names_are_read_where_they_begin(text: str, names: tuple[str, ...] | None) -> None:
    """One or several; a name written out gives way to its short form."""
    named = names_at(text, 0)
    assert (named.names if named else None) == names


def test_a_name_needs_more_than_common_words() -> None:
    """Sizes, versions and the words of the field name nothing in particular."""
    assert is_name("Foo 2")
    assert not any(map(is_name, ("Large Model", "GRPO", "7B", "v2", "2B-Parameter", "Multimodal")))


def test_a_distinct_name_cannot_be_a_common_word() -> None:
    """It has a digit, or a capital behind its first letter."""
    assert all(map(is_distinct, ("Foo3", "FooBar")))
    assert not any(map(is_distinct, ("Insertion", "Arrow-Guided")))
