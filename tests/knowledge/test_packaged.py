"""The package's own data files."""

import msgspec
import pytest

from llmsurvey.errors import Stop
from llmsurvey.knowledge.packaged import packaged


def test_a_missing_file_says_what_to_do() -> None:
    """A damaged installation is told as such."""
    with pytest.raises(Stop, match="install llmsurvey again"):
        packaged("no-such-file", dict)


def test_a_file_of_another_shape_is_named() -> None:
    """A file that does not hold what is asked for is named in the error."""

    class Other(msgspec.Struct, forbid_unknown_fields=True):
        """A shape that no file has."""

        nothing: int

    with pytest.raises(Stop, match=r"milestones\.toml"):
        packaged("milestones", Other)
