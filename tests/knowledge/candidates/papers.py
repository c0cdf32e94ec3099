"""Invented papers that introduce models."""

from llmsurvey.paper import Paper
from tests.stored_papers import a_paper

FOO = a_paper(
    "2501.00001",
    title="Foo3 Technical Report",
    abstract="We present Foo3, a family of language models. Foo3 has 671B parameters with 37B activated per token.",
    day="2025-01-02",
)
BAR = a_paper(
    "2502.00002",
    title="Bar: A Small Language Model for Toys",
    abstract="Toys are old. We introduce Bar-1B and Bar-3B, two language models. Bar-3B surpasses a model of 70B.",
    day="2025-02-03",
)
METHOD = a_paper(
    "2502.00003",
    title="Baz: A Framework for Language Models",
    abstract="We present Baz, a framework that makes Foo3, a language model, faster. We fine-tune Llama-3-8B.",
    day="2025-02-04",
)


def introducing(name: str, what: str = "a 7B language model", arxiv_id: str = "2503.00001") -> Paper:
    """Return a paper that introduces a model."""
    return a_paper(
        arxiv_id, title=f"{name}: A Language Model", abstract=f"We introduce {name}, {what}.", day="2025-03-01"
    )
