"""The Chinchilla law."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.scaling_laws import chinchilla
from tests.knowledge.facts import fact_rows

BUDGETS = st.floats(min_value=1e17, max_value=1e28)


def test_the_check_value_is_met() -> None:
    """70B parameters and 1.4T tokens have the loss that was computed from the constants."""
    assert chinchilla().loss(70e9, 1.4e12) == pytest.approx(1.9366, abs=5e-5)


def test_the_constants_are_the_published_ones() -> None:
    """Each constant of the fact file stands in the data."""
    law = chinchilla()
    facts = {row["symbol"]: row["value"] for row in fact_rows("scaling_laws.csv") if "Hoffmann" in row["law"]}
    expected = [float(facts[symbol]) for symbol in ("E", "A", "B", "alpha", "beta")]
    assert [law.e, law.a, law.b, law.alpha, law.beta] == expected


@given(BUDGETS)
def test_the_optimum_is_where_a_minimiser_finds_it(flops: float) -> None:
    """The closed form agrees with numerical minimisation over the logarithm of the size."""
    law = chinchilla()
    best = law.optimum(flops)
    found = minimize_scalar(
        lambda log_n: law.loss(10**log_n, flops / (6 * 10**log_n)),
        bounds=(3, 16),
        method="bounded",
        options={"xatol": 1e-9},
    )
    assert best.loss <= found.fun + 1e-12
    assert best.parameters == pytest.approx(10**found.x, rel=1e-3)


@given(BUDGETS)
def test_the_optimum_spends_the_whole_budget(flops: float) -> None:
    """6ND is the budget."""
    best = chinchilla().optimum(flops)
    assert 6 * best.parameters * best.tokens == pytest.approx(flops)
    assert best.tokens_a_parameter == pytest.approx(best.tokens / best.parameters)


def test_the_exponents_as_the_survey_prints_them_are_worse() -> None:
    """With the two exponents swapped, the same budget ends in a higher loss."""
    law, flops = chinchilla(), 5.76e23
    total, work = law.alpha + law.beta, flops / 6
    scale = (law.alpha * law.a / (law.beta * law.b)) ** (1 / total)
    swapped = law.loss(scale * work ** (law.alpha / total), work ** (law.beta / total) / scale)
    assert swapped > law.optimum(flops).loss + 0.01
    assert "swapped" in law.optimum(flops).caveat


@given(BUDGETS, st.floats(min_value=1.01, max_value=1e3))
def test_a_larger_budget_is_never_worse(flops: float, factor: float) -> None:
    """Loss falls with compute, and never below what nothing removes."""
    law = chinchilla()
    assert law.e < law.optimum(flops * factor).loss < law.optimum(flops).loss


@pytest.mark.parametrize("bad", [0, -1, float("nan"), float("inf")])
def test_nonsense_is_refused(bad: float) -> None:
    """A size or budget that cannot be is a wrong usage."""
    for ask in (
        lambda: chinchilla().loss(bad, 1e9),
        lambda: chinchilla().loss(1e9, bad),
        lambda: chinchilla().optimum(bad),
    ):
        with pytest.raises(BadUsage):
            ask()


def test_sizes_outside_the_fitted_range_are_warned_of() -> None:
    """Chinchilla itself lies above the models its law was fitted on; a size within is no warning."""
    warnings = [str(warning) for warning in chinchilla().warnings(70e9, 1.4e12)]
    assert warnings == [
        "70B parameters lie above the range the chinchilla law was fitted on, 70M to 16B",
        "1.4T tokens lie above the range the chinchilla law was fitted on, 5B to 500B",
    ]
    assert chinchilla().warnings(1e9, 20e9) == ()
    assert "below" in str(chinchilla().warnings(1e6, 20e9)[0])
