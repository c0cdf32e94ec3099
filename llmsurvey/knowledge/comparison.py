"""Models of the catalogue beside what the scaling laws say of their size, data and compute."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from llmsurvey.knowledge.catalogue import Knowledge
from llmsurvey.knowledge.model import Model
from llmsurvey.knowledge.scaling import FLOP_A_PARAMETER_AND_TOKEN, Allocation, OutOfRange
from llmsurvey.knowledge.scaling_laws import LAWS

BEYOND_LAWS = "Left out, as no source tells how many parameters of these mixtures of experts work on a token: {}."


@dataclass(frozen=True, slots=True)
class Trained:
    """A model whose size and training tokens are known."""

    model: Model
    parameters: int
    """Those used for each token: fewer than all in a sparse model."""
    tokens: int
    losses: dict[str, float]
    """Predicted loss by each law, nats a token."""
    optimum: Allocation
    """What Chinchilla's law would have done with the same compute."""
    warnings: tuple[OutOfRange, ...]

    @property
    def sparse(self) -> bool:
        """Whether only a part of the parameters works on each token; the laws were fitted on dense models."""
        return self.parameters != self.model.parameters

    @property
    def flops(self) -> float:
        """Training compute by C = 6ND."""
        return FLOP_A_PARAMETER_AND_TOKEN * float(self.parameters) * self.tokens

    @property
    def tokens_a_parameter(self) -> float:
        """Training tokens for each parameter."""
        return self.tokens / self.parameters


def trained(knowledge: Knowledge) -> tuple[Trained, ...]:
    """Return every model whose working parameters and training tokens are known, in the order of the catalogue."""
    return tuple(_trained(knowledge))


def beyond_laws(models: Iterable[Model]) -> tuple[str, ...]:
    """Name the mixtures of experts of known size and tokens of which no source tells how much works on a token."""
    sparse = (model for model in models if model.sparse and model.working_parameters is None)
    return tuple(model.name for model in sparse if model.training_tokens)


def _trained(knowledge: Knowledge) -> Iterator[Trained]:
    laws = {name: make() for name, make in LAWS.items()}
    for model in knowledge.models:
        parameters, tokens = model.working_parameters, model.training_tokens
        if parameters and tokens:
            yield Trained(
                model,
                parameters,
                tokens,
                {name: law.loss(parameters, tokens) for name, law in laws.items()},
                laws["chinchilla"].optimum(FLOP_A_PARAMETER_AND_TOKEN * float(parameters) * tokens),
                tuple(warning for law in laws.values() for warning in law.warnings(parameters, tokens)),
            )
