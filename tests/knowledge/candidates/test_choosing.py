"""One candidate is chosen by the name that a person gives."""

import pytest

from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.candidates.choosing import called, the_one
from llmsurvey.knowledge.catalogue import Knowledge
from tests.knowledge.candidates.papers import BAR, FOO, METHOD, introducing


@pytest.mark.parametrize("name", ["Bar", "bar", "BAR-3B", "bar 1b"])
def test_any_spelling_finds_it(name: str, knowledge: Knowledge) -> None:
    """Its own name, one of its sizes, in whatever case."""
    assert the_one(name, called(name, [FOO, BAR]), knowledge).name == "Bar"


def test_a_name_that_no_paper_introduces_is_refused(knowledge: Knowledge) -> None:
    """Baz is a framework; Nothing stands nowhere."""
    for name in ("Baz", "Nothing"):
        with pytest.raises(BadUsage, match="no stored paper introduces"):
            the_one(name, called(name, [METHOD]), knowledge)


def test_a_model_of_the_catalogue_is_no_candidate(knowledge: Knowledge) -> None:
    """The message says that it is there already."""
    with pytest.raises(BadUsage, match="BLOOM is in the catalogue already"):
        the_one("bloom 7B", (), knowledge)


def test_a_name_of_several_papers_needs_the_paper(knowledge: Knowledge) -> None:
    """The message names the papers."""
    papers = [introducing("Qux"), introducing("Qux", arxiv_id="2503.00002")]
    with pytest.raises(BadUsage, match=r"--paper 2503\.00001.*--paper 2503\.00002"):
        the_one("Qux", called("Qux", papers), knowledge)


def test_a_sure_find_goes_before_a_mere_mention(knowledge: Knowledge) -> None:
    """A paper that only trains a model of that name does not make the name ambiguous."""
    mention = introducing("Other", "a language model. We fine-tune Qux, a language model", arxiv_id="2503.00009")
    assert the_one("Qux", called("Qux", [mention, introducing("Qux")]), knowledge).arxiv_id == "2503.00001"
