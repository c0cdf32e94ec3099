"""What a check of the doctor finds."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARN = "warn"
    """The program works, but something is missing or will be."""
    FAIL = "fail"
    """Some command will fail."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    status: Status
    explanation: str
    suggestion: str = ""
    """The next step; empty where all is well."""
