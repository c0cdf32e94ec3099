"""Kaplan's laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.scaling_laws import kaplan
from tests.knowledge.facts import fact_rows

BUDGETS = st.floats(min_value=1e17, max_value=1e26)
SIZES = st.floats(min_value=1e3, max_value=1e13)


def test_the_constants_are_the_published_ones() -> None:
    """Each constant of the fact file stands in the data."""
    law = kaplan()
    facts = {row["symbol"]: row["value"] for row in fact_rows("scaling_laws.csv") if "Kaplan" in row["law"]}
    expected = [float(facts[symbol]) for symbol in ("alpha_N", "N_c", "alpha_D", "D_c", "alpha_C", "C_c")]
    assert [law.alpha_n, law.n_c, law.alpha_d, law.d_c, law.alpha_c, law.c_c] == expected


def test_each_law_is_one_at_its_constant() -> None:
    """At N_c, D_c and C_c the loss is one nat, which is what the constants mean."""
    law = kaplan()
    assert law.loss_by_parameters(8.8e13) == pytest.approx(1)
    assert law.loss_by_tokens(5.4e13) == pytest.approx(1)
    assert law.loss_by_compute(3.1e8 * 8.64e19) == pytest.approx(1)


@given(SIZES, SIZES)
def test_a_loss_is_bounded_by_what_limits_more(parameters: float, tokens: float) -> None:
    """The bound is the larger of the two losses, and more of either never raises it."""
    law = kaplan()
    assert law.loss(parameters, tokens) == max(law.loss_by_parameters(parameters), law.loss_by_tokens(tokens))
    assert law.loss(2 * parameters, 2 * tokens) < law.loss(parameters, tokens)


@given(BUDGETS)
def test_a_budget_is_spent_in_full_and_short_of_convergence(flops: float) -> None:
    """6ND is the budget; trained to the end, the same size would reach a lower loss than the budget buys."""
    law = kaplan()
    best = law.optimum(flops)
    assert not best.exact
    assert best.loss == law.loss_by_compute(flops)
    assert law.loss_by_parameters(best.parameters) < best.loss
    assert 6 * best.parameters * best.tokens == pytest.approx(flops)


def test_one_petaflop_day_trains_the_papers_size() -> None:
    """N_e parameters; and ten times the compute makes the model 5.4 times, the data 1.9 times larger."""
    one, ten = kaplan().optimum(8.64e19), kaplan().optimum(8.64e20)
    assert one.parameters == pytest.approx(1.3e9)
    assert ten.parameters / one.parameters == pytest.approx(10**0.73)
    assert ten.tokens / one.tokens == pytest.approx(10**0.27)


@given(BUDGETS)
def test_compute_goes_into_size_first(flops: float) -> None:
    """Ten times the compute grows the size more than the data."""
    one, ten = kaplan().optimum(flops), kaplan().optimum(10 * flops)
    assert ten.parameters / one.parameters > ten.tokens / one.tokens > 1


@pytest.mark.parametrize("bad", [0, -1, float("nan"), float("inf")])
def test_nonsense_is_refused(bad: float) -> None:
    """A size or budget that cannot be is a wrong usage."""
    for ask in (lambda: kaplan().loss(bad, 1e9), lambda: kaplan().loss(1e9, bad), lambda: kaplan().optimum(bad)):
        with pytest.raises(BadUsage):
            ask()


def test_the_fitted_range_is_the_papers_not_the_surveys() -> None:
    """The smallest model had 768 parameters; the survey prints 768M."""
    assert kaplan().parameters_fitted == (768, 1.5e9)
    assert kaplan().warnings(1e6, 1e9) == ()
