"""What the survey's introduction and overview state is in the data, row by row."""

import re

import pytest

from llmsurvey.knowledge.catalogue import Knowledge
from llmsurvey.knowledge.quantity import written
from tests.knowledge.facts import SHARED


def _rows(heading: str) -> list[list[str]]:
    """Return the cells of the table below a heading of the fact file; skipped where there is none."""
    path = SHARED / "facts" / "knowledge.md"
    if not path.is_file():
        pytest.skip("no knowledge.md: LLMSURVEY_SHARED names no folder with facts")
    part = path.read_text(encoding="utf-8").partition(f"## {heading}")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_every_stage_is_in(knowledge: Knowledge) -> None:
    """Short name, Chinese name and every example of each row."""
    rows = _rows("Stages of language modelling")
    assert [row[0].split()[0] for row in rows] == [stage.short for stage in knowledge.stages]
    for row, stage in zip(rows, knowledge.stages, strict=True):
        assert stage.zh == row[1]
        told = " ".join((stage.idea, *stage.examples))
        for example in re.split(r"[,:] ", row[4]):
            assert example in told or example == "smoothing" or f"{example} estimation" in told, (stage.short, example)


def test_every_ability_is_in_with_its_sizes(knowledge: Knowledge) -> None:
    """Chinese name, and each size that the row gives."""
    rows = _rows("Emergent abilities")
    assert len(rows) == len(knowledge.abilities)
    for (name, zh, introduced_by, thresholds), ability in zip(rows, knowledge.abilities, strict=True):
        assert name.startswith(ability.name)
        assert (zh, introduced_by) == (ability.zh, ability.introduced_by)
        sizes = {written(each.parameters) for each in ability.thresholds}
        assert set(re.findall(r"\d+B", thresholds)) <= sizes


def test_every_technique_is_in(knowledge: Knowledge) -> None:
    """English and Chinese name, in the survey's order."""
    rows = _rows("Key techniques")
    assert [tuple(row[:2]) for row in rows] == [(each.name, each.zh) for each in knowledge.techniques]


def test_every_step_of_the_chronicle_is_in(knowledge: Knowledge) -> None:
    """Each row's date is the published one of a step; no step is without a row."""
    rows = _rows("The GPT chronicle")
    assert sorted(row[0] for row in rows) == sorted(each.published_date for each in knowledge.chronicle)
    for when, what, _ in rows:
        named = what.partition(" (")[0].partition(" by ")[0]
        assert any(each.published_date == when and each.name == named for each in knowledge.chronicle), what


def test_chinese_terms_are_those_of_the_chinese_text(knowledge: Knowledge) -> None:
    """Each stage, ability, technique and phase is called as the seed calls it."""
    path = SHARED / "seed" / "llm-survey-introduction-zh.txt"
    if not path.is_file():
        pytest.skip("no Chinese text: LLMSURVEY_SHARED names no folder with a seed")
    text = path.read_text(encoding="utf-8")
    terms = [stage.zh for stage in knowledge.stages]
    terms += [ability.zh for ability in knowledge.abilities]
    terms += [technique.zh for technique in knowledge.techniques]
    terms += [step.phase_zh for step in knowledge.chronicle]
    assert [term for term in terms if term not in text] == []
