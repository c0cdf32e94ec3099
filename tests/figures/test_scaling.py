"""The picture of the scaling laws: its curves are those of the laws, its models those of the catalogue."""

from datetime import date

import pytest

from llmsurvey.figures.scaling import Scaling
from llmsurvey.knowledge.scaling_laws import chinchilla, kaplan
from tests.memory_survey import MemorySurvey

FIGURE = Scaling()
TABLE = FIGURE.table(MemorySurvey(date(2024, 12, 31)))


def test_each_budget_is_spent_in_full_along_its_curve() -> None:
    """C = 6ND at every point, and no point of a curve lies below its optimum."""
    for row in TABLE.rows:
        if row.kind == "iso-flop":
            assert 6 * row.parameters * row.tokens == pytest.approx(row.flops)
            assert row.loss >= chinchilla().optimum(row.flops).loss - 1e-9


def test_kaplans_frontier_ends_where_its_data_ends() -> None:
    """Within the fitted range only; Chinchilla's frontier goes on and says where it is beyond."""
    other = [row for row in TABLE.rows if (row.kind, row.law) == ("optimum", "kaplan")]
    assert other
    assert all(not kaplan().warnings(row.parameters, row.tokens) for row in other)
    best = [row.within_fitted_range for row in TABLE.rows if (row.kind, row.law) == ("optimum", "chinchilla")]
    assert {*best} == {"yes", "no"}


def test_models_stand_at_their_parameters_and_tokens() -> None:
    """Of a mixture of experts at the active ones; a source is with each."""
    models = {row.model: row for row in TABLE.rows if row.kind == "model"}
    assert models["Chinchilla"].loss == pytest.approx(1.9366, abs=1e-4)
    assert models["Chinchilla"].flops == pytest.approx(5.88e23)
    assert models["DeepSeek-V3"].parameters == 37e9
    assert all(row.source for row in models.values())
