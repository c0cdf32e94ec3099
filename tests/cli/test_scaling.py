"""`scaling` answers with units and warns outside the fitted range."""

import pytest

from llmsurvey.cli.run import run
from llmsurvey.cli.scaling import UNITS
from llmsurvey.errors import ExitCode
from llmsurvey.knowledge.scaling_laws import chinchilla
from tests.cli.facts import Ask, ask

__all__ = ["ask"]


@pytest.mark.parametrize(("size", "data"), [("70e9", "1.4e12"), ("70B", "1.4T"), ("70,000,000,000", "1400B")])
def test_a_loss_is_predicted_from_numbers_in_any_form(ask: Ask, size: str, data: str) -> None:
    """E + A / N^alpha + B / D^beta with the published constants is 1.937 nats a token."""
    answer = ask("scaling", "loss", "--params", size, "--tokens", data)
    assert answer["loss"] == pytest.approx(1.69 + 406.4 / 70e9**0.34 + 410.7 / 1.4e12**0.28)
    assert (answer["law"], answer["units"]["loss"]) == ("chinchilla", "nats a token")
    assert answer["flops"] == pytest.approx(5.88e23)
    assert len(answer["warnings"]) == 2


def test_kaplans_loss_is_told_to_be_a_bound(ask: Ask) -> None:
    """By size and by data alone, whichever limits more."""
    answer = ask("scaling", "loss", "--params", "1B", "--tokens", "20B", "--law", "Kaplan")
    assert answer["loss"] == pytest.approx(max((8.8e13 / 1e9) ** 0.076, (5.4e13 / 20e9) ** 0.095))
    assert "bound" in answer["caveat"]
    assert answer["warnings"] == []


def test_a_budget_is_spent_at_the_minimum(ask: Ask) -> None:
    """No other split of 5.76e23 FLOP has a lower loss."""
    answer = ask("scaling", "optimum", "--flops", "5.76e23")
    size, data = answer["parameters"], answer["tokens"]
    assert 6 * size * data == pytest.approx(5.76e23)
    assert answer["tokens_a_parameter"] == pytest.approx(data / size)
    for factor in (0.8, 0.99, 1.01, 1.25):
        assert chinchilla().loss(size * factor, data / factor) > answer["loss"]


def test_models_of_the_catalogue_are_compared(ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    """Each with its compute, the losses by both laws and the optimum for its compute."""
    answer = ask("scaling", "compare")
    (gpt3,) = [each for each in answer["models"] if each["name"] == "GPT-3"]
    assert (gpt3["parameters"], gpt3["tokens"]) == (175_000_000_000, 300_000_000_000)
    assert set(gpt3["losses"]) == {"chinchilla", "kaplan"}
    assert gpt3["optimum"]["parameters"] < gpt3["parameters"]
    assert run(["scaling", "compare"]) == 0
    assert "37B active" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command", [["loss", "--params", "70B", "--tokens", "1.4T"], ["optimum", "--flops", "1e26", "--law", "kaplan"]]
)
def test_text_has_units_and_warnings_go_to_standard_error(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Every number stands beside its unit; the range the law was fitted on is told."""
    assert run(["scaling", *command]) == 0
    answer = capsys.readouterr()
    assert all(unit in answer.out for unit in UNITS.values())
    assert "range" not in answer.out
    assert answer.err.count("fitted on") == 2


@pytest.mark.parametrize(
    "number", ["0", "-1", "nan", "inf", "-inf", "10X", "", " ", "1e400", "1e-400", "7\u0660", "0x10", "1 2", "B"]
)
@pytest.mark.parametrize(
    "command", [["loss", "--tokens", "1T", "--params"], ["loss", "--params", "1B", "--tokens"], ["optimum", "--flops"]]
)
def test_what_is_no_size_is_refused(command: list[str], number: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Zero, less than nothing, no number at all: exit code 2 with an example of what can be written."""
    assert run(["scaling", *command, number]) == ExitCode.USAGE
    answer = capsys.readouterr()
    assert answer.out == ""
    assert "70B" in answer.err


def test_an_unknown_law_is_answered_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    """`newton` is none of them."""
    assert run(["scaling", "optimum", "--flops", "1e20", "--law", "newton"]) == ExitCode.USAGE
    assert "known: chinchilla, kaplan" in capsys.readouterr().err
