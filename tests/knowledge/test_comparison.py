"""Models beside the scaling laws."""

import pytest

from llmsurvey.knowledge.catalogue import Knowledge
from llmsurvey.knowledge.comparison import beyond_laws, trained
from llmsurvey.knowledge.scaling_laws import LAWS, chinchilla


def test_every_model_with_size_and_tokens_is_compared(knowledge: Knowledge) -> None:
    """None is left out but what no law speaks of, none without both is in."""
    told = [each.name for each in knowledge.models if each.parameters and each.training_tokens]
    compared = [each.model.name for each in trained(knowledge)]
    assert [name for name in told if name not in beyond_laws(knowledge.models)] == compared


def test_a_mixture_without_a_known_active_part_is_named_and_not_compared(knowledge: Knowledge) -> None:
    """Of PanGu-Σ's 1.085T parameters only some work on a token: C = 6ND with all of them would be untrue."""
    assert beyond_laws(knowledge.models) == ("PanGu-Σ",)
    assert knowledge.find("PanGu-Σ").working_parameters is None
    assert knowledge.find("GLaM").working_parameters == 96_600_000_000


def test_chinchilla_has_twenty_tokens_a_parameter(knowledge: Knowledge) -> None:
    """The numbers of a known model: 70B parameters, 1.4T tokens, 5.88e23 FLOP."""
    (found,) = [each for each in trained(knowledge) if each.model.name == "Chinchilla"]
    assert found.tokens_a_parameter == 20
    assert found.flops == pytest.approx(5.88e23)
    assert found.losses["chinchilla"] == chinchilla().loss(70e9, 1.4e12)
    assert list(found.losses) == list(LAWS)


def test_of_a_sparse_model_the_active_parameters_count(knowledge: Knowledge) -> None:
    """DeepSeek-V3 works with 37B of its 671B parameters on each token."""
    (found,) = [each for each in trained(knowledge) if each.model.name == "DeepSeek-V3"]
    assert found.sparse
    assert found.parameters == 37_000_000_000


def test_nothing_beats_the_optimum_of_its_compute(knowledge: Knowledge) -> None:
    """By Chinchilla's law no model of the catalogue has a lower loss than the best split of its own compute."""
    for each in trained(knowledge):
        assert each.optimum.flops == pytest.approx(each.flops)
        assert each.losses["chinchilla"] >= each.optimum.loss - 1e-12
