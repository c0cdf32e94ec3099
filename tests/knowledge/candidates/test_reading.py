"""A paper yields the models that it introduces, each with sizes, reasons and places."""

from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.knowledge.candidates.candidate import SIZE, SURE
from llmsurvey.knowledge.candidates.reading import introduced
from tests.knowledge.candidates.papers import BAR, FOO, METHOD, introducing
from tests.stored_papers import a_paper
from tests.texts import anything

B = 10**9


def test_a_report_yields_its_model_with_both_sizes() -> None:
    """Total and active parameters are told apart, and the score is the sum of its reasons."""
    (foo,) = introduced(FOO)
    assert (foo.name, foo.parameters, foo.active_parameters) == ("Foo3", 671 * B, 37 * B)
    assert foo.score == sum(each.points for each in foo.evidence) >= SURE
    assert [each.place for each in foo.evidence if each.reason == SIZE] == ["abstract, sentence 2"]


def test_sizes_of_one_model_are_one_candidate() -> None:
    """Bar-1B and Bar-3B are Bar in two sizes; the 70B that it is compared with is not one of them."""
    (bar,) = introduced(BAR)
    assert (bar.name, bar.names, bar.sizes) == ("Bar", ("Bar-1B", "Bar-3B"), (B, 3 * B))


def test_a_method_is_no_candidate_to_be_listed() -> None:
    """Neither is what it is tried on."""
    assert all(each.score < SURE for each in introduced(METHOD))


def test_a_paper_of_another_field_yields_nothing() -> None:
    """Where nothing speaks of language models, nothing is one."""
    assert not list(introduced(a_paper(title="Foo: A Model of Kettles", abstract="We present Foo, a model.")))


def test_sizes_of_other_models_are_not_its_own() -> None:
    """Neither those that it is compared with, nor those that it comes from, nor an older one of its makers."""
    paper = a_paper(
        title="Foo",
        abstract="We present Foo, a language model developed from a 14B model. It equals our previous 100B model. "
        "Foo, with parts of a 532M-parameter encoder, surpasses models of 70B parameters. Our 8B model is free.",
    )
    assert [each.sizes for each in introduced(paper)] == [(8 * B,)]


def test_a_maker_before_the_name_makes_no_other_model() -> None:
    """The title may name it, the abstract leave it out."""
    paper = a_paper(title="Acme Foobar 2 Technical Report", abstract="We present Foobar-2, a 7B language model.")
    (foobar,) = introduced(paper)
    assert (foobar.name, foobar.names, foobar.parameters) == ("Foobar-2", ("Acme Foobar 2",), 7 * B)


def test_a_name_that_ends_like_another_is_its_own() -> None:
    """VX-Foobar is built on Foobar, and is not Foobar."""
    paper = a_paper(
        title="VX-Foobar", abstract="We present VX-Foobar, a language model. We adapt and train Foobar, an LLM."
    )
    assert next(introduced(paper)).name == "VX-Foobar"


def test_a_use_is_not_another_model() -> None:
    """A base and a chat version are one candidate, the active part of a size is read from the name."""
    paper = a_paper(title="Foo", abstract="We release Foo-30B-A3B-Base and Foo-30B-A3B-Chat, two language models.")
    (foo,) = introduced(paper)
    assert (foo.name, foo.parameters, foo.active_parameters) == ("Foo", 30 * B, 3 * B)


def test_a_multimodal_model_counts_where_language_models_are_spoken_of() -> None:
    """Elsewhere it may be of radar and cameras."""
    spoken, unspoken = (
        a_paper(title="Foo", abstract=f"We present Foo, a multimodal model for {what}. It is a foundation model.")
        for what in ("language", "radar")
    )
    assert [each.score >= SURE for each in (*introduced(spoken), *introduced(unspoken))] == [True, False]


def test_no_text_is_too_long() -> None:
    """Of a megabyte that is no abstract only the beginning is read."""
    paper = a_paper(title="Foo", abstract="We present Foo, a 7B language model. " + "We release Foo1, Foo2, " * 50_000)
    assert next(introduced(paper)).parameters == 7 * B


@given(st.text(anything, max_size=60), st.text(anything, max_size=60))
def test_no_text_is_too_ugly(title: str, text: str) -> None:
    """Whatever stands around a phrase, reading ends and each place lies inside its field."""
    paper = a_paper(title=f"{title}: A Language Model", abstract=f"{text} We present Foo-7B, a language model. {text}")
    for candidate in introduced(paper):
        for each in candidate.evidence:
            assert 0 <= each.start < len(getattr(paper, each.field))


@given(st.from_regex(r"\A[A-Z][a-z]{2,8}[A-Z][a-z]{1,5}[0-9]\Z"), st.integers(1, 900))
def test_an_introduced_model_is_found_whatever_its_name(name: str, billions: int) -> None:
    """Its name, its size and the place of both are those of the text."""
    paper = introducing(name, f"a {billions}B language model")
    (found,) = introduced(paper)
    assert (found.name, found.parameters) == (name, billions * B)
    for each in found.evidence:
        text = getattr(paper, each.field)[each.start :]
        assert text.startswith(f"{billions}B" if each.reason == SIZE else name)
