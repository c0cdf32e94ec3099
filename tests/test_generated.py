"""What is generated stays true."""

import pytest

from tests.generated import GENERATED, Generated


@pytest.mark.parametrize("generated", GENERATED, ids=lambda generated: f"{generated.file} {generated.block}".strip())
def test_a_generated_text_is_as_its_source_says(generated: Generated) -> None:
    """A generated text equals what the program generates now; `make docs` writes it anew."""
    assert generated.is_fresh(), f"{generated.file} is stale: run python -m tests.generated --write"
