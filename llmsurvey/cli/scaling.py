"""`llmsurvey scaling`: the scaling laws, asked with numbers such as 70B and 1.4T."""

from collections.abc import Iterable
from typing import Annotated

import typer

from llmsurvey.cli.call import Json, log
from llmsurvey.cli.facts import knowledge_of
from llmsurvey.cli.output import print_json, print_table
from llmsurvey.knowledge.comparison import BEYOND_LAWS, Trained, beyond_laws, trained
from llmsurvey.knowledge.quantity import quantity, written
from llmsurvey.knowledge.scaling import FLOP_A_PARAMETER_AND_TOKEN, LOSS_UNIT, OutOfRange
from llmsurvey.knowledge.scaling_laws import LAWS, law

Law = Annotated[str, typer.Option("--law", metavar="|".join(LAWS), help="The law to ask.")]

UNITS = {
    "loss": LOSS_UNIT,
    "parameters": "parameters",
    "tokens": "tokens",
    "flops": "FLOP",
    "tokens_a_parameter": "tokens a parameter",
}
"""The unit of each number in an answer."""


def loss(
    *,
    params: Annotated[str, typer.Option(metavar="N", help="Parameters, such as 70B or 70e9.")],
    tokens: Annotated[str, typer.Option(metavar="D", help="Training tokens, such as 1.4T.")],
    law_name: Law = "chinchilla",
    json: Json = False,
) -> None:
    """Predict the loss of a model of a size, trained on some tokens."""
    asked, size, data = law(law_name), quantity(params), quantity(tokens)
    warnings = asked.warnings(size, data)
    answer: dict[str, str | float] = {
        "law": asked.name,
        "parameters": size,
        "tokens": data,
        "flops": FLOP_A_PARAMETER_AND_TOKEN * size * data,
        "tokens_a_parameter": data / size,
        "loss": asked.loss(size, data),
        "source": asked.source,
    }
    _print(answer, asked.loss_caveat, warnings, json=json)


def optimum(
    *,
    flops: Annotated[str, typer.Option(metavar="C", help="Training compute in FLOP, such as 5.76e23.")],
    law_name: Law = "chinchilla",
    json: Json = False,
) -> None:
    """Spend a compute budget: how many parameters, on how many tokens."""
    asked = law(law_name)
    found = asked.optimum(quantity(flops))
    answer: dict[str, str | float] = {
        "law": found.law,
        "flops": found.flops,
        "parameters": found.parameters,
        "tokens": found.tokens,
        "tokens_a_parameter": found.tokens_a_parameter,
        "loss": found.loss,
        "source": asked.source,
    }
    _print(answer, found.caveat, found.warnings, json=json)


def compare(context: typer.Context, *, json: Json = False) -> None:
    """Put the models whose size and training tokens are known beside what the laws say of them."""
    knowledge = knowledge_of(context)
    found, left_out = trained(knowledge), beyond_laws(knowledge.models)
    if left_out:
        log.info(BEYOND_LAWS.format(", ".join(left_out)))
    if json:
        print_json({"units": UNITS, "models": [_record(each) for each in found]})
        return
    rows = [
        (
            each.model.name,
            written(each.parameters) + (" active" if each.sparse else ""),
            written(each.tokens),
            f"{each.tokens_a_parameter:.1f}",
            f"{each.flops:.2e}",
            *(f"{value:.4f}" for value in each.losses.values()),
            written(each.optimum.parameters),
            written(each.optimum.tokens),
            "yes" if each.warnings else "no",
        )
        for each in found
    ]
    laws = [f"loss by {name}" for name in LAWS]
    columns = ("model", "parameters", "tokens", "tokens a parameter", "FLOP", *laws, "optimal parameters")
    print_table((*columns, "optimal tokens", "outside fit"), rows)
    log.info(
        "losses in %s; the optimum is Chinchilla's for the same compute, C = 6ND; of sparse models only the active "
        "parameters count, and the laws were fitted on dense ones",
        LOSS_UNIT,
    )


def _print(answer: dict[str, str | float], caveat: str, warnings: Iterable[OutOfRange], *, json: bool) -> None:
    """Print one answer with its units; warnings also go to standard error."""
    told = [str(warning) for warning in warnings]
    for warning in told:
        log.warning(warning)
    if json:
        print_json({**answer, "caveat": caveat, "units": UNITS, "warnings": told})
        return
    rows = [(name, _number(name, value), UNITS.get(name, "")) for name, value in answer.items()]
    print_table(("quantity", "value", "unit"), [*rows, *([("caveat", caveat, "")] if caveat else [])])


def _number(name: str, value: str | float) -> str:
    if isinstance(value, str):
        return value
    if name in {"parameters", "tokens"}:
        return written(value)
    if name == "flops":
        return f"{value:.4e}"
    return f"{value:.5g}" if name == "loss" else f"{value:.4g}"


def _record(each: Trained) -> dict[str, object]:
    return {
        "name": each.model.name,
        "parameters": each.parameters,
        "sparse": each.sparse,
        "tokens": each.tokens,
        "tokens_a_parameter": each.tokens_a_parameter,
        "flops": each.flops,
        "losses": each.losses,
        "optimum": {
            "law": each.optimum.law,
            "parameters": each.optimum.parameters,
            "tokens": each.optimum.tokens,
            "loss": each.optimum.loss,
        },
        "warnings": [str(warning) for warning in each.warnings],
    }
