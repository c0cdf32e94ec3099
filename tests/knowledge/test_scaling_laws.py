"""The laws by name."""

import pytest

from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.scaling_laws import LAWS, law


@pytest.mark.parametrize("name", LAWS)
def test_a_law_is_found_by_its_name(name: str) -> None:
    """Case and blanks do not matter; each law knows its name and source."""
    assert law(f" {name.upper()} ").name == name
    assert "arXiv:" in law(name).source


def test_an_unknown_law_is_a_wrong_usage() -> None:
    """The known laws stand in the error."""
    with pytest.raises(BadUsage, match="chinchilla, kaplan"):
        law("moore")
