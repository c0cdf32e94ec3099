"""The Chinchilla scaling law: one loss for size and data together, and its exact optimum."""

from dataclasses import dataclass

from llmsurvey.knowledge.scaling import FLOP_A_PARAMETER_AND_TOKEN, Allocation, Fitted, positive


@dataclass(frozen=True, slots=True)
class Chinchilla(Fitted):
    """L(N, D) = E + A / N^alpha + B / D^beta (Hoffmann et al. 2022, arXiv:2203.15556; the survey's equation 2)."""

    e: float
    """Loss that neither size nor data removes."""
    a: float
    b: float
    alpha: float
    beta: float

    def loss(self, parameters: float, tokens: float) -> float:
        """Predict the loss of a model of a size after training on some tokens."""
        positive(parameters=parameters, tokens=tokens)
        return float(self.e + self.a / parameters**self.alpha + self.b / tokens**self.beta)

    def optimum(self, flops: float) -> Allocation:
        """Minimise the loss for a compute budget C = 6ND.

        With D = C / 6N the loss is E + A N^-alpha + B (6/C)^beta N^beta. Its derivative by N is zero where

            alpha A N^-(alpha + 1) = beta B (6/C)^beta N^(beta - 1),
            so N^(alpha + beta) = (alpha A / beta B) (C/6)^beta,

        and therefore N = G (C/6)^a with a = beta / (alpha + beta) and G = (alpha A / beta B)^(1 / (alpha + beta)),
        D = G^-1 (C/6)^b with b = alpha / (alpha + beta). The survey (below its equation 3) prints a and b
        swapped; with those exponents the loss is not at its minimum. Hoffmann et al. have it as here (equation 4).
        """
        positive(flops=flops)
        total = self.alpha + self.beta
        scale = (self.alpha * self.a / (self.beta * self.b)) ** (1 / total)
        work = flops / FLOP_A_PARAMETER_AND_TOKEN
        parameters, tokens = scale * work ** (self.beta / total), work ** (self.alpha / total) / scale
        return Allocation(
            law=self.name,
            flops=flops,
            parameters=parameters,
            tokens=tokens,
            loss=self.loss(parameters, tokens),
            exact=True,
            caveat="the survey prints the two exponents swapped; these minimise the loss",
            warnings=self.warnings(parameters, tokens),
        )
