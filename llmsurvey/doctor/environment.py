"""Check of the environment: a misspelt variable sets nothing, and nobody would notice."""

import os
from collections.abc import Iterator
from difflib import get_close_matches

from llmsurvey.config import SETTINGS
from llmsurvey.doctor.finding import Finding, Status


def misspelt_variables() -> Iterator[Finding]:
    """Name each `LLMSURVEY_…` that is nearly, but not quite, one of the program's variables."""
    known = [setting.variable for setting in SETTINGS if setting.variable]
    for variable in sorted(os.environ):
        if variable.upper().startswith("LLMSURVEY_") and variable not in known:
            near = get_close_matches(variable.upper(), known, n=1, cutoff=0.8)
            if near:
                yield Finding("environment", Status.WARN, f"{variable} sets nothing", f"did you mean {near[0]}?")
