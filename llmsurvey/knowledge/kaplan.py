"""Kaplan's scaling laws: one loss for each of size, data and compute alone, and their rule for a compute budget."""

from dataclasses import dataclass

from llmsurvey.knowledge.scaling import FLOP_A_PARAMETER_AND_TOKEN, PF_DAY, Allocation, Fitted, positive


@dataclass(frozen=True, slots=True)
class Kaplan(Fitted):
    """Three power laws, each for the case that the other two factors do not limit.

    Kaplan et al. 2020, arXiv:2001.08361:
    L(N) = (N_c/N)^alpha_N, L(D) = (D_c/D)^alpha_D, L(C) = (C_c/C)^alpha_C (the survey's equation 1). N counts
    non-embedding parameters. L(C) is for a budget well spent, N_opt = N_e C^p_N its size (appendix A of the paper).
    The paper's law of size and data at once has constants of its own, which the survey does not give; the two laws of
    one factor bound it.
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
    n_e: float
    """Best size for one PF-day, in non-embedding parameters."""
    p_n: float
    """By which power of the compute the best size grows."""

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
        """Split a budget as the paper found best: N = N_e C^p_N with C in PF-days, and D = C / 6N with C in FLOP.

        The rule is fitted to the best of many runs, not derived from the other laws, which know no data and size at
        once; the loss is L(C). Ten times the compute makes the model 5.4 and the data 1.9 times larger: compute goes
        into size first, unlike Chinchilla's.
        """
        loss = self.loss_by_compute(flops)
        parameters = self.n_e * (flops / PF_DAY) ** self.p_n
        tokens = flops / (FLOP_A_PARAMETER_AND_TOKEN * parameters)
        return Allocation(
            law=self.name,
            flops=flops,
            parameters=parameters,
            tokens=tokens,
            loss=loss,
            exact=False,
            caveat="an empirical rule; parameters are counted without embeddings",
            warnings=self.warnings(parameters, tokens),
        )
