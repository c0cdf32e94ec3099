"""The package's own data files. Tests check them, so that a fault here means a broken installation."""

from importlib.resources import files
from typing import TypeVar

import msgspec

from llmsurvey.errors import Stop
from llmsurvey.knowledge.toml import tables

_T = TypeVar("_T")


def packaged(name: str, shape: type[_T]) -> _T:
    """Read `data/NAME.toml` of this package as a record; `Stop` where the file is missing or damaged."""
    try:
        raw = files("llmsurvey.knowledge").joinpath("data", f"{name}.toml").read_bytes()
        return msgspec.convert(tables(raw), shape)
    except (OSError, ValueError, msgspec.ValidationError) as fault:
        raise Stop(
            f"the package's own data file {name}.toml cannot be read: {fault}", hint="install llmsurvey again"
        ) from fault
