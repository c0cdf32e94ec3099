"""Models beside the scaling laws."""

import pytest

from llmsurvey.knowledge.catalogue import Knowledge
from llmsurvey.knowledge.comparison import trained
from llmsurvey.knowledge.scaling_laws import LAWS, chinchilla


def test_every_model_with_size_and_tokens_is_compared(knowledge: Knowledge) -> None:
    """None is left out, none without both is in."""
    wanted = [each.name for each in knowledge.models if each.parameters and each.training_tokens]
    assert [each.model.name for each in trained(knowledge)] == wanted


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
