"""The scaling laws the survey presents, with their published constants."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.chinchilla import Chinchilla
from llmsurvey.knowledge.kaplan import Kaplan
from llmsurvey.knowledge.packaged import packaged
from llmsurvey.knowledge.scaling import Law


@dataclass(frozen=True, slots=True)
class _Laws:
    chinchilla: Chinchilla
    kaplan: Kaplan


def chinchilla() -> Chinchilla:
    """Return the Chinchilla law."""
    return _laws().chinchilla


def kaplan() -> Kaplan:
    """Return Kaplan's laws."""
    return _laws().kaplan


LAWS: dict[str, Callable[[], Law]] = {"chinchilla": chinchilla, "kaplan": kaplan}
"""Every law by the name it is asked for."""


def law(name: str) -> Law:
    """Return a law by its name; `BadUsage` where there is none."""
    known = LAWS.get(name.strip().casefold())
    if known is None:
        raise BadUsage(f"no scaling law is called {name!r}", hint=f"known: {', '.join(LAWS)}")
    return known()


@cache
def _laws() -> _Laws:
    return packaged("scaling_laws", _Laws)
