"""Models of the catalogue beside what the scaling laws say of their size, data and compute."""

from collections.abc import Iterator
from dataclasses import dataclass

from llmsurvey.knowledge.catalogue import Knowledge
from llmsurvey.knowledge.model import Model
from llmsurvey.knowledge.scaling import FLOP_A_PARAMETER_AND_TOKEN, Allocation, OutOfRange
from llmsurvey.knowledge.scaling_laws import LAWS


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
    """Return every model that has parameters and training tokens, in the order of the catalogue."""
    return tuple(_trained(knowledge))


def _trained(knowledge: Knowledge) -> Iterator[Trained]:
    laws = {name: make() for name, make in LAWS.items()}
    for model in knowledge.models:
        parameters, tokens = model.active_parameters or model.parameters, model.training_tokens
        if parameters and tokens:
            yield Trained(
                model,
                parameters,
                tokens,
                {name: law.loss(parameters, tokens) for name, law in laws.items()},
                laws["chinchilla"].optimum(FLOP_A_PARAMETER_AND_TOKEN * float(parameters) * tokens),
                tuple(warning for law in laws.values() for warning in law.warnings(parameters, tokens)),
            )
