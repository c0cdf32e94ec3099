"""The parts of the knowledge page: what the survey says of the field, and its formulas with check values."""

import re
from collections.abc import Callable, Mapping

from llmsurvey.knowledge.chinchilla import Chinchilla
from llmsurvey.knowledge.kaplan import Kaplan
from llmsurvey.knowledge.quantity import written
from llmsurvey.knowledge.scaling import LOSS_UNIT
from llmsurvey.knowledge.scaling_laws import chinchilla, kaplan
from llmsurvey.knowledge.span import Span
from llmsurvey.report.edition import Content, Edition
from llmsurvey.report.markdown import Markdown, plain

CHECKED_SIZE, CHECKED_BUDGETS = (70e9, 1.4e12), (1e20, 5.76e23, 1e25)
"""What the check values are computed for: Chinchilla's own parameters and tokens, and its budget between two more."""


def stages(edition: Edition) -> Content:
    """List the stages of language modelling."""
    knowledge = edition.survey.knowledge
    return {"stages": [(each, knowledge.citation(each.source)) for each in knowledge.stages]}


def abilities(edition: Edition) -> Content:
    """List emergent abilities with the sizes at which the literature reports them."""
    knowledge = edition.survey.knowledge
    rows = [
        (each, [(one, written(one.parameters)) for one in each.thresholds], knowledge.citation(each.source))
        for each in knowledge.abilities
    ]
    return {"abilities": rows}


def techniques(edition: Edition) -> Content:
    """List the key techniques."""
    knowledge = edition.survey.knowledge
    return {"techniques": [(each, knowledge.citation(each.source)) for each in knowledge.techniques]}


def chronicle(edition: Edition) -> Content:
    """List the chronicle of the GPT series, up to the survey's date."""
    knowledge = edition.survey.knowledge
    told = [each for each in knowledge.chronicle if Span.parse(each.date).last <= edition.survey.as_of]
    return {"entries": [(each, knowledge.citation(each.source_of("date"))) for each in told]}


def scaling(edition: Edition) -> Content:  # noqa: ARG001 - every part is asked alike
    """Write the scaling laws with their constants, and what they give for known numbers."""
    laws = (chinchilla(), kaplan())
    parameters, tokens = CHECKED_SIZE
    return {
        "formulas": [(law.name, [Markdown(f"`{formula}`") for formula in _formulas(law)]) for law in laws],
        "rule": Markdown(f"{kaplan().n_e:g} C^{kaplan().p_n:g}"),
        "unit": LOSS_UNIT,
        "size": written(parameters),
        "tokens": written(tokens),
        "losses": [(law.name, f"{law.loss(parameters, tokens):.4f}") for law in laws],
        "optima": [
            (
                law.name,
                written(flops),
                written(best.parameters),
                written(best.tokens),
                written(best.tokens_a_parameter),
                f"{best.loss:.4f}",
                "; ".join([*filter(None, [best.caveat]), *map(str, best.warnings)]),
            )
            for flops in CHECKED_BUDGETS
            for law in laws
            for best in [law.optimum(flops)]
        ],
        "fitted": [(law.name, *map(written, (*law.parameters_fitted, *law.tokens_fitted)), law.source) for law in laws],
    }


def _formulas(law: Chinchilla | Kaplan) -> tuple[str, ...]:
    """Write a law with its constants."""
    if isinstance(law, Chinchilla):
        return (f"L(N, D) = {law.e:g} + {law.a:g} / N^{law.alpha:g} + {law.b:g} / D^{law.beta:g}",)
    return (
        f"L(N) = ({law.n_c:g} / N)^{law.alpha_n:g}",
        f"L(D) = ({law.d_c:g} / D)^{law.alpha_d:g}",
        f"L(C) = ({law.c_c:g} / C)^{law.alpha_c:g}",
    )


def sources(edition: Edition) -> Content:
    """List the works that the facts are taken from."""
    works = edition.survey.knowledge.sources.values()
    return {"works": [(work, _linked(work.title, work.url)) for work in works]}


def _linked(text: str, address: str) -> str:
    """Return a text as a link; where the address is not a plain one, as text with the address behind it."""
    return Markdown(f"[{plain(text)}]({address})") if _ADDRESS.fullmatch(address) else f"{text}, {address}"


_ADDRESS = re.compile(r"https?://[\w.~:/?#@!$&*+,;=%-]+", re.ASCII)


PARTS: Mapping[str, tuple[str, Callable[[Edition], Content]]] = {
    "stages": ("Stages of language modelling", stages),
    "abilities": ("Emergent abilities", abilities),
    "techniques": ("Key techniques", techniques),
    "chronicle": ("Chronicle of the GPT series", chronicle),
    "scaling": ("Scaling laws", scaling),
    "sources": ("Sources", sources),
}
"""Name → heading and content, in the order of the page. A new part is a function, a template and a line here."""
