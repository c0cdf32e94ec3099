"""Which abilities the literature reports at a size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.knowledge.catalogue import Knowledge, load
from llmsurvey.knowledge.thresholds import Verdict, at_size

_ABILITIES = load().abilities


@pytest.mark.parametrize(
    ("parameters", "task", "verdict"),
    [
        (62e9, "MMLU, BBH, TyDiQA and MGSM", Verdict.REPORTED),
        (61e9, "MMLU, BBH, TyDiQA and MGSM", Verdict.BELOW),
        (13e9, "addition and subtraction of three digits", Verdict.REPORTED),
        (175e9, "Persian question answering", Verdict.MISSING),
        (540e9, "Persian question answering", Verdict.ABOVE),
    ],
)
def test_a_size_is_judged_by_each_report(knowledge: Knowledge, parameters: float, task: str, verdict: Verdict) -> None:
    """At a reported size the ability is there, below it unknown; where it was not found, the other way round."""
    (report,) = [report for report in at_size(knowledge.abilities, parameters) if report.threshold.task == task]
    assert report.verdict is verdict


def test_every_report_has_its_model_and_finding(knowledge: Knowledge) -> None:
    """Each report names a model of the catalogue, a task and what was found."""
    for report in at_size(knowledge.abilities, 1):
        assert knowledge.find(report.threshold.model)
        assert report.threshold.task
        assert report.threshold.finding


@pytest.mark.parametrize(("parameters", "verdict"), [(60e9, Verdict.BELOW), (60.1e9, Verdict.REPORTED)])
def test_what_is_reported_above_a_size_is_not_at_it(knowledge: Knowledge, parameters: float, verdict: Verdict) -> None:
    """The survey tells gains by chain of thought for models larger than 60B."""
    reports = at_size([knowledge.ability("step-by-step reasoning")], parameters)
    assert {each.verdict for each in reports if each.threshold.parameters == 60e9} == {verdict}


@given(st.floats(1, 1e13), st.floats(1, 1e13))
def test_more_parameters_never_lose_a_reported_ability(one: float, other: float) -> None:
    """What is reported at a size is reported at every larger one."""
    abilities = _ABILITIES
    small, large = (at_size(abilities, size) for size in sorted((one, other)))
    for before, after in zip(small, large, strict=True):
        assert before.verdict is not Verdict.REPORTED or after.verdict is Verdict.REPORTED
