"""What is wrong with a file of curated facts: where, what, and how to mend it."""

from dataclasses import dataclass
from difflib import get_close_matches

from llmsurvey.errors import Stop

_TOLD = 100
"""Findings written into one message; a list of thousands is asked for with `knowledge check`."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One error in one entry."""

    file: str
    entry: str
    """Which entry, in words: `model GPT-3`, `edge GPT-3 → Codex`; empty where the whole file is meant."""
    message: str
    hint: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.entry}" if self.entry else self.file
        return f"{place}: {self.message} ({self.hint})" if self.hint else f"{place}: {self.message}"


class BrokenKnowledge(Stop):
    """Files of curated facts hold errors; all of them are in `findings`."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        what = "an error" if len(findings) == 1 else f"{len(findings)} errors"
        told = [f"the curated facts hold {what}:", *map(str, findings[:_TOLD])]
        if len(findings) > _TOLD:
            told.append(f"… and {len(findings) - _TOLD} more")
        super().__init__(
            "\n  ".join(told),
            hint="mend the file, then run: llmsurvey knowledge check",
        )
        self.findings = findings


def nearest(word: str, known: list[str]) -> str:
    """Ask for the likeliest known word, or name the first few where none is near."""
    by_case = {name.casefold(): name for name in known}
    near = get_close_matches(word.casefold(), by_case, n=1)
    if near:
        return f"did you mean {by_case[near[0]]}?"
    return f"known: {', '.join(known[:12])}{' …' if len(known) > 12 else ''}"  # noqa: PLR2004 - a line's worth
