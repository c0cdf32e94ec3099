"""Invented surveys: what every figure and report must be able to show, from nothing to far too much."""

from datetime import date

from llmsurvey.month import Month
from llmsurvey.phrase import Phrase
from llmsurvey.survey import Change, Coverage, Hole, Milestone, PublishedMean, PublishedPoint, Reading, TrackedPhrase
from tests.memory_survey import MemorySurvey

LM, LLM = Phrase("language model"), Phrase("large language model")
SINCE_LM, SINCE_LLM = Month(2018, 6), Month(2019, 10)
TRACKED = (TrackedPhrase(LM, SINCE_LM), TrackedPhrase(LLM, SINCE_LLM))
SOURCE = "an invented source"
MODELS = tuple(
    Milestone(phrase.text, model, Month.parse(month), SOURCE)
    for phrase in (LM, LLM)
    for model, month in (
        ("GPT-1", "2018-06"), ("BERT", "2018-10"), ("T5", "2019-10"), ("GPT-3", "2020-05"), ("Codex", "2021-07"),
        ("InstructGPT", "2022-03"), ("ChatGPT", "2022-11"), ("LLaMA", "2023-02"), ("GPT-4", "2023-03"),
    )
)  # fmt: skip
CURVE = tuple(
    PublishedPoint(phrase.text, SINCE_LLM + i, scale * i * i, SOURCE)
    for phrase, scale in ((LM, 5), (LLM, 1))
    for i in range(43)
    if i % 9 != 4
)
MEANS = (PublishedMean(LLM.text, "before", 0.40, SOURCE), PublishedMean(LLM.text, "after", 8.58, SOURCE))


def empty(as_of: date = date(2026, 1, 31)) -> MemorySurvey:
    """Return a store without a paper: only what the package holds."""
    return MemorySurvey(as_of, TRACKED, models=MODELS, curve=CURVE, means=MEANS)


def bare() -> MemorySurvey:
    """Return a survey that follows no phrase at all."""
    return MemorySurvey(date(2026, 1, 31))


def one_month() -> MemorySurvey:
    """Return a survey of a single month of a single phrase, without milestones or a published curve."""
    month = Month(2024, 2)
    phrase = Phrase("diffusion model")
    return MemorySurvey(
        date(2024, 3, 5),
        (TrackedPhrase(phrase, month),),
        counts={phrase.text: {month: 7}},
        totals={month: 900},
        coverage={month: Coverage.COMPLETE},
        complete=frozenset({month}),
        sources=("one window",),
    )


def _reading(first: Month, last: Month) -> Reading:
    return Reading("snapshot", "dump.jsonl.gz", "complete", date(2025, 11, 2), first, last, 9000, 800, 3, "matched")


def full(as_of: date = date(2025, 12, 31)) -> MemorySurvey:
    """Return seven years of two phrases: complete months, a partly known year, a hole, incomplete last months."""
    months = list(SINCE_LM.through(Month(2025, 12)))
    hole = set(Month(2021, 3).through(Month(2021, 5)))
    firm = frozenset(month for month in months[:-2] if month not in hole)
    partly = set(Month(2020, 1).through(Month(2020, 12)))
    coverage = {month: Coverage.PARTIAL if month in partly else Coverage.COMPLETE for month in firm}
    return MemorySurvey(
        as_of,
        TRACKED,
        counts={
            LM.text: {month: 0 if month in hole else 20 + i * i // 3 for i, month in enumerate(months)},
            LLM.text: {month: 0 if month in hole else max(i - 16, 0) ** 2 // 4 for i, month in enumerate(months)},
        },
        totals=dict.fromkeys(firm, 15000),
        coverage=coverage | dict.fromkeys(months[-2:], Coverage.PARTIAL),
        complete=firm,
        models=MODELS,
        curve=CURVE,
        means=MEANS,
        read=(_reading(months[0], months[-1]),),
        missing=(Hole("api", LM.text, (Month(2021, 3), Month(2021, 5)), "incomplete", 412, 300, "llmsurvey harvest"),),
        changed=(
            Change("2501.00001", "A new paper", "new", date(2025, 6, 1)),
            Change("2301.00002", "A withdrawn paper", "withdrawn", date(2025, 7, 1)),
        ),
        categories={LM.text: (("cs.CL", 700), ("cs.AI", 100)), LLM.text: (("cs.CL", 300),)},
        sources=("snapshot dump.jsonl.gz", "arXiv API"),
    )


def thin() -> MemorySurvey:
    """Return a sample that counts a hundredth of the published curve."""
    months = list(SINCE_LLM.through(Month(2023, 4)))
    counts = {month: i % 2 for i, month in enumerate(months)}
    return MemorySurvey(
        date(2023, 5, 31), TRACKED, counts={LM.text: counts, LLM.text: counts}, models=MODELS, curve=CURVE, means=MEANS,
        coverage=dict.fromkeys(months, Coverage.PARTIAL), sources=("a thin sample",),
    )  # fmt: skip


UGLY = "50% $x_1$ | <b>*`model`*</b> \\alpha\n語言模型 \u202e " + "very " * 30 + "long" * 40


def crowded() -> MemorySurvey:
    """Return five phrases over 400 months with counts up to a million, ugly names and many milestones."""
    start = Month(1992, 1)
    months = list(start.through(start + 399))
    phrases = [Phrase(text) for text in ("a", UGLY, "=1+1", "language model", "zero")]
    return MemorySurvey(
        months[-1].last_day,
        tuple(TrackedPhrase(phrase, start) for phrase in phrases),
        counts={
            phrase.text: {month: 0 if phrase.text == "zero" else 10**6 * i // 400 for i, month in enumerate(months)}
            for phrase in phrases
        },
        coverage=dict.fromkeys(months, Coverage.PARTIAL),
        complete=frozenset(months[::2]),
        models=tuple(
            Milestone(phrase.text, UGLY[2:], months[360 + i], UGLY) for phrase in phrases[:2] for i in range(12)
        ),
        sources=(UGLY,) * 30,
        within=UGLY,
    )  # fmt: skip


SURVEYS = {"empty": empty, "bare": bare, "one_month": one_month, "full": full, "thin": thin, "crowded": crowded}
