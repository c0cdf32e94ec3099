"""Kaplan's scaling laws: one loss for each of size, data and compute alone, and what they bound together."""

from dataclasses import dataclass

from llmsurvey.knowledge.scaling import FLOP_A_PARAMETER_AND_TOKEN, PF_DAY, Allocation, Fitted, positive


@dataclass(frozen=True, slots=True)
class Kaplan(Fitted):
    """Three power laws, each for the case that the other two factors do not limit.

    Kaplan et al. 2020, arXiv:2001.08361:
    L(N) = (N_c/N)^alpha_N, L(D) = (D_c/D)^alpha_D, L(C) = (C_c/C)^alpha_C (the survey's equation 1). N counts
    non-embedding parameters. The paper's law of both at once, and its rule for splitting a budget, have constants of
    their own, which are not among the facts this project is built on; what follows from the three laws is given here.
    """

    alpha_n: float
    n_c: float
    """Non-embedding parameters."""
    alpha_d: float
    d_c: float
    """Tokens."""
    alpha_c: float
    c_c: float
    """PF-days."""

    def loss_by_parameters(self, parameters: float) -> float:
        """Predict the loss of a model of a size trained to convergence on enough data: L(N)."""
        positive(parameters=parameters)
        return float((self.n_c / parameters) ** self.alpha_n)

    def loss_by_tokens(self, tokens: float) -> float:
        """Predict the loss of a large enough model trained on some tokens: L(D)."""
        positive(tokens=tokens)
        return float((self.d_c / tokens) ** self.alpha_d)

    def loss_by_compute(self, flops: float) -> float:
        """Predict the loss of a compute budget well spent: L(C)."""
        positive(flops=flops)
        return float((self.c_c / (flops / PF_DAY)) ** self.alpha_c)

    @property
    def loss_caveat(self) -> str:
        """What must be known of a loss by this law."""
        return "a bound: the loss is at least this; parameters are counted without embeddings"

    def loss(self, parameters: float, tokens: float) -> float:
        """Bound the loss of a size and an amount of data from below, by the one that limits more.

        The loss is at least L(N), and at least L(D); near the crossing of the two it is higher than either.
        """
        return max(self.loss_by_parameters(parameters), self.loss_by_tokens(tokens))

    def optimum(self, flops: float) -> Allocation:
        """Bound how a budget well spent is split.

        Well spent, C reaches the loss L(C). No model reaches it with fewer parameters than L(N) = L(C) asks for, so
        N is at least N_c (C/C_c)^(alpha_C / alpha_N); by C = 6ND, D is then at most C / 6N. The exponents of the two
        bounds are 0.66 and 0.34: compute goes into size first, unlike Chinchilla's.
        """
        loss = self.loss_by_compute(flops)
        parameters = self.n_c * (flops / PF_DAY / self.c_c) ** (self.alpha_c / self.alpha_n)
        tokens = flops / (FLOP_A_PARAMETER_AND_TOKEN * parameters)
        return Allocation(
            law=self.name,
            flops=flops,
            parameters=parameters,
            tokens=tokens,
            loss=loss,
            exact=False,
            caveat="a bound: at least so many non-embedding parameters, at most so many tokens",
            warnings=self.warnings(parameters, tokens),
        )
