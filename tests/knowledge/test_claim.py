"""What a catalogue says of a model is judged against what is shown of it."""

from typing import Any

import pytest

from llmsurvey.knowledge.claim import Verdict, verdict
from llmsurvey.knowledge.houses import UNSTATED, Houses
from llmsurvey.knowledge.model import Access
from tests.knowledge.layers import entry, model

B = 10**9


@pytest.mark.parametrize(
    ("field", "known", "stated", "expected"),
    [
        ("parameters", {"parameters": 65 * B}, {"parameters": 65_200_000_000}, Verdict.AGREES),
        ("parameters", {"parameters": 65 * B}, {"parameters": 70 * B}, Verdict.DIFFERS),
        ("parameters", {}, {"parameters": 70 * B}, Verdict.ADDS),
        ("parameters", {}, {"parameters": 70 * B, "confidence": "Speculative"}, Verdict.ASIDE),
        ("organisation", {"organisation": "Meta"}, {"organisation": "Facebook AI"}, Verdict.AGREES),
        ("organisation", {"organisation": "Meta"}, {"organisation": "Google"}, Verdict.DIFFERS),
        ("organisation", {"organisation": UNSTATED}, {"organisation": "Google"}, Verdict.ADDS),
        ("released", {"date": "2023-05"}, {"date": "2023-05-10"}, Verdict.AGREES),
        ("released", {"date": "2023-05"}, {"date": "2023-06-01"}, Verdict.DIFFERS),
        ("access", {"access": Access.CLOSED}, {"access": Access.NEVER_RELEASED}, Verdict.AGREES),
        ("access", {"access": Access.CLOSED}, {"access": Access.API}, Verdict.DIFFERS),
        ("url", {"url": "https://a.org"}, {"url": "https://b.org"}, Verdict.AGREES),
    ],
)
def test_a_claim_agrees_differs_or_adds(
    field: str, known: dict[str, Any], stated: dict[str, Any], expected: Verdict
) -> None:
    """Rounding, houses, inexact dates and two words for unreleased are no contradictions."""
    assert verdict(model("Nova", **known), entry("Nova", **stated), field, Houses()) is expected
