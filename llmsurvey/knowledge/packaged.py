"""The package's own data files. Tests check them, so that a fault here means a broken installation."""

import tomllib
from importlib.resources import files
from typing import TypeVar

import msgspec

from llmsurvey.errors import Stop

_T = TypeVar("_T")


def packaged(name: str, shape: type[_T]) -> _T:
    """Read `data/NAME.toml` of this package as a record; `Stop` where the file is missing or damaged."""
    try:
        text = files("llmsurvey.knowledge").joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
        return msgspec.convert(tomllib.loads(text), shape)
    except (OSError, ValueError, msgspec.ValidationError) as fault:
        raise Stop(
            f"the package's own data file {name}.toml cannot be read: {fault}", hint="install llmsurvey again"
        ) from fault
