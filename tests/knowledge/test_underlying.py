"""A user's files over models that only an imported catalogue knows: they correct, hide and join them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from llmsurvey.knowledge.beside import FactsFolder
from llmsurvey.knowledge.catalogue import Knowledge, examined, load, settled_faults
from llmsurvey.knowledge.layer import Asset
from tests.knowledge.conftest import Overlay
from tests.knowledge.layers import entry, layer

B = 10**9
CATALOGUE = (
    entry("Nova", parameters=7 * B, arxiv="2305.00001"),
    entry("Nova", "Beta", "2024-02-01", parameters=9 * B),
    entry("Comet", parameters=3 * B, date="2023-08-01", bases=("Nova", "LLaMA")),
    entry("Rabbit", domains=("games",)),
    entry("Koala", "UC Berkeley", "2023-04-03", bases=("LLaMA",)),
)
EDGE = """
[[edge]]
from = "{}"
to = "{}"
relation = "{}"
evidence = "weak"
source = "our count, page 1"
"""
Over = Callable[..., Knowledge]


@pytest.fixture
def over(tmp_path: Path, overlay: Overlay) -> Over:
    """Return a function that lays a user's text over the curated facts and an invented catalogue."""

    def laid(text: str, assets: tuple[Asset, ...] = CATALOGUE) -> Knowledge:
        folder = FactsFolder(tmp_path / "beside")
        folder.keep(layer(*assets))
        return load([overlay(text)], folder)

    return laid


def test_one_value_of_a_catalogues_model_is_corrected(over: Over) -> None:
    """The others stay the catalogue's, and its own value becomes a conflict."""
    knowledge = over('[[model]]\nname = "nova"\nparameters = "7.2B"\nsource = "our count, page 1"')
    nova = knowledge.find("Nova")
    assert (nova.parameters, nova.source_of("parameters")) == (7_200_000_000, "our count, page 1")
    assert (nova.organisation, nova.arxiv, nova.origin_of("arxiv")) == (
        "Alpha",
        "2305.00001",
        "epoch: invented.csv, line 2",
    )
    (conflict,) = (claim for claim in knowledge.conflicts if claim.model == "Nova")
    assert (conflict.field, conflict.value, conflict.shown) == ("parameters", 7 * B, 7_200_000_000)
    assert knowledge.find("Nova (Beta)").parameters == 9 * B


def test_a_name_that_the_catalogue_was_given_here_is_understood(over: Over) -> None:
    """The second Nova is listed with its maker behind its name, and corrected by that name."""
    knowledge = over('[[model]]\nname = "Nova (Beta)"\nparameters = "8B"\nsource = "our count, page 1"')
    assert [(model.name, model.parameters) for model in knowledge.models if "Nova" in model.name] == [
        ("Nova", 7 * B),
        ("Nova (Beta)", 8 * B),
    ]


def test_what_a_model_is_for_is_kept(over: Over) -> None:
    """A correction makes no language model of one that plays games."""
    rabbit = over('[[model]]\nname = "Rabbit"\nparameters = "1B"\nsource = "our count, page 1"').find("Rabbit")
    assert (rabbit.domains, rabbit.is_language_model) == (("games",), False)


@pytest.mark.parametrize(("hidden", "left"), [("Nova", "Nova (Beta)"), ("Nova (Beta)", "Nova")])
def test_a_catalogues_model_is_hidden(over: Over, hidden: str, left: str) -> None:
    """It alone is gone, and what is told to be made from it stays, without that edge."""
    knowledge = over(f'[[model]]\nname = "{hidden}"\nhide = true')
    assert [model.name for model in knowledge.models if "Nova" in model.name] == [left]
    assert knowledge.laid[0].hidden == ["Nova"]
    assert knowledge.find("Comet")


def test_edges_are_added_between_what_each_knows(over: Over) -> None:
    """From a curated model to a catalogue's, and from one of the catalogue's to another."""
    text = (
        '[[edge]]\nfrom = "{}"\nto = "{}"\nrelation = "fine-tuned"\nevidence = "weak"\nsource = "our count, page 1"\n'
    )
    knowledge = over(text.format("OPT", "Nova") + text.format("nova", "Rabbit"))
    own = [(edge.parent, edge.child) for edge in knowledge.edges if edge.source == "our count, page 1"]
    assert own == [("OPT", "Nova"), ("Nova", "Rabbit")]


def test_a_catalogues_edge_is_hidden_or_regraded(over: Over) -> None:
    """By its ends; a correction needs its relation as well."""
    hidden = over('[[edge]]\nfrom = "Nova"\nto = "Comet"\nhide = true')
    assert [edge.parent for edge in hidden.edges if edge.child == "Comet"] == ["LLaMA"]
    assert hidden.laid[0].hidden == ["Nova → Comet"]
    text = (
        '[[edge]]\nfrom = "Nova"\nto = "Comet"\nrelation = "built-on"\nevidence = "weak"\nsource = "our count, page 1"'
    )
    regraded = [edge for edge in over(text).edges if (edge.parent, edge.child) == ("Nova", "Comet")]
    assert [str(edge.evidence) for edge in regraded] == ["weak"]


def test_a_hidden_curated_edge_does_not_come_back(over: Over) -> None:
    """A catalogue that asserts it too does not bring it in under another relation."""
    knowledge = over('[[edge]]\nfrom = "LLaMA"\nto = "Koala"\nhide = true')
    assert not [edge for edge in knowledge.edges if edge.child == "Koala"]
    assert [edge for edge in over("").edges if edge.child == "Koala"]


def test_a_users_own_model_is_not_taken_for_the_catalogues(over: Over) -> None:
    """An entry that names its maker is a model of its own, however it is called."""
    knowledge = over('[[model]]\nname = "Nova"\norganisation = "Us"\nparameters = "1B"\nsource = "our count, page 1"')
    assert {model.name: model.parameters for model in knowledge.models if "Nova" in model.name} == {
        "Nova": B,
        "Nova (Alpha)": 7 * B,
        "Nova (Beta)": 9 * B,
    }


def test_what_no_catalogue_knows_is_an_error_still(over: Over, tmp_path: Path, overlay: Overlay) -> None:
    """Without the catalogue, or with a name that it lacks; yet it keeps no catalogue from being imported."""
    over("")
    path = overlay(
        '[[model]]\nname = "Novva"\nhide = true\n[[model]]\nname = "Stellar"\nsource = "epoch"\n'
        '[[edge]]\nfrom = "LLaMA"\nto = "Novva"\nhide = true'
    )
    for folder in (None, FactsFolder(tmp_path / "beside")):
        findings = examined([path], folder)[1]
        assert [each.message for each in findings] == ["hides what is not there"] * 2 + ["no organisation"]
        assert all("import the catalogue" in each.hint for each in findings)
    assert settled_faults([path]) == ()
    assert settled_faults([overlay('[[model]]\nname = "OPT"\nparameters = "0"\nsource = "epoch"')])
