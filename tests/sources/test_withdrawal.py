"""Withdrawals."""

import pytest

from llmsurvey.sources.withdrawal import is_withdrawn


@pytest.mark.parametrize(
    ("comment", "abstract", "expected"),
    [
        ("This paper has been withdrawn by the author", "We count.", True),
        ("withdrawn due to an error", "We count.", True),
        (None, "This paper has been withdrawn.", True),
        ("arXiv admin note: submission has been withdrawn by arXiv administrators", "We count.", True),
        (None, "This version withdrawn by arXiv administrators because of rights", True),
        ("12 pages", "The offer has been withdrawn by the bank, we show.", False),
        (None, "We count.", False),
    ],
)
def test_a_comment_or_the_start_of_an_abstract_withdraws(comment: str | None, abstract: str, *, expected: bool) -> None:
    """Authors or arXiv say so; what is withdrawn in other words is none."""
    assert is_withdrawn(comment, abstract) is expected
