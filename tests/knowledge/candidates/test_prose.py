"""Texts are cut into sentences whose places are those of the stored text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.knowledge.candidates.prose import sentences
from tests.texts import anything


@given(st.text(anything))
def test_sentences_put_together_are_as_long_as_the_text(text: str) -> None:
    """Nothing is lost, and each sentence begins where it says."""
    cut = list(sentences("abstract", text))
    assert sum(len(each.text) for each in cut) == len(text)
    assert [each.start for each in cut] == [sum(len(each.text) for each in cut[:at]) for at in range(len(cut))]
    assert all(len(each.low) == len(each.text) for each in cut)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("We present Foo. It works.", 2),
        ("We use e.g. Bar and i.e. Baz.", 1),
        ("We follow Smith et al. Here it is.", 1),
        ("Foo scores 1.5 points. Bar does not!", 2),
        ("J. Smith said so.", 1),
        ("", 1),
    ],
)
def test_only_ends_of_sentences_cut(text: str, number: int) -> None:
    """Abbreviations, initials and decimal points do not."""
    assert len(list(sentences("abstract", text))) == number


def test_markup_is_blanked_out_in_its_place() -> None:
    r"""`\textbf{Foo}` reads as `Foo`, as far behind the beginning as before."""
    text = r"We present \textbf{Foo}, a model."
    (sentence,) = sentences("abstract", text)
    assert sentence.text.split() == ["We", "present", "Foo", ",", "a", "model."]
    assert sentence.text.index("Foo") == text.index("Foo")
