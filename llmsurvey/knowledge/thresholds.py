"""Which emergent abilities the literature reports at a size."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from llmsurvey.knowledge.stage import Ability, Direction, Threshold


class Verdict(StrEnum):
    """What one report says of one size. None of them speaks of other models or tasks than its own."""

    REPORTED = "reported"
    """The size reaches the one at which the ability was found."""
    MISSING = "missing"
    """The size does not exceed the one at which the ability was looked for and not found."""
    BELOW = "below the reported size"
    """The ability was found at a larger size, or only above this one; of this one the report says nothing."""
    ABOVE = "above the size looked at"
    """The ability was not found at a smaller size; of this one the report says nothing."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the literature reports of one ability at one size, for one model and task."""

    ability: Ability
    threshold: Threshold
    verdict: Verdict


def at_size(abilities: Iterable[Ability], parameters: float) -> tuple[Report, ...]:
    """Judge a size by every threshold, in the order of the abilities."""
    return tuple(
        Report(ability, threshold, _verdict(threshold, parameters))
        for ability in abilities
        for threshold in ability.thresholds
    )


def _verdict(threshold: Threshold, parameters: float) -> Verdict:
    match threshold.direction:
        case Direction.FROM:
            return Verdict.REPORTED if parameters >= threshold.parameters else Verdict.BELOW
        case Direction.ABOVE:
            return Verdict.REPORTED if parameters > threshold.parameters else Verdict.BELOW
        case Direction.UP_TO:
            return Verdict.MISSING if parameters <= threshold.parameters else Verdict.ABOVE
