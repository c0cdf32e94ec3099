"""What scaling laws have in common: units, the split of a budget, the range a law was fitted on.

Units throughout: parameters and tokens are counts, compute is in FLOP, losses are cross-entropies in nats a token.
Training a model of N parameters on D tokens costs about C = 6ND FLOP.
"""

from dataclasses import dataclass
from math import isfinite
from typing import Protocol

from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.quantity import written

FLOP_A_PARAMETER_AND_TOKEN = 6
"""C = 6ND: two for the forward and four for the backward pass."""
PF_DAY = 1e15 * 24 * 3600
"""FLOP in a petaFLOP-day."""
LOSS_UNIT = "nats a token"


@dataclass(frozen=True, slots=True)
class OutOfRange:
    """A warning: a law is asked about a size that it was not fitted on."""

    law: str
    quantity: str
    """`parameters` or `tokens`."""
    value: float
    low: float
    high: float

    def __str__(self) -> str:
        side = "above" if self.value > self.high else "below"
        return (
            f"{written(self.value)} {self.quantity} lie {side} the range the {self.law} law was fitted on, "
            f"{written(self.low)} to {written(self.high)}"
        )


@dataclass(frozen=True, slots=True)
class Allocation:
    """How a law spends a compute budget."""

    law: str
    flops: float
    parameters: float
    tokens: float
    loss: float
    """Predicted, nats a token."""
    exact: bool
    """True: this minimises the law's loss. False: it follows a rule fitted to the best runs."""
    caveat: str
    warnings: tuple[OutOfRange, ...]

    @property
    def tokens_a_parameter(self) -> float:
        """Training tokens for each parameter."""
        return self.tokens / self.parameters


class Law(Protocol):
    """What one may ask of a scaling law."""

    @property
    def name(self) -> str:
        """`kaplan` or `chinchilla`."""

    @property
    def source(self) -> str:
        """Where its constants come from."""

    @property
    def loss_caveat(self) -> str:
        """What must be known of a loss by this law; empty where nothing must."""

    def loss(self, parameters: float, tokens: float) -> float:
        """Predict the loss of a model of a size after training on some tokens."""

    def optimum(self, flops: float) -> Allocation:
        """Spend a compute budget; `BadUsage` unless it is positive and finite."""

    def warnings(self, parameters: float, tokens: float) -> tuple[OutOfRange, ...]:
        """Tell which of the two sizes lie outside the range the law was fitted on."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """What every law has: a name, a source, and the range it was fitted on."""

    name: str
    source: str
    parameters_fitted: tuple[float, float]
    """Smallest and largest model the law was fitted on."""
    tokens_fitted: tuple[float, float]
    """Smallest and largest amount of data it was fitted on."""

    @property
    def loss_caveat(self) -> str:
        """What must be known of a loss by this law; empty where nothing must."""
        return ""

    def warnings(self, parameters: float, tokens: float) -> tuple[OutOfRange, ...]:
        """Tell which of the two sizes lie outside the range the law was fitted on."""
        asked = (
            OutOfRange(self.name, "parameters", parameters, *self.parameters_fitted),
            OutOfRange(self.name, "tokens", tokens, *self.tokens_fitted),
        )
        return tuple(one for one in asked if not one.low <= one.value <= one.high)


def positive(**sizes: float) -> None:
    """Refuse what cannot be a size; the names of the arguments stand in the message."""
    for name, value in sizes.items():
        if not (isfinite(value) and value > 0):
            raise BadUsage(f"{value} {name} cannot be", hint="write a number above 0, such as 70B or 5.76e23")
